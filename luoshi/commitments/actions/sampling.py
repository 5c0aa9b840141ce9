"""Looking again at what was drawn: it is right, or it is done again."""

from django.db import transaction

from luoshi.commitments import rules
from luoshi.commitments.actions.base import (
    lock_commitment,
    move_commitment,
    people_with,
    put_in_hands,
    receiver_in,
    required,
    tell,
    tell_transfer,
)
from luoshi.commitments.actions.closing import half_term_from
from luoshi.commitments.actions.dispatch import dispatch_desk
from luoshi.commitments.actions.work import check_not_own, review_within
from luoshi.commitments.models import Commitment, Ending, Sample, State
from luoshi.commitments.models.commitment import UNSOLVED_BY_LAW
from luoshi.commitments.terms import count_due, rule_of, span_of
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.roles import DISPATCHER, LEADER
from luoshi.core.trail import record

# Endings after which nobody who asked said "solved": the work begins again. What was
# passed on goes back to the dispatcher, and a resident's own "solved" stands.
DONE_AGAIN = (
    *(Ending.NO_VERDICT, Ending.NO_CALLBACK, Ending.PARTLY),
    *(Ending.NOT_SOLVED, Ending.ACCEPTED),
    *UNSOLVED_BY_LAW,
)


@transaction.atomic(durable=True)
def look_at_sample(sample_id: int, *, right: bool, words: str, actor: Staff) -> Sample:
    """Say what was found in a sample; what is not right goes back to be done again."""
    drawn = Sample.objects.get(pk=sample_id)
    commitment = lock_commitment(drawn.commitment_id)
    sample = Sample.objects.select_for_update().get(pk=sample_id)
    check_not_own(actor, commitment)
    if not rules.may_look(actor, commitment):
        raise NotAllowed("commitments.not_yours")
    if sample.looked_at is not None:
        raise Refusal("commitments.looked_already")
    words = words.strip() if right else required(words, "commitments.reason_missing")
    found = Sample.Found.RIGHT if right else _go_back(commitment, words, actor)
    sample.found, sample.words = found, words[:500]
    sample.looked_at, sample.looked_by = now(), actor.person
    sample.save(update_fields=["found", "words", "looked_at", "looked_by"])
    record(commitment, f"commitments.sample_{found}", actor=actor, words=words)
    return sample


def _go_back(commitment: Commitment, words: str, actor: Staff) -> Sample.Found:
    """Let it be done again where that is open; else tell who can decide."""
    if commitment.state == State.AWAITING and not commitment.with_leader:
        review_within(commitment, actor, accepted=False, words=words)
        move_commitment(commitment, "send_back")
        tell(commitment, "commitments.sent_back", commitment.owner, actor=actor)
        return Sample.Found.BACK
    whole = commitment.parent is None or commitment.parent.state != State.CLOSED
    # What was never dispatched is nobody's work yet.
    undispatched = commitment.assigned_at is None
    if whole and commitment.ending in DONE_AGAIN and not undispatched:
        _bring_back(commitment, actor)
        return Sample.Found.BACK
    if whole and commitment.ending in (Ending.DESTINATION, *UNSOLVED_BY_LAW):
        _back_to_desk(commitment, actor)
        return Sample.Found.BACK
    leaders = people_with(LEADER, overseeing=commitment.owner_organisation_id)
    people = [*people_with(DISPATCHER), *leaders]
    tell(commitment, "commitments.sample_noted", *people, actor=actor)
    return Sample.Found.NOTED


def _open_anew(commitment: Commitment) -> tuple[str, ...]:
    """Take the ending away; the whole time from the first word still shows."""
    commitment.closed_at, commitment.ending = None, ""
    commitment.ending_words, commitment.satisfied = "", ""
    commitment.remedy = ""
    return ("closed_at", "ending", "ending_words", "satisfied", "remedy")


def _bring_back(commitment: Commitment, actor: Staff) -> None:
    """Put closed work back into its office's hands, with half of the first term."""
    office = commitment.owner_organisation
    owner = commitment.owner
    # Who answered for it may have another office by now, or none.
    there = owner.tenures.filter(until=None, post__organisation=office).exists()
    receiver = owner if there else receiver_in(office)
    fields = (*_open_anew(commitment), *half_term_from(commitment, now()))
    owners = put_in_hands(commitment, office, receiver, now())
    move_commitment(commitment, "bring_back", *fields, *owners)
    tell_transfer(commitment, actor=actor, code="commitments.brought_back")


def _back_to_desk(commitment: Commitment, actor: Staff) -> None:
    """Put what was passed on wrongly before the dispatcher, who finds out anew."""
    desk = dispatch_desk(commitment.town)
    reply = span_of(rule_of(commitment.town, "reply"))
    commitment.counted_from = now()
    due = count_due(commitment.town, now(), reply)
    commitment.term_amount, commitment.term_unit = reply.amount, reply.unit
    commitment.extra_amount = 0
    commitment.yellow_at, commitment.due_at = due.yellow_at, due.due_at
    commitment.escalated_at = commitment.escalated_again_at = None
    owners = put_in_hands(commitment, desk.post.organisation, desk.person, now())
    move_commitment(
        commitment,
        "back_to_desk",
        *_open_anew(commitment),
        *("counted_from", "term_amount", "term_unit", "extra_amount"),
        *("yellow_at", "due_at", "escalated_at", "escalated_again_at"),
        *owners,
    )
    tell_transfer(commitment, actor=actor, code="commitments.brought_back")
