"""Drawing a fixed share by chance: nobody can say beforehand what is drawn."""

from luoshi.commitments.models import Commitment, Sample
from luoshi.commitments.terms import share_of
from luoshi.core.actors import SCHEDULER
from luoshi.core.clock import now
from luoshi.core.secrets import keyed_hash
from luoshi.core.trail import record

PARTS = 10_000


def lot_of(commitment: Commitment, why: str) -> int:
    """Return a matter's lot, 0 to 9,999, by the town's secret and the matter's number.

    The same matter has the same lot whenever it is asked, so that a draw can be
    checked afterwards; the version makes a second round a new draw.
    """
    value = f"{commitment.number}:{why}:{commitment.version}"
    found = keyed_hash(value, town_id=commitment.town_id, purpose="sample")
    return int(found[:12], 16) % PARTS


def draw_within(commitment: Commitment, why: Sample.Why) -> Sample | None:
    """Draw a locked commitment or not, inside its action's transaction."""
    ending = commitment.ending if why == Sample.Why.ENDING else ""
    share = share_of(commitment.town, ending or "work")
    if lot_of(commitment, why) >= share * PARTS // 100:
        return None
    if commitment.samples.filter(why=why, looked_at=None).exists():
        return None
    sample = Sample.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        why=why,
        ending=ending,
        share=share,
        drawn_at=now(),
    )
    record(commitment, "commitments.drawn", actor=SCHEDULER, share=share)
    return sample
