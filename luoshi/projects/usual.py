"""What is usual in a town: the method of the figure, and values of each kind of thing.

`Town.rules["appraisal"]` holds what a town changed, in whole numbers: years and days,
fen, and thousandths for rates and shares:
{"rate": 80, "references": {"road": {"years": [15, 22, 29], "source": ...}}}.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from luoshi.core.models import Town
from luoshi.engines.appraisal import REFERENCES, Method, Reference, Span

RULE = "appraisal"
THOUSANDTHS = ("upkeep", "fades")
VALUES = ("years", "unkept", "upkeep", "days", "worth", "fades")
# People a day and cost, where nobody said otherwise: things are rarely cheaper.
PEOPLE_MARGIN, COST_MARGIN = (70, 130), (90, 130)
# A discount rate is tried from 6 % up to two points more.
LEAST_RATE, MORE_RATE = 60, 20
Rule = dict[str, Any]


def rule_of(town: Town) -> Rule:
    """Return what the town changed."""
    return dict(town.rules.get(RULE, {}))


def method_of(town: Town) -> Method:
    """Return how the town's figures are made."""
    rule, usual = rule_of(town), Method()
    weight = rule.get("weight")
    return replace(
        usual,
        rate=_rate(rule.get("rate", 80)),
        water_rate=_rate(rule.get("water_rate", 60)),
        apart=rule.get("apart", True),
        weight=None if weight is None else Fraction(weight, 1000),
    )


def _rate(thousandths: int) -> Span:
    return _span(
        (min(thousandths, LEAST_RATE), thousandths, thousandths + MORE_RATE), 1000
    )


def references_of(town: Town) -> dict[str, Reference]:
    """Return the usual values of each kind of thing, as the town has them."""
    own = rule_of(town).get("references", {})
    return {
        kind: changed(one, own[kind]) if kind in own else one
        for kind, one in REFERENCES.items()
    }


def changed(reference: Reference, numbers: Mapping[str, Any]) -> Reference:
    """Return a reference with what a town wrote down in its place."""

    def own(name: str) -> Span:
        return _span(numbers[name], 1000 if name in THOUSANDTHS else 1)

    return replace(
        reference,
        years=own("years"),
        unkept=own("unkept"),
        upkeep=own("upkeep"),
        days=own("days"),
        worth=own("worth"),
        fades=own("fades"),
        source=numbers["source"],
        sure=True,
    )


def numbers_of(reference: Reference) -> dict[str, list[int]]:
    """Return a reference as `Town.rules` would hold it."""
    found = {}
    for name in VALUES:
        span, times = getattr(reference, name), 1000 if name in THOUSANDTHS else 1
        found[name] = [
            int(part * times) for part in (span.low, span.central, span.high)
        ]
    return found


def _span(numbers: Sequence[int], below: int) -> Span:
    low, central, high = (Fraction(one, below) for one in numbers)
    return Span.of(central, low, high)
