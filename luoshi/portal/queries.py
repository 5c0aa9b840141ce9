"""What the front pages say."""

from dataclasses import dataclass

from luoshi.cases.figures.months import counts_of
from luoshi.cases.figures.periods import period_named
from luoshi.core.models import Town


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
