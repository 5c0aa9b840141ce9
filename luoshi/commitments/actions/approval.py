"""Giving a word, returning it, taking it back: one click for whose turn it is."""

from django.db import transaction

from luoshi.commitments import rules
from luoshi.commitments.actions.asking import ask_within, lay_with, next_stage
from luoshi.commitments.actions.assigning import Plan, dispatch_within
from luoshi.commitments.actions.base import (
    check,
    lock_commitment,
    move_commitment,
    person_of,
    receiver_in,
    required,
    tell,
)
from luoshi.commitments.actions.endings import refuse_within, signer_of
from luoshi.commitments.actions.parts import reviewers_of
from luoshi.commitments.models import Approval, Commitment, Stage
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.models import Organisation
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record

# What may still be asked after a stage, before the matter goes on.
AFTER: dict[str, tuple[Stage, ...]] = {
    Stage.PROPOSE: (Stage.INSTRUCT,),
    Stage.INSTRUCT: (),
}


@transaction.atomic(durable=True)
def give_word(
    commitment_id: int,
    *,
    actor: Actor,
    words: str = "",
    organisation_id: int | None = None,
    version: int | None = None,
) -> Commitment:
    """Agree; the matter goes on by itself: to the next word, the office, the check."""
    commitment = lock_commitment(commitment_id, version)
    check(rules.may_give_word, actor, commitment, "give_word")
    approval = _settle(commitment, Approval.Outcome.AGREED, actor)
    move_commitment(commitment, "give_word")
    if approval.stage == Stage.SIGN:
        _record_word(approval, f"commitments.word_{approval.stage}", actor, words)
        _back_to_owner(commitment)
        told = "commitments.to_accept"
        tell(commitment, told, *reviewers_of(commitment), actor=actor)
        return commitment
    if approval.stage == Stage.REFUSE:
        _record_word(approval, f"commitments.word_{approval.stage}", actor, words)
        by = signer_of(approval, actor)
        refuse_within(commitment, approval.plan, by=by, actor=actor)
        return commitment
    plan = _plan_of(approval, organisation_id)
    _record_word(
        approval,
        f"commitments.word_{approval.stage}",
        actor,
        words,
        office=plan.office.name,
    )
    following = next_stage(commitment, *AFTER[approval.stage])
    if following is None:
        dispatch_within(commitment, plan, actor=actor)
    else:
        ask_within(commitment, following, plan=plan, actor=actor)
    return commitment


@transaction.atomic(durable=True)
def return_word(
    commitment_id: int, *, reason: str, actor: Actor, version: int | None = None
) -> Commitment:
    """Return it with a reason: to the dispatcher, or the answer to who wrote it."""
    commitment = lock_commitment(commitment_id, version)
    check(rules.may_give_word, actor, commitment, "give_word")
    reason = required(reason, "commitments.reason_missing")
    approval = _settle(commitment, Approval.Outcome.RETURNED, actor)
    signing = approval.stage == Stage.SIGN
    move_commitment(commitment, "send_back" if signing else "give_word")
    _back_to_owner(commitment)
    _record_word(approval, "commitments.word_returned", actor, reason)
    tell(commitment, "commitments.word_returned", commitment.owner, actor=actor)
    return commitment


@transaction.atomic(durable=True)
def recall_word(
    commitment_id: int, *, actor: Actor, version: int | None = None
) -> Commitment:
    """Take back the question before dispatch; it lies at the desk again."""
    commitment = lock_commitment(commitment_id, version)
    check(rules.may_recall_word, actor, commitment, "recall_word")
    approval = _settle(commitment, Approval.Outcome.RECALLED, actor)
    move_commitment(commitment, "recall_word")
    _back_to_owner(commitment)
    record(
        commitment,
        "commitments.word_recalled",
        actor=actor,
        person=approval.person.name,
    )
    tell(commitment, "commitments.word_recalled", approval.person, actor=actor)
    return commitment


def _settle(commitment: Commitment, outcome: str, actor: Actor) -> Approval:
    """Close the open word and return it with what it planned."""
    approval = commitment.approvals.select_related("person", "office", "receiver").get(
        given_at=None
    )
    plan, approval.plan = approval.plan, {}
    approval.outcome, approval.given_at = outcome, now()
    approval.given_by = person_of(actor)
    approval.save(update_fields=["outcome", "given_at", "given_by", "plan"])
    approval.plan = plan
    return approval


def _plan_of(approval: Approval, organisation_id: int | None) -> Plan:
    """Return the plan; another office than the one meant has its own receiver."""
    office, receiver = approval.office, approval.receiver
    if organisation_id is not None and organisation_id != approval.office_id:
        office, receiver = Organisation.objects.get(pk=organisation_id), None
    if office is None or office.closed_at is not None:
        raise Refusal("commitments.other_office_missing")
    if receiver is None or receiver.left_at is not None:
        receiver = receiver_in(office)
    return Plan(office, receiver, **approval.plan)


def _record_word(
    approval: Approval, code: str, actor: Actor, words: str, **more: str
) -> None:
    """Say who gave the word, and for whom where it was the deputy."""
    if person_of(actor) != approval.person:
        code, more = f"{code}_for", more | {"person": approval.person.name}
    record(approval.commitment, code, actor=actor, words=words.strip(), **more)


def _back_to_owner(commitment: Commitment) -> None:
    lay_with(commitment, commitment.owner_organisation, commitment.owner, now())
