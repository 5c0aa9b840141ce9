"""Who may do what with what the town owes in public."""

from luoshi.core.actors import Staff
from luoshi.core.roles import ADMINISTRATOR, CONGRESS, DISPATCHER, LEADER, RELEASER
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


def may_keep_list(staff: Staff) -> bool:
    """A leader, or the administrator for them, keeps the list."""
    return staff.has(LEADER, ADMINISTRATOR)


def may_choose_names(staff: Staff) -> bool:
    """The administrator says whether the list names the leaders."""
    return staff.has(ADMINISTRATOR)
