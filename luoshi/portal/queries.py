"""What the front pages say."""

from dataclasses import dataclass

from luoshi.cases.figures.months import counts_of
from luoshi.cases.figures.periods import period_named
from luoshi.core.clock import today
from luoshi.core.models import Town
from luoshi.projects import money
from luoshi.upkeep.queries import paid


@dataclass(frozen=True)
class Month:
    """How many came in this month, how many were closed, and what came of each."""

    received: int
    closed: int
    solved: int
    partly: int
    not_solved: int
    no_verdict: int
    not_asked: int
    passed_on: int
    refused: int
    withdrawn: int
    lawful: int

    @property
    def unsolved_by_law(self) -> int:
        """Return how many ended lawfully without being done."""
        return self.refused + self.withdrawn + self.lawful


YEARS, BAR = 5, 100


@dataclass(frozen=True)
class YearPaid:
    """What was paid in a year in fen, and how long the bars are."""

    year: int
    upkeep: int
    works: int
    upkeep_bar: float
    works_bar: float


@dataclass(frozen=True)
class Paid:
    """What upkeep and new works were paid in the last years, the newest last."""

    years: list[YearPaid]

    @property
    def upkeep(self) -> int:
        """Return what upkeep was paid in all of them."""
        return sum(one.upkeep for one in self.years)

    @property
    def works(self) -> int:
        """Return what new works were paid in all of them."""
        return sum(one.works for one in self.years)


def upkeep_beside_works(town: Town) -> Paid | None:
    """Return what both were paid over five years; nothing where neither was."""
    upkeep, works = paid.paid_by_year(town), money.paid_by_year(town)
    last = today().year
    years = range(last - YEARS + 1, last + 1)
    most = max(max(told.get(year, 0) for year in years) for told in (upkeep, works))
    if most <= 0:
        return None

    def bar(fen: int) -> float:
        return round(BAR * max(fen, 0) / most, 1)

    return Paid(
        [
            YearPaid(
                *(year, upkeep.get(year, 0), works.get(year, 0)),
                *(bar(upkeep.get(year, 0)), bar(works.get(year, 0))),
            )
            for year in years
        ]
    )


def all_towns() -> list[Town]:
    """Return the towns of this deployment by name."""
    return list(Town.objects.order_by("name"))


def this_month(town: Town) -> Month:
    """Read this month's counts from the figures, so that both pages say the same."""
    sums = counts_of(town, period_named("month")).sum()
    return Month(
        received=sums["received"],
        closed=sums["closed"],
        solved=sums["solved"],
        partly=sums["partly"],
        not_solved=sums["not_solved"],
        no_verdict=sums["nobody"],
        not_asked=sums["not_asked"],
        passed_on=sums["passed_on"],
        refused=sums["refused"],
        withdrawn=sums["withdrawn"],
        lawful=sums["lawful"],
    )
