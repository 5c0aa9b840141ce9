"""From an instance to a plan: prices, then a choice within the budgets.

`plan` lets an asset have a treatment each year, `plan_once` one in all. The order of
the assets decides nothing: they are looked at in the order of their ids.
"""

from dataclasses import replace

import numpy as np

from luoshi.engines.planning.choosing import Core, fill, force, mend, pair
from luoshi.engines.planning.columns import Pool, SingleAssets
from luoshi.engines.planning.courses import NOTHING, judge
from luoshi.engines.planning.instances import Floats, Instance, Ints
from luoshi.engines.planning.plans import Plan
from luoshi.engines.planning.pools import Sequences
from luoshi.engines.planning.prices import (
    BOX,
    LOSS,
    SAMPLE,
    Search,
    even_price,
    search,
)
from luoshi.engines.planning.rows import Rows, rows_of
from luoshi.engines.planning.sequences import SequenceAssets
from luoshi.engines.planning.tracks import follow, singles

# The bound is looked for until planes promise less than this share of it.
CLOSE = 3e-6
NEAR = 1e-3
# Sizes of the core that are tried, by how many assets there are at most.
CORES = ((2_000, (400, 1_000, 2_000)), (10_000, (2_000, 4_000)), (10**9, (16_000,)))
PAIRS = 40
# So many pieces are forced where less than this share of the bound is reached.
TRIES, ENOUGH = 80, 0.9998
# Rounds of column generation, and where else it asks: a share of the prices.
ROUNDS = 14
AROUND = (0.01, 0.03, 0.08)


