"""What is appraised, and how: values with their bounds, checked once at the door."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

Number = int | Decimal | Fraction

# Sums over thirty years and a million people stay far below what a database holds.
MOST = 10**13
MOST_YEARS = 100


class AppraisalError(ValueError):
    """An input that cannot be appraised; `field` names it, `code` what is wrong."""

    def __init__(self, field: str, code: str, text: str) -> None:
        super().__init__(f"{field}: {text}")
        self.field, self.code = field, code


def exact(value: Number, name: str) -> Fraction:
    """Return a number as a fraction; refuses floats, which are not exact."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction):
        raise AppraisalError(name, "kind", "whole numbers, decimals or fractions only")
    if isinstance(value, Decimal) and not value.is_finite():
        raise AppraisalError(name, "kind", "a number is needed")
    return Fraction(value)


@dataclass(frozen=True)
class Span:
    """A value, and the bounds between which it may well lie."""

    low: Fraction
    central: Fraction
    high: Fraction

    @classmethod
    def of(
        cls, central: Number, low: Number | None = None, high: Number | None = None
    ) -> "Span":
        """Return a span; a bound that is left out is the value itself."""
        return cls(
            exact(central if low is None else low, "low"),
            exact(central, "central"),
            exact(central if high is None else high, "high"),
        )

    def at(self, way: Fraction) -> Fraction:
        """Return the value that far (from -1 to 1) on the way to a bound."""
        end = self.high if way > 0 else self.low
        return self.central + abs(way) * (end - self.central)


NONE = Span.of(0)

# In the order in which they are named where two would turn a ranking equally soon.
ASSUMPTIONS = (
    "people",
    "days",
    "worth",
    "saved",
    "households",
    "years",
    "fades",
    "build",
    "upkeep",
)
# What is counted in whole numbers, and so moves in steps.
WHOLE = ("years",)


@dataclass(frozen=True)
class Plan:
    """A thing that might be built. Money in fen.

    `people` use it on each of `days` a year, and one use is `worth` so much to a
    person; `saved` is what each of `households` saves a year. `fades` is the share of
    use lost each year. `spread` says which share of the money is paid in which year;
    use begins in the year after. Where upkeep is not `funded` nothing is spent on it,
    and the thing lasts `unkept` years. `hardship` is the share of the households in
    hardship.
    """

    id: str
    build: Span
    upkeep: Span
    years: Span
    people: Span
    days: Span
    worth: Span
    households: Span
    saved: Span = NONE
    fades: Span = NONE
    unkept: Span | None = None
    funded: bool = True
    hardship: Fraction = Fraction(0)
    water: bool = False
    spread: tuple[Fraction, ...] = (Fraction(1),)

    def __post_init__(self) -> None:
        for name in ASSUMPTIONS:
            _check_span(name, getattr(self, name), *_BOUNDS.get(name, (0, MOST)))
        if self.unkept is not None:
            _check_span("unkept", self.unkept, *_BOUNDS["years"])
        if not self.funded and self.unkept is None:
            raise AppraisalError(
                "unkept", "missing", "how long it lasts without upkeep"
            )
        if not 0 <= self.hardship <= 1:
            raise AppraisalError("hardship", "bounds", "a share from 0 to 1 is needed")
        if not self.spread or min(self.spread) < 0 or sum(self.spread) != 1:
            raise AppraisalError("spread", "sum", "shares that sum to one are needed")

    @property
    def used(self) -> "Plan":
        """Return the plan as it will go: without upkeep money it ends sooner."""
        if self.funded or self.unkept is None:
            return self
        return replace(self, years=self.unkept, upkeep=NONE, funded=True, unkept=None)

    def values(self) -> dict[str, Fraction]:
        """Return each assumption at its central value."""
        return {name: getattr(self, name).central for name in ASSUMPTIONS}


_BOUNDS: Mapping[str, tuple[Number, Number]] = {
    "build": (1, MOST),
    "years": (1, MOST_YEARS),
    "days": (0, 366),
    "fades": (0, Fraction(99, 100)),
}


def _check_span(name: str, span: Span, least: Number, most: Number) -> None:
    if not span.low <= span.central <= span.high:
        raise AppraisalError(name, "order", "low, central and high must ascend")
    if span.low < least or span.high > most:
        raise AppraisalError(name, "bounds", f"from {least} to {most} is needed")
    parts = (span.low, span.central, span.high)
    if name in WHOLE and any(part.denominator != 1 for part in parts):
        raise AppraisalError(name, "whole", "whole numbers are needed")


def _percent(low: int, central: int, high: int) -> Span:
    return Span(Fraction(low, 100), Fraction(central, 100), Fraction(high, 100))


@dataclass(frozen=True)
class Method:
    """How plans are appraised, the same for all of a list.

    Public water works have a rate of their own unless `apart` is switched off. A
    benefit to a household in hardship counts `weight` times; None leaves all alike.
    """

    rate: Span = field(default_factory=lambda: _percent(6, 8, 10))
    water_rate: Span = field(default_factory=lambda: _percent(6, 6, 8))
    apart: bool = True
    horizon: int = 30
    weight: Fraction | None = None

    def __post_init__(self) -> None:
        for name in ("rate", "water_rate"):
            _check_span(name, getattr(self, name), 0, 1)
        if not 1 <= self.horizon <= MOST_YEARS:
            raise AppraisalError("horizon", "bounds", f"1 to {MOST_YEARS} is needed")
        if self.weight is not None and not 1 <= self.weight <= 10:
            raise AppraisalError("weight", "bounds", "from 1 to 10 is needed")

    def rate_of(self, plan: Plan) -> Span:
        """Return the discount rate by which a plan is appraised."""
        return self.water_rate if plan.water and self.apart else self.rate

    def favour(self, plan: Plan) -> Fraction:
        """Return by how much a benefit counts more for households in hardship."""
        if self.weight is None:
            return Fraction(1)
        return 1 + (self.weight - 1) * plan.hardship
