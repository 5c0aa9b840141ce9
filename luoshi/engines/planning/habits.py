"""How towns choose without a plan: worst first, showy first, benefit by cost.

Each treats an asset once at most and stays within the budgets, so that it can stand
beside `plan_once`. They are judged by the same model.
"""

from collections.abc import Callable
from heapq import heapify, heappop, heappush

import numpy as np

from luoshi.engines.planning.courses import NOTHING, Course, grades, judge
from luoshi.engines.planning.instances import Floats, Instance, Ints
from luoshi.engines.planning.tracks import Singles, Tracks, follow, singles

TINY = 1e-12
PASSES = 20


def worst_first(instance: Instance) -> Course:
    """Mend what is in the worst condition first, by the dearest works that suit it."""
    tracks = follow(instance)
    places = np.arange(instance.years)
    worst = grades(tracks.belief[:, 0])[tracks.group][:, places]

    def order(year: int, _cost: Ints) -> Floats:
        return -worst[:, year]

    return _by_year(instance, tracks, order)


def showy_first(instance: Instance) -> Course:
    """Mend what visitors see first, and of that the largest works."""
    seen = np.array([kind.showy for kind in instance.kinds], np.float64)[instance.kind]

    def order(_year: int, cost: Ints) -> Floats:
        return -seen * 1e18 - cost

    return _by_year(instance, follow(instance), order)


def _by_year(
    instance: Instance, tracks: Tracks, order: Callable[[int, Ints], Floats]
) -> Course:
    """Spend each year's money down a list, leaving out what no longer fits."""
    columns = singles(instance, tracks)
    many, count = columns.treatments, len(instance)
    actions = np.full((count, instance.years), NOTHING)
    restores = ~tracks.holds[tracks.group]
    waiting = np.ones(count, bool)
    for year in range(instance.years):
        own = slice(year * many, (year + 1) * many)
        cost = np.where((columns.value[:, own] > 0) & restores, columns.cost[:, own], 0)
        if not cost.size:
            break
        dearest = cost.argmax(axis=1)
        price = cost[np.arange(count), dearest]
        queue = np.flatnonzero(waiting & (price > 0))
        queue = queue[np.lexsort((queue, order(year, price)[queue]))]
        left = instance.budgets[year]
        least = price[queue].min(initial=1)
        for at, asked in zip(queue.tolist(), price[queue].tolist(), strict=True):
            if asked <= left:
                actions[at, year], left = dearest[at], left - asked
                waiting[at] = False
            elif left < least:
                break
    return judge(instance, actions, tracks=tracks)


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
