"""The doors through which proposals enter a view."""

from collections.abc import Callable

from django.http import Http404

from luoshi.core.actors import Staff
from luoshi.pledges.models import Proposal
from luoshi.pledges.queries import proposals_visible_to


def open_proposal(
    staff: Staff, proposal_id: int, to: Callable[[Staff, Proposal], bool]
) -> Proposal:
    """Return a proposal that this person may see and handle so, else 404."""
    rows = proposals_visible_to(staff).select_related("case__commitment")
    proposal = rows.filter(pk=proposal_id).first()
    if proposal is None or not to(staff, proposal):
        raise Http404
    return proposal
