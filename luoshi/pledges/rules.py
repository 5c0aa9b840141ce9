"""Who may do what with what deputies and members asked for."""

from luoshi.core.actors import Staff
from luoshi.core.roles import CONGRESS, DISPATCHER, RELEASER
from luoshi.pledges.models import Proposal


def may_enter(staff: Staff) -> bool:
    """Who looks after deputies and members, or a dispatcher, writes it down."""
    return staff.has(CONGRESS, DISPATCHER)


def may_release(staff: Staff, proposal: Proposal) -> bool:
    """A releaser publishes the answer once somebody else accepted the work."""
    return staff.has(RELEASER) and proposal.case.commitment.accepted_at is not None


def may_withdraw(staff: Staff, proposal: Proposal) -> bool:
    """A releaser takes an answer off the public page."""
    return staff.has(RELEASER) and proposal.released_at is not None
