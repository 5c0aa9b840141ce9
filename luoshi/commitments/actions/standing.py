"""Which clocks stand in an emergency, kept right by each move of a commitment."""

from datetime import datetime

from luoshi.commitments.models import Commitment, Emergency, Pause
from luoshi.commitments.models.commitment import LIVE_STATES, Visibility
from luoshi.commitments.terms import apply_due
from luoshi.core.actors import SCHEDULER
from luoshi.core.clock import now
from luoshi.core.trail import record

# After these its clock ran with good reason until now; it stands from now on.
FROM_NOW = ("resume", "put_in_category", "return_promise", "unmerge")


def runs_on(commitment: Commitment) -> bool:
    """Tell whether its clock never stands: urgent, of safety, or sealed."""
    return (
        commitment.urgent
        or commitment.visibility == Visibility.SEALED
        or (commitment.category is not None and commitment.category.runs_on)
    )


def stand_from(commitment: Commitment, emergency: Emergency, at: datetime) -> Pause:
    """Return the pause of an emergency, not yet saved."""
    return Pause(
        town_id=commitment.town_id,
        commitment=commitment,
        since=at,
        outside_body=emergency.name,
        reason=emergency.reason,
        by_id=emergency.started_by_id,
        emergency=emergency,
    )


def first_stand(commitment: Commitment, emergency: Emergency) -> datetime:
    """Return from when it stands: the emergency's beginning, or its own."""
    return max(emergency.started_at, commitment.counted_from)


def keep_standing(commitment: Commitment, move: str) -> tuple[str, ...]:
    """Stop or start the clock as the emergency asks after a move; name the fields set.

    What is dispatched as urgent was urgent all the time, so that its pause counts for
    nothing; what becomes a matter of safety later keeps the time that it stood.
    """
    emergency = Emergency.objects.filter(ended_at=None).first()
    if emergency is None:
        return ()
    live = commitment.state in LIVE_STATES
    if commitment.paused and (runs_on(commitment) or not live):
        return _start_again(commitment, emergency, void=live and move == "dispatch")
    if commitment.paused or not live or move == "pause" or runs_on(commitment):
        return ()
    if commitment.pauses.filter(emergency=emergency, by_hand=True).exists():
        return ()
    at = now() if move in FROM_NOW else first_stand(commitment, emergency)
    stand_from(commitment, emergency, at).save(force_insert=True)
    commitment.paused = True
    record(commitment, "commitments.stands", actor=SCHEDULER, name=emergency.name)
    return ("paused",)


def _start_again(
    commitment: Commitment, emergency: Emergency, *, void: bool
) -> tuple[str, ...]:
    """End its pause now, or as if it had never begun."""
    pause = commitment.pauses.filter(until=None, emergency=emergency).first()
    if pause is None:
        return ()
    pause.until = pause.since if void else now()
    pause.save(update_fields=["until"])
    commitment.paused = False
    return ("paused", *apply_due(commitment))
