"""What residents say is looked at: published, refused with a reason, or mended."""

from django.db import transaction

from luoshi.consultations import rules
from luoshi.consultations.actions.base import add_within, lock_with, one_statement
from luoshi.consultations.models import Statement
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record

State = Statement.State
UNSEEN = (State.WAITING, State.HELD)


@transaction.atomic(durable=True)
def publish_statement(statement_id: int, *, actor: Actor) -> Statement:
    """Let everybody read it and react to it."""
    _consultation, said = lock_with(statement_id, rules.may_moderate, actor)
    if said.state == State.PUBLISHED or said.state == State.REPLACED:
        raise Refusal("consultations.decided_already")
    before, said.state = said.state, State.PUBLISHED
    said.reason = said.reason_words = ""
    said.published_at, said.decided_by = now(), actor.person
    fields = ["state", "reason", "reason_words", "published_at", "decided_by"]
    said.save(update_fields=fields)
    record(said, "consultations.statement_published", actor=actor, was=before)
    return said


@transaction.atomic(durable=True)
def refuse_statement(
    statement_id: int, *, reason: str, words: str = "", actor: Actor
) -> Statement:
    """Do not publish it, by one of the published reasons; also after it was."""
    _consultation, said = lock_with(statement_id, rules.may_moderate, actor)
    if said.state in (State.REFUSED, State.REPLACED):
        raise Refusal("consultations.decided_already")
    if reason not in Statement.Reason.values:
        raise Refusal("consultations.reason_of_the_rules")
    if said.is_of_town:
        raise Refusal("consultations.town_said_it")
    before, said.state = said.state, State.REFUSED
    said.reason, said.reason_words = reason, words.strip()[:200]
    said.decided_by, said.published_at = actor.person, None
    fields = ["state", "reason", "reason_words", "decided_by", "published_at"]
    said.save(update_fields=fields)
    record(
        said,
        "consultations.statement_refused",
        actor=actor,
        words=words.strip(),
        reason=reason,
        was=before,
    )
    return said


@transaction.atomic(durable=True)
def mend_statement(statement_id: int, *, text: str, actor: Actor) -> Statement:
    """Mend the words before the first reaction; later they are a new statement.

    The old one keeps its reactions and is shown no more; the new one names it.
    """
    consultation, said = lock_with(statement_id, rules.may_moderate, actor)
    words = one_statement(text)
    if said.state in (State.REFUSED, State.REPLACED):
        raise Refusal("consultations.decided_already")
    if words == said.text:
        raise Refusal("consultations.same_words")
    if not said.reactions:
        before, said.text = said.text, words
        said.save(update_fields=["text"])
        record(said, "consultations.statement_mended", actor=actor, words=before)
        return said
    said.state = State.REPLACED
    said.save(update_fields=["state"])
    fresh = add_within(
        consultation,
        words,
        said.origin,
        State.PUBLISHED,
        replaces=said,
        objects_to_draft=said.objects_to_draft,
        entered_by=said.entered_by,
        decided_by=actor.person,
    )
    record(fresh, "consultations.said_anew", actor=actor, number=said.number)
    return fresh
