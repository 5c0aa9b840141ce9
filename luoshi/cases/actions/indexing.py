"""Putting a case into the search anew: its words, recordings and texts elsewhere."""

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


def index_case_within(case: Case) -> None:
    """Index a case by all that was told in it, here and in another system."""
    said = [file.words for file in recordings_of(case) if file.words]
    said += [order.text for order in case.orders.all()]
    body = "\n".join([case.text, *said, case.place])
    # A blank would join a number to what stands before it.
    index_within(search_row(case), title=f"{case.subject}\n{case.number}", body=body)
