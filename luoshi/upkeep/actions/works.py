"""What was mended is written to the asset, whoever reported it."""

from luoshi.commitments.models import Commitment, State
from luoshi.core.clock import today
from luoshi.upkeep.models import Asset, Defect


def note_works(commitment: Commitment) -> None:
    """Write the day of the last works as soon as somebody accepted a repair.

    What was done then stands in the matter: no words of it are kept twice.
    """
    if commitment.state != State.ACCEPTED:
        return
    mended = Defect.objects.filter(case__commitment=commitment)
    Asset.objects.filter(pk__in=mended.values("asset")).update(
        last_works_on=today(), last_works=""
    )
