"""How towns choose without a plan: worst first, showy first, benefit by cost.

Each stays within the budgets and is judged by the same model. They treat an asset once
at most, as `plan_once`; worst first and showy first may do it again, as `plan`.
"""

from collections.abc import Callable
from heapq import heapify, heappop, heappush

import numpy as np

from luoshi.engines.planning.courses import NOTHING, Course, grades, judge
from luoshi.engines.planning.instances import Floats, Instance, Ints
from luoshi.engines.planning.tracks import Singles, Tracks, follow, singles

TINY = 1e-12
PASSES = 20


def worst_first(instance: Instance, *, once: bool = True) -> Course:
    """Mend what is in the worst condition first, by the dearest works that suit it."""
    return _by_year(instance, lambda worst, _cost: -worst, once=once)


def showy_first(instance: Instance, *, once: bool = True) -> Course:
    """Mend what visitors see first, and of that the largest works."""
    seen = np.array([kind.showy for kind in instance.kinds], np.float64)[instance.kind]
    return _by_year(instance, lambda _worst, cost: -seen * 1e18 - cost, once=once)


def _by_year(
    instance: Instance, order: Callable[[Floats, Ints], Floats], *, once: bool
) -> Course:
    """Spend each year's money down a list, leaving out what no longer fits.

    Each year begins from the conditions that the years before have left.
    """
    tracks, count = follow(instance), len(instance)
    actions = np.full((count, instance.years), NOTHING)
    track, place = np.zeros(count, np.int64), np.zeros(count, np.int64)
    everyone = np.arange(count)
    useful = instance.weight > 0
    for year in range(instance.years):
        at = (tracks.group, track, place)
        restores = tracks.offered[at] & ~tracks.holds[tracks.group]
        cost = np.where(restores, tracks.cost[at] * instance.quantity[:, None], 0)
        if not cost.size:
            break
        dearest = cost.argmax(axis=1)
        price = np.where(useful, cost[everyone, dearest], 0)
        chosen = _down_the_list(
            price, order(grades(tracks.belief[at]), price), instance.budgets[year]
        )
        actions[chosen, year] = dearest[chosen]
        track[chosen], place[chosen] = 1 + dearest[chosen], 0
        place += 1
        if once:
            useful = useful & (actions[:, year] == NOTHING)
    return judge(instance, actions, tracks=tracks)


def _down_the_list(price: Ints, order: Floats, money: int) -> Ints:
    """Return what is bought of what has a price, in an order, as money lasts."""
    queue = np.flatnonzero(price > 0)
    queue = queue[np.lexsort((queue, order[queue]))]
    least, chosen = price[queue].min(initial=1), []
    for at, asked in zip(queue.tolist(), price[queue].tolist(), strict=True):
        if asked <= money:
            chosen.append(at)
            money -= asked
        elif money < least:
            break
    return np.array(chosen, np.int64)


def benefit_by_cost(instance: Instance) -> Course:
    """Buy the step that gains most for its cost, over all years at once."""
    tracks = follow(instance)
    columns = singles(instance, tracks)
    left = np.array(instance.budgets, np.int64)
    now = np.full(len(instance), NOTHING)
    _buy(columns, np.arange(columns.value.shape[1]), now, left)
    return _judged(instance, tracks, columns, now)


def benefit_by_cost_yearly(instance: Instance) -> Course:
    """Buy the step that gains most for its cost, one year after another."""
    tracks = follow(instance)
    columns = singles(instance, tracks)
    left = np.array(instance.budgets, np.int64)
    now = np.full(len(instance), NOTHING)
    for year in range(instance.years):
        own = np.arange(year * columns.treatments, (year + 1) * columns.treatments)
        _buy(columns, own, now, left)
    return _judged(instance, tracks, columns, now)


def _buy(columns: Singles, which: Ints, now: Ints, left: Ints) -> None:
    """Buy steps by falling gain for cost until none fits; `now` and `left` change.

    A step takes an asset from what it has to something that gains more; where the best
    step no longer fits, the asset's next best is looked for.
    """
    shop = _Shop(columns, which, now, left)
    for _pass in range(PASSES):
        queue = [one for at in range(len(now)) if (one := shop.step(at)) is not None]
        heapify(queue)
        bought = False
        while queue:
            _rate, asset, column = heappop(queue)
            bought |= shop.take(asset, column)
            following = shop.step(asset)
            if following is not None:
                heappush(queue, following)
        if not bought:
            return


class _Shop:
    """What has been bought so far, and what each asset would best buy next."""

    def __init__(self, columns: Singles, which: Ints, now: Ints, left: Ints) -> None:
        self.columns, self.which, self.now, self.left = columns, which, now, left
        self.year = which // max(columns.treatments, 1)
        self.value, self.cost = columns.value[:, which], columns.cost[:, which]

    def own(self, asset: int) -> tuple[float, int, int]:
        """Return gain, cost and year of what an asset has."""
        column = int(self.now[asset])
        if column == NOTHING:
            return 0.0, 0, NOTHING
        year = column // self.columns.treatments
        return self.columns.value[asset, column], self.columns.cost[asset, column], year

    def step(self, asset: int) -> tuple[float, int, int] | None:
        """Return the best step that fits, as an entry of the queue."""
        value, cost, year = self.own(asset)
        if year != NOTHING and year not in self.year:
            return None
        gain, more = self.value[asset] - value, self.cost[asset] - cost
        room = self.left[self.year] + np.where(self.year == year, cost, 0)
        good = (gain > TINY) & (self.cost[asset] <= room)
        if not good.any():
            return None
        rate = np.where(good, gain / np.maximum(more, 1e-9), 0.0)
        best = int(rate.argmax())
        return -float(rate[best]), asset, int(self.which[best])

    def take(self, asset: int, column: int) -> bool:
        """Buy a step if it still fits."""
        _value, cost, year = self.own(asset)
        when, asked = (
            column // self.columns.treatments,
            self.columns.cost[asset, column],
        )
        if asked > self.left[when] + (cost if when == year else 0):
            return False
        if year != NOTHING:
            self.left[year] += cost
        self.left[when] -= asked
        self.now[asset] = column
        return True


def _judged(instance: Instance, tracks: Tracks, columns: Singles, now: Ints) -> Course:
    actions = np.full((len(instance), instance.years), NOTHING)
    busy = np.flatnonzero(now >= 0)
    actions[busy, now[busy] // columns.treatments] = now[busy] % columns.treatments
    return judge(instance, actions, tracks=tracks)