def plan_once(instance: Instance, *, start: Plan | None = None) -> Plan:
    """Return a plan that treats each asset once at most.

    `start`, a plan of the same assets under other budgets, gives prices to begin with.
    """
    order = _order(instance)
    ordered = _ordered(instance, order)
    tracks, rows = follow(ordered), rows_of(ordered)
    assets = SingleAssets(singles(ordered, tracks), rows, instance.years)
    found = _prices(assets, rows, start)
    price, best = rows.prices(found.at), (-1.0, np.zeros(0, np.int64))
    tries = TRIES if start is None else TRIES // 4
    for size in _sizes(len(instance)):
        pool = assets.pool(price, found.choice, size)
        inside = np.zeros(len(instance), bool)
        inside[pool.asset] = True
        out = np.flatnonzero(~inside & (found.choice >= 0))
        rest = assets.columns(out, found.choice[out])
        keys, value = _choose(pool, rest, rows, found, tries)
        if value > best[0]:
            choice = np.where(inside, NOTHING, found.choice)
            choice[pool.asset[keys]] = pool.key[keys]
            best = (value, choice)
    actions = np.full((len(instance), instance.years), NOTHING)
    busy = np.flatnonzero(best[1] >= 0)
    most = max(assets.treatments, 1)
    actions[busy, best[1][busy] // most] = best[1][busy] % most
    known = [start] if start is not None and start.single else []
    return _told(instance, order, actions, found, known, single=True)


def plan(instance: Instance, *, start: Plan | None = None) -> Plan:
    """Return a plan of full sequences; it never gains less than `plan_once`.

    `start`, a plan of the same assets under other budgets, gives prices and sequences
    to begin with, so that a what-if takes a moment.
    """
    order = _order(instance)
    ordered = _ordered(instance, order)
    rows = rows_of(ordered)
    once: Plan | None = None
    if start is not None and isinstance(start.warm, Sequences):
        tracks = start.warm.tracks
        pool = start.warm.within(rows, ordered)
        found = _generate(pool, ordered, start.multipliers, rounds=3, around=())
    else:
        tracks = follow(ordered)
        once = plan_once(instance)
        pool = Sequences.none(ordered, tracks, rows)
        pool.add(once.course.actions[order])
        found = _generate(pool, ordered, once.multipliers, ROUNDS, AROUND)
    price, best, chosen = rows.prices(found.at), -1.0, np.zeros(0, np.int64)
    tries = TRIES if start is None else TRIES // 4
    for size in _sizes(len(instance)):
        core, out = pool.core(price, size)
        rest = Pool(pool.asset[out], pool.value[out], pool.cost[out], out)
        keys, value = _choose(core, rest, rows, found, tries)
        if value > best:
            best, chosen = value, np.concatenate([out, core.key[keys]])
    actions = np.full((len(instance), instance.years), NOTHING)
    actions[pool.asset[chosen]] = pool.actions[chosen]
    known = [one for one in (start, once) if one is not None]
    return _told(instance, order, actions, found, known, single=False, warm=pool)


def _order(instance: Instance) -> Ints:
    """Return the places of the assets by id."""
    return np.array(
        sorted(range(len(instance)), key=instance.ids.__getitem__), np.int64
    )


def _ordered(instance: Instance, order: Ints) -> Instance:
    if (order == np.arange(len(order))).all():
        return instance
    columns = ("kind", "village", "belief", "quantity", "people", "hardship")
    moved = {name: getattr(instance, name)[order] for name in columns}
    return replace(instance, ids=tuple(instance.ids[at] for at in order), **moved)


def _sizes(count: int) -> tuple[int, ...]:
    return next(sizes for most, sizes in CORES if count <= most)


def _prices(assets: SingleAssets, rows: Rows, start: Plan | None) -> Search:
    """Return the least bound for single treatments."""
    amount, count = rows.amount.astype(np.float64), len(assets.value)
    if start is not None:
        at = start.multipliers
        return search(assets, rows, amount, at, box=BOX[1], close=CLOSE, most=80)
    years = assets.years
    if count <= 2 * SAMPLE:
        at = even_price(assets, rows, amount, years)
        return search(assets, rows, amount, at, box=BOX[0], close=CLOSE, most=150)
    picked = np.random.default_rng(0).permutation(count)[:SAMPLE]
    part, some = assets.part(np.sort(picked)), amount * SAMPLE / count
    at = even_price(part, rows, some, years)
    near = search(part, rows, some, at, box=BOX[0], close=NEAR, most=80)
    return search(assets, rows, amount, near.at, box=BOX[1], close=CLOSE, most=100)


def _generate(
    pool: Sequences,
    instance: Instance,
    at: Floats,
    rounds: int,
    around: tuple[float, ...],
) -> Search:
    """Return the least bound for sequences; the pool grows where it is asked."""
    rows = pool.rows
    amount = rows.amount.astype(np.float64)
    exact = SequenceAssets(instance, pool.tracks, rows)
    told = Search(rows, amount)
    lot = np.random.default_rng(0)
    told.ask(exact, at)
    pool.add(told.choice)
    for turn in range(rounds):
        inner = search(pool, rows, amount, told.at, box=BOX[1], close=CLOSE, most=80)
        if told.best - inner.best <= 10 * CLOSE * abs(told.best):
            break
        told.ask(exact, inner.at)
        pool.add(told.choices[-1])
        if turn < len(around):
            near = inner.at * np.exp(lot.normal(0, around[turn], len(at)))
            told.ask(exact, near)
            pool.add(told.choices[-1])
    return told


def _choose(
    pool: Pool, rest: Pool, rows: Rows, found: Search, tries: int
) -> tuple[Ints, float]:
    """Return the columns chosen in a core, and the value with what is outside."""
    uses = rows.uses(rows.member[pool.asset], pool.cost)
    outside = rows.uses(rows.member[rest.asset], rest.cost).sum(axis=0)
    if not len(pool.asset):
        return np.zeros(0, np.int64), float(rest.value.sum())
    price, bound = found.at, found.best
    core = Core.of(pool, uses, price, rows.amount, outside)
    mend(core)
    fill(core)
    pair(core, rounds=PAIRS)
    enough = ENOUGH * bound - float(rest.value.sum())
    if tries and core.value < enough and not core.excess().any():
        core = force(core, tries=tries, enough=enough)
    within = (core.excess()[: rows.sign.shape[2]] == 0).all()
    value = core.value + float(rest.value.sum())
    return core.now, value if within else -1.0


def _told(
    instance: Instance,
    order: Ints,
    actions: Ints,
    found: Search,
    known: list[Plan],
    *,
    single: bool,
    warm: Sequences | None = None,
) -> Plan:
    """Return the plan in the caller's order; what was known stays if it is better."""
    back = np.empty_like(actions)
    back[order] = actions
    best = judge(instance, back)
    for one in known:
        other = judge(instance, one.course.actions)
        if other.value > best.value and not other.overdrawn and not other.unmet:
            best = other
    bound = max(found.best, 0.0) * (1 + LOSS)
    return Plan(best, bound, found.at, single, found.asked, warm)
