"""Rows of lists as templates show them."""

from dataclasses import dataclass

from luoshi.commitments.models import Commitment, State
from luoshi.commitments.queries import Light, light_of
from luoshi.core.actors import Staff
from luoshi.core.clock import now


@dataclass(frozen=True)
class Row:
    """A commitment with its light; `days` since the first word, the first is 1."""

    commitment: Commitment
    light: Light
    days: int
    undispatched: bool


def rows_of(staff: Staff, commitments: list[Commitment]) -> list[Row]:
    """Return rows for a list."""
    at = now()
    for one in commitments:
        one.town = staff.town
    return [
        Row(
            one,
            light_of(one, at),
            (at - one.started_at).days + 1,
            one.state == State.RECEIVED,
        )
        for one in commitments
    ]
