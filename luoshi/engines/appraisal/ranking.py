"""The order of several plans, and the one assumption that would turn it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from luoshi.engines.appraisal.figures import Appraisal, appraise
from luoshi.engines.appraisal.money import totals
from luoshi.engines.appraisal.plans import (
    ASSUMPTIONS,
    WHOLE,
    AppraisalError,
    Method,
    Plan,
    Span,
)

# A turning point is found to this part of the way between a value and its bound.
FINE = Fraction(1, 2**20)
# The rate is tried in steps of a tenth of a percentage point.
RATE_STEP = Fraction(1, 1000)


@dataclass(frozen=True)
class Flip:
    """One assumption that turns the order, and how little it takes.

    `plan` is "" for the discount rate, which all share. At `value` the order is no
    longer that of the ranking: `over` stands before `under`. `way` is the share of
    the way from the expected value to its bound, the sign says to which.
    """

    plan: str
    assumption: str
    central: Fraction
    value: Fraction
    way: Fraction
    over: str
    under: str


@dataclass(frozen=True)
class Ranking:
    """Plans by what each yuan brings, the most first; ties in the order given."""

    appraisals: tuple[Appraisal, ...]
    flips: Mapping[str, Flip | None]
    shared: Flip | None

    @property
    def order(self) -> tuple[str, ...]:
        """Return the ids, best first."""
        return tuple(one.plan.id for one in self.appraisals)

    @property
    def flip(self) -> Flip | None:
        """Return the one assumption that would turn the order soonest."""
        found = [self.flips[name] for name in self.order] + [self.shared]
        return min(
            (one for one in found if one), key=lambda one: abs(one.way), default=None
        )


def rank(plans: Sequence[Plan], method: Method | None = None) -> Ranking:
    """Order plans by net benefit for each yuan spent; judged in fractions."""
    method = method or Method()
    if len({plan.id for plan in plans}) < len(plans):
        raise AppraisalError("id", "twice", "each plan must have an id of its own")
    values = [_ratio(plan.used, method, {}, None) for plan in plans]
    order = sorted(range(len(plans)), key=lambda at: (-values[at], at))
    return Ranking(
        tuple(appraise(plans[at], method) for at in order),
        {
            plans[at].id: _soonest(plans, values, order, at, method)
            for at in range(len(plans))
        },
        _by_rate(plans, order, method),
    )


def _ratio(
    plan: Plan, method: Method, over: dict[str, Fraction], rate: Fraction | None
) -> Fraction:
    at = method.rate_of(plan).central if rate is None else rate
    benefit, build, upkeep = totals(
        plan.values() | over, plan.spread, at, method.horizon
    )
    return benefit * method.favour(plan) / (build + upkeep)


def _turned(values: Sequence[Fraction], order: Sequence[int]) -> tuple[int, int] | None:
    """Return the first two neighbours that no longer stand in their order."""
    for upper, lower in pairwise(order):
        if (-values[upper], upper) > (-values[lower], lower):
            return lower, upper
    return None


def _soonest(
    plans: Sequence[Plan],
    values: Sequence[Fraction],
    order: Sequence[int],
    at: int,
    method: Method,
) -> Flip | None:
    """Return the assumption of one plan that turns the order with the least move."""
    used, best = plans[at].used, None
    for name in ASSUMPTIONS:
        span: Span = getattr(used, name)

        def moved(value: Fraction, name: str = name) -> tuple[int, int] | None:
            trial = list(values)
            trial[at] = _ratio(used, method, {name: value}, None)
            return _turned(trial, order)

        for sign in (-1, 1):
            limit = abs(best.way) if best else Fraction(1)
            way = _way(span, sign, limit, name in WHOLE, moved)
            pair = moved(span.at(way)) if way is not None else None
            if way is None or pair is None or (best and abs(way) >= limit):
                continue
            over, under = (plans[one].id for one in pair)
            best = Flip(
                plans[at].id, name, span.central, span.at(way), way, over, under
            )
    return best


def _way(
    span: Span,
    sign: int,
    limit: Fraction,
    whole: bool,
    moved: Callable[[Fraction], tuple[int, int] | None],
) -> Fraction | None:
    """Return the least share of the way to a bound, up to a limit, that turns it."""
    end = span.high if sign > 0 else span.low
    if end == span.central:
        return None
    if whole:
        # More years may help and then hurt: each is tried.
        steps = int(abs(end - span.central))
        tries = (Fraction(step, steps) for step in range(1, steps + 1))
        return next(
            (
                sign * way
                for way in tries
                if way <= limit and moved(span.at(sign * way))
            ),
            None,
        )
    # In all others the ratio only rises or only falls.
    if not moved(span.at(sign * limit)):
        return None
    low, high = Fraction(0), limit
    while high - low > FINE:
        middle = (low + high) / 2
        if moved(span.at(sign * middle)):
            high = middle
        else:
            low = middle
    return sign * high


def _by_rate(
    plans: Sequence[Plan], order: Sequence[int], method: Method
) -> Flip | None:
    """Return the discount rate that turns the order; both rates move together."""
    found: list[Flip] = []
    for sign in (-1, 1):
        reach = method.rate.high if sign > 0 else method.rate.low
        steps = int(abs(reach - method.rate.central) / RATE_STEP)
        for step in range(1, steps + 1):
            way = sign * Fraction(step, steps)
            values = [
                _ratio(plan.used, method, {}, method.rate_of(plan).at(way))
                for plan in plans
            ]
            pair = _turned(values, order)
            if pair:
                over, under = (plans[one].id for one in pair)
                rate = method.rate
                found.append(
                    Flip("", "rate", rate.central, rate.at(way), way, over, under)
                )
                break
    return min(found, key=lambda one: abs(one.way), default=None)
