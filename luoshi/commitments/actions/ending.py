"""Closing a commitment with its ending."""

from django.db import transaction

from luoshi.commitments.actions.base import check_no_part_open, move_commitment
from luoshi.commitments.actions.drawing import draw_within
from luoshi.commitments.models import Commitment, Ending, Sample
from luoshi.commitments.terms import apply_due
from luoshi.core.clock import now


@transaction.atomic(savepoint=False)
def end_within(
    commitment: Commitment,
    move: str,
    ending: Ending,
    *,
    words: str = "",
    satisfied: str = "",
) -> None:
    """Close a locked commitment with its ending."""
    check_no_part_open(commitment)
    at = now()
    commitment.hops.filter(until__isnull=True).update(until=at)
    commitment.pauses.filter(until__isnull=True).update(until=at)
    # What ends while its clock stands is counted as it stood.
    dues = apply_due(commitment) if commitment.paused else []
    commitment.closed_at, commitment.ending = at, ending
    commitment.ending_words, commitment.paused = words, False
    commitment.with_leader, commitment.satisfied = False, satisfied
    move_commitment(
        commitment,
        move,
        *("closed_at", "ending", "ending_words", "paused", "with_leader"),
        "satisfied",
        *dues,
    )
    draw_within(commitment, Sample.Why.ENDING)
