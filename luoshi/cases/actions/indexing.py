"""Putting a case into the search anew: its words, and those of its recordings."""

from luoshi.cases.models import Case
from luoshi.cases.recordings import recordings_of
from luoshi.core.models import SearchRow
from luoshi.core.search import index_within


def search_row(case: Case) -> SearchRow:
    """Return a case's row of the search, not yet saved."""
    return SearchRow(
        town_id=case.town_id,
        kind="case",
        object_id=case.pk,
        visibility=case.visibility,
        at=case.received_at,
    )


def index_case_within(case: Case, *, more: str = "") -> None:
    """Index a case by all that was told in it; `more` is what another system says."""
    said = " ".join(file.words for file in recordings_of(case) if file.words)
    body = f"{case.text} {said} {more} {case.place} {case.number}"
    index_within(search_row(case), title=case.subject, body=body)
