"""Lawful ends that solve nothing: cannot be done, withdrawn, moved to a route."""

from django.db import transaction

from luoshi.commitments import rules
from luoshi.commitments.actions.asking import ask_within
from luoshi.commitments.actions.base import (
    check,
    lock_commitment,
    move_commitment,
    person_of,
    required,
    tell,
)
from luoshi.commitments.actions.ending import end_within
from luoshi.commitments.lawful import route_named
from luoshi.commitments.models import Approval, Commitment, Ending, Stage
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record

LONGEST = 500


@transaction.atomic(durable=True)
def propose_refusal(
    commitment_id: int,
    *,
    ground: str,
    remedy: str,
    actor: Actor,
    version: int | None = None,
) -> Commitment:
    """Propose that by the rules it cannot be done; a leader signs or returns it."""
    commitment = lock_commitment(commitment_id, version)
    check(rules.may_propose_refusal, actor, commitment, "propose_refusal")
    ground = required(ground, "commitments.ground_missing")[:LONGEST]
    remedy = required(remedy, "commitments.remedy_missing")[:LONGEST]
    move_commitment(commitment, "propose_refusal")
    kept = {"ground": ground, "remedy": remedy}
    ask_within(commitment, Stage.REFUSE, kept=kept, actor=actor)
    return commitment


@transaction.atomic(savepoint=False)
def refuse_within(
    commitment: Commitment, plan: dict[str, str], *, by: str, actor: Actor
) -> None:
    """End a locked matter as signed: the ground and the way of remedy are told."""
    ground, commitment.remedy = plan["ground"], plan["remedy"]
    commitment.save(update_fields=["remedy"])
    end_within(commitment, "refuse", Ending.REFUSED, words=ground)
    record(
        commitment,
        "commitments.refused",
        actor=actor,
        words=f"{ground}\n{commitment.remedy}",
        signed=by,
    )
    tell(commitment, "commitments.refusal_signed", commitment.owner, actor=actor)


@transaction.atomic(durable=True)
def move_to_lawful_route(
    commitment_id: int,
    *,
    route: str,
    body: str,
    actor: Actor,
    version: int | None = None,
) -> Commitment:
    """End what the law decides elsewhere, with the route and who is there, by name."""
    commitment = lock_commitment(commitment_id, version)
    check(rules.may_move_to_route, actor, commitment, "move_to_route")
    chosen = route_named(commitment.town, route)
    if chosen is None:
        raise Refusal("commitments.route_missing")
    body = required(body, "commitments.destination_missing")[:LONGEST]
    words = f"{chosen.name}：{body}"
    end_within(commitment, "move_to_route", Ending.LAWFUL, words=words)
    record(commitment, "commitments.moved_to_route", actor=actor, words=words)
    owner = commitment.owner
    tell(commitment, "commitments.moved_to_route", owner, actor=actor)
    return commitment


@transaction.atomic(durable=True)
def note_withdrawal(
    commitment_id: int, *, words: str, actor: Actor, version: int | None = None
) -> Commitment:
    """Note that the person who asked withdrew it, in their words, and who noted it."""
    commitment = lock_commitment(commitment_id, version)
    check(rules.may_note_withdrawal, actor, commitment, "withdraw")
    words = required(words, "commitments.words_missing")[:LONGEST]
    withdraw_within(commitment, words=words, actor=actor)
    return commitment


@transaction.atomic(savepoint=False)
def withdraw_within(commitment: Commitment, *, words: str, actor: Actor) -> None:
    """End a locked matter at the wish of the one who asked; a question falls away.

    The words stay in the trail alone, from which they can be erased.
    """
    waiting = commitment.approvals.filter(given_at=None).select_related("asked_by")
    for approval in waiting:
        approval.outcome, approval.given_at = Approval.Outcome.RECALLED, now()
        approval.given_by, approval.plan = approval.asked_by, {}
        approval.save(update_fields=["outcome", "given_at", "given_by", "plan"])
        tell(commitment, "commitments.word_recalled", approval.person, actor=actor)
    end_within(commitment, "withdraw", Ending.WITHDRAWN)
    # The person may be none of ours: then it came with their code.
    by_hand = actor.person is not None
    code = (
        "commitments.withdrawal_noted" if by_hand else "commitments.withdrawn_by_code"
    )
    record(commitment, code, actor=actor, words=words)
    owner = commitment.owner
    tell(commitment, "commitments.withdrawn_by_person", owner, actor=actor)


def signer_of(approval: Approval, actor: Actor) -> str:
    """Name who signs: the one asked, and the deputy who clicked, where one did."""
    person = person_of(actor)
    if person == approval.person:
        return person.name
    return f"{approval.person.name}（{person.name}）"
