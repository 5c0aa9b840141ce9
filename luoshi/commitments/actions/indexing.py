"""Putting into the search what is owed and is no case: its title and number."""

from luoshi.commitments.models import Commitment, Kind
from luoshi.commitments.models.commitment import FOUND_AS, Visibility
from luoshi.core.models import SearchRow
from luoshi.core.search import index_within


def index_work_within(commitment: Commitment) -> None:
    """Index a part, or what answers no case; a case is found by its own words."""
    found_elsewhere = commitment.kind == Kind.CASE and commitment.parent_id is None
    if found_elsewhere or commitment.visibility == Visibility.SEALED:
        return
    row = SearchRow(
        town_id=commitment.town_id,
        kind=FOUND_AS,
        object_id=commitment.pk,
        visibility=commitment.visibility,
        at=commitment.started_at,
    )
    index_within(row, title=f"{commitment.title}\n{commitment.number}", body="")
