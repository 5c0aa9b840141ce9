"""Who may do what with topics."""

from luoshi.core.actors import Actor, Staff
from luoshi.core.refusals import NotAllowed
from luoshi.core.roles import DISPATCHER, INSPECTOR, LEADER

SEE = (DISPATCHER, LEADER, INSPECTOR)


def may_see(staff: Staff) -> bool:
    """Who sees all matters sees what they have in common: titles are their words."""
    return staff.has(*SEE)


def may_arrange(staff: Staff) -> bool:
    """A dispatcher renames, splits, merges, and says what belongs to a topic."""
    return staff.has(DISPATCHER)


def may_act(staff: Staff) -> bool:
    """A dispatcher or a leader has something done before the next complaint."""
    return staff.has(DISPATCHER, LEADER)


def check_arranger(actor: Actor) -> Staff:
    """Return who arranges topics; refuse anybody else."""
    if not isinstance(actor, Staff) or not may_arrange(actor):
        raise NotAllowed("commitments.not_yours")
    return actor
