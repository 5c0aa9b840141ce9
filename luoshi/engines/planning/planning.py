"""From an instance to a plan: prices, then a choice within the budgets.

`plan` lets an asset have a treatment each year, `plan_once` one in all. The order of
the assets decides nothing: they are looked at in the order of their ids.
"""

from collections.abc import Callable
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
CLOSE = 1e-5
NEAR = 1e-3
# Sizes of the core, tried until enough is gained, by how many assets there are.
CORES = (
    (2_000, (400, 1_000, 2_000)),
    (10_000, (2_000, 4_000, 10_000)),
    (10**9, (6_000, 16_000, 40_000)),
)
PAIRS = 40
# What share of the bound is enough; below it so many pieces are forced in a small town.
ENOUGH, TRIES, SMALL = 0.9998, 80, 10_000
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
    price = rows.prices(found.at)

    def core_of(size: int) -> tuple[Pool, Pool]:
        pool = assets.pool(price, found.choice, size)
        inside = np.zeros(len(instance), bool)
        inside[pool.asset] = True
        out = np.flatnonzero(~inside & (found.choice >= 0))
        return pool, assets.columns(out, found.choice[out])

    asset, key = _settle(core_of, rows, found, instance, start)
    asset, key = asset[key >= 0], key[key >= 0]
    actions = np.full((len(instance), instance.years), NOTHING)
    most = max(assets.treatments, 1)
    actions[asset, key // most] = key % most
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
        found = _generate(pool, ordered, start.multipliers, rounds=6, around=())
    else:
        tracks = follow(ordered)
        once = plan_once(instance)
        pool = Sequences.none(ordered, tracks, rows)
        pool.add(once.course.actions[order])
        found = _generate(pool, ordered, once.multipliers, ROUNDS, AROUND)
    price = rows.prices(found.at)

    def core_of(size: int) -> tuple[Pool, Pool]:
        core, out = pool.core(price, size)
        return core, Pool(pool.asset[out], pool.value[out], pool.cost[out], out)

    asset, key = _settle(core_of, rows, found, instance, start)
    actions = np.full((len(instance), instance.years), NOTHING)
    actions[asset] = pool.actions[key]
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
        # First roughly: the pool does not hold yet what is best there.
        close = CLOSE if turn > 1 else 20 * CLOSE
        inner = search(pool, rows, amount, told.at, box=BOX[1], close=close, most=80)
        found = told.best - inner.best <= 3 * CLOSE * abs(told.best)
        if found and turn > 1:
            break
        told.ask(exact, inner.at)
        pool.add(told.choices[-1])
        if turn < len(around):
            near = inner.at * np.exp(lot.normal(0, around[turn], len(at)))
            told.ask(exact, near)
            pool.add(told.choices[-1])
    return told


def _settle(
    core_of: Callable[[int], tuple[Pool, Pool]],
    rows: Rows,
    found: Search,
    instance: Instance,
    start: Plan | None,
) -> tuple[Ints, Ints]:
    """Return assets and the keys of their columns, from ever larger cores."""
    sizes, best = _sizes(len(instance)), -1.0
    none = np.zeros(0, np.int64)
    chosen = (none, none)
    for size in sizes:
        pool, rest = core_of(size)
        tries = 0
        if size == sizes[-1] and len(instance) <= SMALL:
            tries = TRIES if start is None else TRIES // 4
        now, value = _choose(pool, rest, rows, found, tries)
        if value > best:
            best = value
            chosen = (
                np.concatenate([rest.asset, pool.asset[now]]),
                np.concatenate([rest.key, pool.key[now]]),
            )
        if value >= ENOUGH * found.best:
            break
    return chosen


def _choose(
    pool: Pool, rest: Pool, rows: Rows, found: Search, tries: int
) -> tuple[Ints, float]:
    """Return the columns chosen in a core, and the value with what is outside."""
    uses = rows.uses(rows.member[pool.asset], pool.cost)
    outside = rows.uses(rows.member[rest.asset], rest.cost).sum(axis=0)
    value = float(rest.value.sum())
    if not len(pool.asset):
        return np.zeros(0, np.int64), value
    core = Core.of(pool, uses, found.at, rows.amount, outside)
    mend(core)
    fill(core)
    pair(core, rounds=PAIRS)
    enough = ENOUGH * found.best - value
    if tries and core.value < enough and not core.excess().any():
        core = force(core, tries=tries, enough=enough)
    # A least that cannot be met is told; a most is never exceeded.
    if core.excess()[~rows.least].any():
        return core.now, -1.0
    unmet = float(core.excess().sum()) * 3 * float(found.at.max())
    return core.now, max(core.value + value - unmet, 0.0)


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
