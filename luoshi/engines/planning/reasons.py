"""Why an asset is treated now, later or not, and what it costs to wait.

All is told at the plan's prices: a coin spent here is worth what it would gain
elsewhere. The net gain of an asset is what its works gain less the price of their
money.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from luoshi.engines.planning.courses import NOTHING
from luoshi.engines.planning.instances import Floats
from luoshi.engines.planning.plans import Plan
from luoshi.engines.planning.sequences import SequenceAssets
from luoshi.engines.planning.tracks import singles

TINY = 1e-9


@dataclass(frozen=True)
class Reason:
    """Why an asset stands where it does.

    `code` is one of
    "now": it begins in the first year; waiting one year loses `loses`;
    "spare": it begins in the first year with money that would be left otherwise;
    "still_good": it begins in `year`; before, nothing suits its condition;
    "later": it begins in `year`; begun at once it would gain less, the worth of its
    money elsewhere counted, by `loses`;
    "unused": no resident is served;
    "nothing_suits": no works better it within the years planned;
    "not_worth": what it would gain is less than its money gains elsewhere, by `loses`;
    "no_room": it is worth its money, but no year has enough left for all of it.

    `loses` is in residents' years of full service, `money` the same in money of the
    year after (None where that money is worth nothing).
    """

    code: str
    year: int | None
    loses: float
    money: int | None


@dataclass(frozen=True, eq=False)
class Reasons:
    """What each asset would gain from works that begin in each year, at the prices."""

    plan: Plan

    @cached_property
    def begun(self) -> Floats:
        """Return the best net gain if works begin in a year; -inf where none suits."""
        course, plan = self.plan.course, self.plan
        instance, years = course.instance, course.instance.years
        price = course.rows.prices(plan.multipliers)
        if not plan.single:
            return SequenceAssets(instance, course.tracks, course.rows).begun(price)
        columns = singles(instance, course.tracks)
        shape = (len(instance), years, columns.treatments)
        dear = price[course.rows.member][:, :, None]
        net = columns.value.reshape(shape) - columns.cost.reshape(shape) * dear
        net = np.where(columns.value.reshape(shape) > 0, net, -np.inf)
        return net.max(axis=2, initial=-np.inf)

    @cached_property
    def best(self) -> Floats:
        """Return the best net gain if nothing is done before a year; the last is 0."""
        none = np.zeros((len(self.begun), 1))
        all_ = np.concatenate([self.begun, none], axis=1)
        return np.maximum.accumulate(all_[:, ::-1], axis=1)[:, ::-1]

    @cached_property
    def first(self) -> list[int | None]:
        """Return the year in which each asset's works begin."""
        busy = self.plan.course.actions != NOTHING
        begins = busy.argmax(axis=1)
        return [
            int(year) if any_ else None
            for year, any_ in zip(begins, busy.any(axis=1), strict=True)
        ]

    @cached_property
    def waiting(self) -> Floats:
        """Return what each asset loses if its works begin a year later."""
        told = np.zeros(len(self.begun))
        for at, year in enumerate(self.first):
            if year is not None:
                told[at] = max(self.begun[at, year] - self.best[at, year + 1], 0.0)
        return told

    def in_money(self, points: float, year: int) -> int | None:
        """Return what gains as much in money of a year; None if money gains nothing."""
        prices = self.plan.prices
        price = prices[min(year, len(prices) - 1)]
        return round(points / price) if price > 0 else None

    def why(self, at: int) -> Reason:
        """Return why the asset at a place begins when it does."""
        year = self.first[at]
        if year is None:
            return self._why_not(at)
        if year == 0:
            loses = float(self.waiting[at])
            code = "now" if loses > TINY else "spare"
            return Reason(code, 0, loses, self.in_money(loses, 1))
        if not np.isfinite(self.begun[at, :year]).any():
            return Reason("still_good", year, 0.0, 0)
        now = float(self.begun[at, 0])
        if not np.isfinite(now):
            now = float(self.begun[at, :year].max())
        loses = max(float(self.begun[at, year]) - now, 0.0)
        return Reason("later", year, loses, self.in_money(loses, 0))

    def _why_not(self, at: int) -> Reason:
        if self.plan.course.instance.weight[at] <= 0:
            return Reason("unused", None, 0.0, 0)
        if not np.isfinite(self.begun[at]).any():
            return Reason("nothing_suits", None, 0.0, 0)
        best = float(self.begun[at].max())
        year = int(self.begun[at].argmax())
        code = "no_room" if best > TINY else "not_worth"
        return Reason(code, None, abs(best), self.in_money(abs(best), year))
