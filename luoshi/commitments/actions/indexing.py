"""Putting into the search what is owed and is no case: its title and number."""

from luoshi.commitments.models import Commitment, Kind
from luoshi.commitments.models.commitment import FOUND_AS
from luoshi.core.models import SearchRow
from luoshi.core.search import index_within


def index_work_within(commitment: Commitment) -> None:
    """Index what answers no case; a case, or a part of one, is found by its words."""
    if commitment.kind == Kind.CASE:
        return
    row = SearchRow(
        town_id=commitment.town_id,
        kind=FOUND_AS,
        object_id=commitment.pk,
        visibility=commitment.visibility,
        at=commitment.started_at,
    )
    index_within(row, title=f"{commitment.title}\n{commitment.number}", body="")
