"""Who may do what with papers: one predicate each; absent means no."""

from luoshi.commitments.adapters import Judge, judge_of
from luoshi.commitments.models import Commitment, Ending, State
from luoshi.commitments.models.commitment import OPEN_STATES, Visibility
from luoshi.commitments.rules import in_owning_office, may_see, waits_for_word
from luoshi.core.actors import Staff
from luoshi.core.roles import (
    ADMINISTRATOR,
    DISPATCHER,
    HANDLER,
    INSPECTOR,
    LEADER,
    PROPOSER,
    RELEASER,
    VILLAGE_OFFICER,
)
from luoshi.papers.models import Kind, Paper, PaperScan

ANSWERED = (State.ACCEPTED, State.AWAITING, State.OPEN_PROMISE, State.CLOSED)
# What ended so was answered in another matter, or never was one's own.
NO_ANSWER = (Ending.MERGED, Ending.HISTORY, Ending.DROPPED)
BRING = (
    *(DISPATCHER, HANDLER, VILLAGE_OFFICER, INSPECTOR, LEADER, RELEASER),
    *(PROPOSER, ADMINISTRATOR),
)


def may_make(staff: Staff, commitment: Commitment, kind: str) -> bool:
    """Who gives, follows up or answers a matter makes the paper of it."""
    rule = (
        {
            Kind.ASSIGNMENT: _may_assign,
            Kind.SUPERVISION: _may_supervise,
            Kind.ANSWER: _may_answer,
        }.get(Kind(kind))
        if kind in Kind.values
        else None
    )
    return (
        rule is not None
        and commitment.visibility != Visibility.SEALED
        and rule(staff, commitment)
        and may_see(staff, commitment)
    )


def _at_work(commitment: Commitment) -> bool:
    return commitment.state in OPEN_STATES and commitment.state != State.RECEIVED


def _may_assign(staff: Staff, commitment: Commitment) -> bool:
    return _at_work(commitment) and staff.has(DISPATCHER, PROPOSER, LEADER)


def _may_supervise(staff: Staff, commitment: Commitment) -> bool:
    return _at_work(commitment) and staff.has(INSPECTOR, LEADER)


def _may_answer(staff: Staff, commitment: Commitment) -> bool:
    """Only what somebody else accepted is answered in writing, and never a part."""
    return (
        commitment.state in ANSWERED
        and commitment.ending not in NO_ANSWER
        and judge_of(commitment) != Judge.NONE
        and not waits_for_word(commitment)
        and (staff.has(DISPATCHER) or in_owning_office(staff, commitment))
    )


def may_read(staff: Staff, paper: Paper) -> bool:
    """A paper is read with its matter."""
    return may_see(staff, paper.commitment)


def may_cancel(staff: Staff, paper: Paper) -> bool:
    """Who made it, or a dispatcher or leader, says that it does not hold."""
    mine = paper.made_by_id == staff.person.pk or staff.has(DISPATCHER, LEADER)
    return paper.cancelled_at is None and mine and may_read(staff, paper)


def may_release(staff: Staff, paper: Paper) -> bool:
    """A releaser lets whoever is answered see the sealed answer."""
    return (
        staff.has(RELEASER)
        and paper.kind == Kind.ANSWER
        and paper.addressee_id is not None
        and paper.cancelled_at is None
        and paper.released_at is None
        and paper.scans.exists()
        and may_read(staff, paper)
    )


def may_bring_scans(staff: Staff) -> bool:
    """Whoever works with papers files them."""
    return staff.has(*BRING)


def may_file(staff: Staff, scan: PaperScan) -> bool:
    """Who brought a page that waits, or a dispatcher, says where it belongs."""
    mine = scan.brought_by_id == staff.person.pk or staff.has(DISPATCHER)
    return scan.paper_id is None and mine and may_bring_scans(staff)


def may_take_out(staff: Staff, scan: PaperScan) -> bool:
    """A page filed with the wrong paper is taken out before anybody outside saw it."""
    paper = scan.paper
    return (
        paper is not None
        and paper.released_at is None
        and (scan.brought_by_id == staff.person.pk or staff.has(DISPATCHER))
        and may_bring_scans(staff)
        and may_read(staff, paper)
    )
