"""Rows of lists as templates show them."""

from dataclasses import dataclass, field

from luoshi.cases.models import Order
from luoshi.cases.there_queries import theres_of
from luoshi.commitments.models import Commitment, Explanation, State
from luoshi.commitments.queries import Light, light_of
from luoshi.commitments.queries.above import last_explanations
from luoshi.core.actors import Staff
from luoshi.core.clock import now


@dataclass(frozen=True)
class Row:
    """A commitment with its light; `days` since the first word, the first is 1."""

    commitment: Commitment
    light: Light
    days: int
    undispatched: bool
    explained: Explanation | None = None
    # Where else it lives.
    there: list[Order] = field(default_factory=list)


def rows_of(staff: Staff, commitments: list[Commitment]) -> list[Row]:
    """Return rows for a list."""
    at = now()
    explained = last_explanations(one.pk for one in commitments)
    there = theres_of(commitments)
    for one in commitments:
        one.town = staff.town
    return [
        Row(
            one,
            light_of(one, at),
            (at - one.started_at).days + 1,
            one.state == State.RECEIVED,
            explained.get(one.pk),
            there.get(one.pk, []),
        )
        for one in commitments
    ]
