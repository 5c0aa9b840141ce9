"""How far the figure moves when an assumption is wrong."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from luoshi.engines.appraisal.money import to_fen, totals
from luoshi.engines.appraisal.plans import ASSUMPTIONS, Method, Plan, Span

COSTS = ("build", "upkeep", "fades")
# In these the figure is no straight line.
CURVED = ("years", "fades")


@dataclass(frozen=True)
class Swing:
    """The net benefit in fen with one assumption at its bounds, the others central.

    `zero` is the value at which nothing is gained or lost any more, wherever that lies;
    None where the assumption alone cannot bring it there.
    """

    assumption: str
    span: Span
    low: int
    high: int
    zero: Fraction | None

    @property
    def width(self) -> int:
        """Return how much the assumption can move the figure."""
        return abs(self.high - self.low)


@dataclass(frozen=True)
class Ranges:
    """The net benefit in fen: everything at its worst, as expected, at its best."""

    low: int
    central: int
    high: int
    swings: tuple[Swing, ...]

    @property
    def sure(self) -> bool:
        """Tell whether it is worth its money, or not, whatever comes true."""
        return self.low >= 0 or self.high < 0


def ranges(plan: Plan, method: Method | None = None) -> Ranges:
    """Return worst, expected and best, and each assumption's swing, widest first."""
    method = method or Method()
    used, rate = plan.used, method.rate_of(plan)
    net = Net(used, method)
    swings = [
        Swing(
            name,
            span,
            net.fen({name: span.low}),
            net.fen({name: span.high}),
            None if name in CURVED else _zero(name, net),
        )
        for name, span in ((one, getattr(used, one)) for one in ASSUMPTIONS)
        if span.low != span.high
    ]
    if rate.low != rate.high:
        swings.append(
            Swing("rate", rate, net.fen({}, rate.low), net.fen({}, rate.high), None)
        )
    worst, best = _corner(used, "low"), _corner(used, "high")
    lives = range(int(used.years.low), int(used.years.high) + 1)
    ends = [
        ({"years": Fraction(life)}, at)
        for life, at in product(lives, (rate.low, rate.central, rate.high))
    ]
    return Ranges(
        min(net.fen(worst | years, at) for years, at in ends),
        net.fen({}),
        max(net.fen(best | years, at) for years, at in ends),
        tuple(sorted(swings, key=lambda one: -one.width)),
    )


class Net:
    """The net benefit of a plan with some of its values replaced."""

    def __init__(self, plan: Plan, method: Method) -> None:
        self.plan, self.method = plan, method
        self.central, self.rate = plan.values(), method.rate_of(plan).central

    def _parts(
        self, over: dict[str, Fraction], rate: Fraction | None
    ) -> tuple[Fraction, Fraction, Fraction, Fraction]:
        at = self.rate if rate is None else rate
        benefit, build, upkeep = totals(
            self.central | over, self.plan.spread, at, self.method.horizon
        )
        extra = benefit * (self.method.favour(self.plan) - 1)
        return benefit, extra, -build, -upkeep

    def exact(
        self, over: dict[str, Fraction], rate: Fraction | None = None
    ) -> Fraction:
        """Return it as a fraction of a fen."""
        return sum(self._parts(over, rate), Fraction(0))

    def fen(self, over: dict[str, Fraction], rate: Fraction | None = None) -> int:
        """Return it in fen, each part rounded as in `appraise`."""
        return sum(to_fen(part) for part in self._parts(over, rate))


def _corner(plan: Plan, wished: str) -> dict[str, Fraction]:
    """Return every assumption at its worse ("low") or better ("high") bound."""
    other = {"low": "high", "high": "low"}[wished]
    return {
        name: getattr(getattr(plan, name), other if name in COSTS else wished)
        for name in ASSUMPTIONS
    }


def _zero(name: str, net: Net) -> Fraction | None:
    """Return where the figure is zero: it is a straight line in these assumptions."""
    at_none, at_one = net.exact({name: Fraction(0)}), net.exact({name: Fraction(1)})
    if at_none == at_one:
        return None
    zero = at_none / (at_none - at_one)
    return zero if zero >= 0 else None
