"""Who may do what with consultations."""

from luoshi.consultations.models import Consultation
from luoshi.core.actors import Actor, Staff
from luoshi.core.refusals import NotAllowed
from luoshi.core.roles import (
    ADMINISTRATOR,
    DISPATCHER,
    HANDLER,
    INSPECTOR,
    LEADER,
    RELEASER,
    VILLAGE_OFFICER,
)

State = Consultation.State
PREPARE = (DISPATCHER, HANDLER, LEADER, VILLAGE_OFFICER)
MODERATE = (DISPATCHER, RELEASER)
ENTER = (DISPATCHER, HANDLER, VILLAGE_OFFICER)
SEE = (*PREPARE, RELEASER, INSPECTOR, ADMINISTRATOR)


def may_see(staff: Staff, consultation: Consultation) -> bool:
    """Who works with consultations sees them all, drafts too."""
    return staff.has(*SEE)


def may_prepare(staff: Staff) -> bool:
    """An office, a village officer, the desk or a leader prepares one."""
    return staff.has(*PREPARE)


def may_change(staff: Staff, consultation: Consultation) -> bool:
    """Who prepares changes what is not open yet."""
    return staff.has(*PREPARE) and consultation.state == State.DRAFT


def may_open(staff: Staff, consultation: Consultation) -> bool:
    """A leader or a releaser lets it begin, for it speaks for the town."""
    return staff.has(LEADER, RELEASER) and consultation.state == State.DRAFT


def may_moderate(staff: Staff, consultation: Consultation) -> bool:
    """The desk or a releaser looks at what residents say, until it is published."""
    running = consultation.state in (State.OPEN, State.CLOSED)
    return staff.has(*MODERATE) and running


def may_say(staff: Staff, consultation: Consultation) -> bool:
    """Who prepares adds what the town says, until it closes."""
    unended = consultation.state in (State.DRAFT, State.OPEN)
    return staff.has(*PREPARE) and unended


def may_enter(staff: Staff, consultation: Consultation) -> bool:
    """Sheets are typed in while it is open, and corrected until it is published."""
    running = consultation.state in (State.OPEN, State.CLOSED)
    return staff.has(*ENTER) and running


def may_close(staff: Staff, consultation: Consultation) -> bool:
    """A leader or releaser stops taking answers."""
    return staff.has(LEADER, RELEASER) and consultation.state == State.OPEN


def may_answer(staff: Staff, consultation: Consultation) -> bool:
    """Who prepares writes what was done with each statement, before publication."""
    running = consultation.state in (State.OPEN, State.CLOSED)
    return staff.has(*PREPARE) and running


def may_record_step(staff: Staff, consultation: Consultation) -> bool:
    """Who prepares writes down a step of the track until it is published."""
    ended = consultation.state in (State.PUBLISHED, State.STOPPED)
    return staff.has(*PREPARE) and not ended


def may_publish(staff: Staff, consultation: Consultation) -> bool:
    """A leader or releaser publishes the answers and the decision."""
    return staff.has(LEADER, RELEASER) and consultation.state == State.CLOSED


def may_stop(staff: Staff, consultation: Consultation) -> bool:
    """A leader stops one that should not go on."""
    ended = consultation.state in (State.PUBLISHED, State.STOPPED)
    return staff.has(LEADER) and not ended


def may_try(staff: Staff, consultation: Consultation) -> bool:
    """Who prepares tries a measure on daily habits with one group first."""
    running = consultation.state in (State.OPEN, State.CLOSED)
    return staff.has(*PREPARE) and running and consultation.daily


def may_ask_again(staff: Staff, consultation: Consultation) -> bool:
    """Who prepares asks the same people again how it turned out."""
    return staff.has(*PREPARE) and consultation.state == State.PUBLISHED


def may_unlink(staff: Staff, consultation: Consultation) -> bool:
    """A tie made by mistake is taken back before it stands in public."""
    ended = consultation.state in (State.PUBLISHED, State.STOPPED)
    return staff.has(*PREPARE) and not ended


def may_link(staff: Staff, consultation: Consultation) -> bool:
    """Who prepares says what led to it and what came of it, also years later."""
    return staff.has(*PREPARE)


def may_take_votes(consultation: Consultation) -> bool:
    """Everybody takes the answers without names, once nobody answers any more."""
    return consultation.state in (State.CLOSED, State.PUBLISHED)


def staff_in(actor: Actor) -> Staff:
    """Return the member of staff who acts; refuse anybody else."""
    if not isinstance(actor, Staff):
        raise NotAllowed("commitments.not_yours")
    return actor
