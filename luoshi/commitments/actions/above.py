"""Asking a higher body, noting its answer, and explaining what went wrong."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from luoshi.commitments import rules_above
from luoshi.commitments.actions.base import (
    check,
    lock_commitment,
    move_commitment,
    people_with,
    person_of,
    required,
    tell,
)
from luoshi.commitments.actions.parts import keep_parts_within
from luoshi.commitments.models import Commitment, Explanation, HigherRequest, Pause
from luoshi.commitments.queries.above import wrong_of
from luoshi.commitments.terms import apply_due
from luoshi.core.actors import Actor
from luoshi.core.clock import now, today
from luoshi.core.refusals import Refusal
from luoshi.core.roles import LEADER
from luoshi.core.trail import record

LONGEST = 500


@dataclass(frozen=True)
class Above:
    """Who above is asked, how to reach them, for what, and until when."""

    sort: str
    body: str
    contact: str
    asked: str
    until: date
    # Nothing can be done here before the body acts.
    waits: bool = False


@transaction.atomic(durable=True)
def ask_higher(
    commitment_id: int, *, above: Above, actor: Actor, version: int | None = None
) -> Commitment:
    """Ask a higher body; the clock stands only where nothing can be done before."""
    commitment = lock_commitment(commitment_id, version)
    check(rules_above.may_ask_higher, actor, commitment, "ask_higher")
    body = required(above.body, "commitments.body_above_missing")
    contact = required(above.contact, "commitments.contact_above_missing")
    asked = required(above.asked, "commitments.words_missing")[:LONGEST]
    if above.until <= today():
        raise Refusal("commitments.day_past")
    if above.waits and commitment.paused:
        raise Refusal("commitments.paused_already")
    pause = None
    if above.waits:
        pause = Pause.objects.create(
            town_id=commitment.town_id,
            commitment=commitment,
            since=now(),
            outside_body=body[:120],
            reason=asked,
            by=person_of(actor),
        )
        commitment.paused = True
    HigherRequest.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        sort=above.sort,
        body=body[:120],
        contact=contact[:120],
        asked=asked,
        until=above.until,
        by=person_of(actor),
        at=now(),
        pause=pause,
    )
    move_commitment(commitment, "ask_higher", "paused")
    code = f"commitments.higher_{above.sort}"
    told = f"{body}：{asked}"
    record(commitment, code, actor=actor, words=told, waits=above.waits)
    leaders = people_with(LEADER, overseeing=commitment.owner_organisation_id)
    tell(commitment, "commitments.higher_asked", *leaders, actor=actor)
    return commitment


@transaction.atomic(durable=True)
def note_higher_answer(
    commitment_id: int, *, answer: str, actor: Actor, version: int | None = None
) -> Commitment:
    """Write down what the higher body said; a clock that waited for it runs again."""
    commitment = lock_commitment(commitment_id, version)
    check(rules_above.may_note_higher, actor, commitment, "higher_answer")
    answer = required(answer, "commitments.words_missing")[:LONGEST]
    request = commitment.higher.select_related("pause").get(answered_at=None)
    request.answer, request.answered_at = answer, now()
    request.answered_by = person_of(actor)
    request.save(update_fields=["answer", "answered_at", "answered_by"])
    fields: list[str] = []
    if request.pause is not None and request.pause.until is None:
        commitment.pauses.filter(pk=request.pause.pk).update(until=now())
        commitment.paused = False
        fields = ["paused", *apply_due(commitment)]
    move_commitment(commitment, "higher_answer", *fields)
    record(
        commitment,
        "commitments.higher_answered",
        actor=actor,
        words=f"{request.body}：{answer}",
    )
    keep_parts_within(commitment, actor=actor)
    tell(commitment, "commitments.higher_answered", commitment.owner, actor=actor)
    return commitment


@transaction.atomic(durable=True)
def explain(
    commitment_id: int,
    *,
    about: str,
    words: str,
    actor: Actor,
    version: int | None = None,
) -> Commitment:
    """Say why something went wrong; it stands beside the matter and scores nobody."""
    commitment = lock_commitment(commitment_id, version)
    check(rules_above.may_explain, actor, commitment, "explain")
    words = required(words, "commitments.words_missing")[:LONGEST]
    if about not in wrong_of(commitment):
        raise Refusal("commitments.nothing_of_that")
    Explanation.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        about=about,
        words=words,
        by=person_of(actor),
        at=now(),
    )
    move_commitment(commitment, "explain")
    record(commitment, "commitments.explained", actor=actor, words=words, about=about)
    leaders = people_with(LEADER, overseeing=commitment.owner_organisation_id)
    tell(commitment, "commitments.to_note_explanation", *leaders, actor=actor)
    return commitment


@transaction.atomic(durable=True)
def decide_explanation(
    commitment_id: int,
    *,
    accepted: bool,
    answer: str,
    actor: Actor,
    version: int | None = None,
) -> Commitment:
    """Note whether an explanation holds; what happened stays as it was counted."""
    commitment = lock_commitment(commitment_id, version)
    check(rules_above.may_decide_explanation, actor, commitment, "decide_explanation")
    explanation = commitment.explanations.get(accepted=None)
    if explanation.by_id == person_of(actor).pk:
        raise Refusal("commitments.own_explanation")
    if not accepted:
        required(answer, "commitments.reason_missing")
    explanation.accepted, explanation.answer = accepted, answer.strip()[:LONGEST]
    explanation.decided_by, explanation.decided_at = person_of(actor), now()
    explanation.save(update_fields=["accepted", "answer", "decided_by", "decided_at"])
    move_commitment(commitment, "decide_explanation")
    said = "accepted" if accepted else "refused"
    code = f"commitments.explanation_{said}"
    record(commitment, code, actor=actor, words=explanation.answer)
    tell(commitment, code, explanation.by, actor=actor)
    return commitment
