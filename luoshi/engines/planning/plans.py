"""A plan: who gets what in which year, what it proves, and what it says of itself."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from luoshi.engines.planning.courses import Course
from luoshi.engines.planning.instances import Floats


@dataclass(frozen=True)
class Works:
    """One treatment of one asset, its cost, and what all works on that asset gain."""

    asset: str
    year: int
    treatment: str
    cost: int


@dataclass(frozen=True, eq=False)
class Plan:
    """A course within the budgets, and the proof of how good it is.

    `bound`: no plan gains more. `prices`[year] is what the next coin of that year would
    gain, in residents' years of full service; `limit_prices` are those of the limits
    (a least that must be kept costs what its price says). `single` plans treat an asset
    once at most. `warm` is kept for what-ifs.
    """

    course: Course
    bound: float
    multipliers: Floats
    single: bool
    asked: int
    warm: Any = None

    @property
    def value(self) -> float:
        """Return what the plan gains against doing nothing."""
        return self.course.value

    @property
    def gap(self) -> float:
        """Return how far the plan may be from the best, as a share of the bound."""
        return 1 - self.value / self.bound if self.bound > 0 else 0.0

    @property
    def prices(self) -> tuple[float, ...]:
        """Return the price of each year's money."""
        years = self.course.instance.years
        return tuple(float(one) for one in self.multipliers[:years])

    @property
    def limit_prices(self) -> tuple[float, ...]:
        """Return the price of each limit."""
        years = self.course.instance.years
        return tuple(float(one) for one in self.multipliers[years:])

    @property
    def left(self) -> tuple[int, ...]:
        """Return what each year's budget has left."""
        budgets = self.course.instance.budgets
        return tuple(
            most - spent for most, spent in zip(budgets, self.course.spent, strict=True)
        )

    @cached_property
    def works(self) -> tuple[Works, ...]:
        """Return all works, by year and asset."""
        instance, actions = self.course.instance, self.course.actions
        told = []
        for year in range(instance.years):
            for at in (actions[:, year] >= 0).nonzero()[0].tolist():
                kind = instance.kinds[int(instance.kind[at])]
                told.append(
                    Works(
                        instance.ids[at],
                        year,
                        kind.treatments[int(actions[at, year])].name,
                        int(self.course.cost[at, year]),
                    )
                )
        return tuple(told)

    def worth(self, year: int, amount: int) -> float:
        """Return what so much more money in a year would gain."""
        return self.prices[year] * amount

    def instead(self, year: int, amount: int, other: int) -> int | None:
        """Return the money of another year that gains as much; None if none does."""
        if self.prices[other] <= 0:
            return None
        return round(self.prices[year] * amount / self.prices[other])
