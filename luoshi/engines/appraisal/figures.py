"""The figure: year by year, in fen, with sums that agree."""

from dataclasses import dataclass
from fractions import Fraction

from luoshi.engines.appraisal.money import present, rows_in_fen, to_fen
from luoshi.engines.appraisal.plans import Method, Plan


@dataclass(frozen=True)
class Year:
    """One year, in fen: as it happens, and what that is worth in year 0."""

    year: int
    benefit: int
    build: int
    upkeep: int
    benefit_now: int
    build_now: int
    upkeep_now: int

    @property
    def net_now(self) -> int:
        """Return benefit less cost, in year 0."""
        return self.benefit_now - self.build_now - self.upkeep_now


@dataclass(frozen=True)
class Appraisal:
    """What a plan brings and costs over its life, each sum that of its years.

    `extra` is what hardship weights add to the benefit; 0 where they are off. Benefits
    are those within `years` of use: what comes later than the horizon is not counted.
    """

    plan: Plan
    rate: Fraction
    weight: Fraction | None
    years: int
    rows: tuple[Year, ...]
    extra: int

    @property
    def benefit(self) -> int:
        """Return the benefit in year 0, each household counting the same."""
        return sum(row.benefit_now for row in self.rows)

    @property
    def build(self) -> int:
        """Return the cost of building in year 0."""
        return sum(row.build_now for row in self.rows)

    @property
    def upkeep(self) -> int:
        """Return the cost of upkeep in year 0."""
        return sum(row.upkeep_now for row in self.rows)

    @property
    def cost(self) -> int:
        """Return all cost in year 0."""
        return self.build + self.upkeep

    @property
    def plain_net(self) -> int:
        """Return benefit less cost, without weights."""
        return self.benefit - self.cost

    @property
    def net(self) -> int:
        """Return benefit less cost, with the weights that are on."""
        return self.plain_net + self.extra

    @property
    def per_yuan(self) -> Fraction:
        """Return what each yuan spent brings beyond itself."""
        return Fraction(self.net, self.cost)

    @property
    def per_household(self) -> Fraction | None:
        """Return the net benefit in fen for each household that it reaches."""
        households = self.plan.households.central
        return self.net / households if households else None

    @property
    def after_five(self) -> Fraction | None:
        """Return the share of the benefit, as it happens, that comes after five years.

        Not discounted: the question is how long people have something of it.
        """
        first = len(self.plan.spread)
        total = sum(row.benefit for row in self.rows)
        late = sum(row.benefit for row in self.rows if row.year >= first + 5)
        return Fraction(late, total) if total else None


def appraise(plan: Plan, method: Method | None = None) -> Appraisal:
    """Set the discounted benefits of a plan against its building and its upkeep."""
    method = method or Method()
    used, rate = plan.used, method.rate_of(plan).central
    values = used.values()
    years = min(int(values["years"]), method.horizon)
    lead = len(used.spread)
    yearly = (
        values["people"] * values["days"] * values["worth"]
        + values["saved"] * values["households"]
    )
    nothing = [Fraction(0)]
    benefits = nothing * lead + [
        yearly * (1 - values["fades"]) ** year for year in range(years)
    ]
    builds = [values["build"] * share for share in used.spread] + nothing * years
    upkeeps = nothing * lead + [values["upkeep"]] * years
    flows = (benefits, builds, upkeeps)
    columns = [
        *(rows_in_fen(flow) for flow in flows),
        *(rows_in_fen(present(flow, rate)) for flow in flows),
    ]
    rows = tuple(
        Year(year, *row) for year, row in enumerate(zip(*columns, strict=True))
    )
    more = sum(present(benefits, rate), Fraction(0)) * (method.favour(plan) - 1)
    return Appraisal(plan, rate, method.weight, years, rows, to_fen(more))
