"""Extension and suspension: what moves a due date."""

from django.db import transaction

from luoshi.commitments import rules
from luoshi.commitments.actions.base import (
    check,
    lock_commitment,
    move_commitment,
    person_of,
    required,
)
from luoshi.commitments.actions.parts import keep_parts_within
from luoshi.commitments.models import Commitment, Extension, Pause
from luoshi.commitments.terms import apply_due, span_of
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record
from luoshi.core.worktime import half_of


def most_extension(commitment: Commitment) -> int:
    """Return by how many units it may be extended: half of the first term."""
    first = span_of((commitment.term_amount, commitment.term_unit))
    return half_of(first).amount


@transaction.atomic(durable=True)
def extend_commitment(
    commitment_id: int,
    *,
    amount: int,
    reason: str,
    actor: Actor,
    version: int | None = None,
) -> Commitment:
    """Move the due date once, by at most half of the time first given."""
    commitment = lock_commitment(commitment_id, version)
    if commitment.extra_amount:
        raise Refusal("commitments.extended_already")
    check(rules.may_extend, actor, commitment, "extend")
    reason = required(reason, "commitments.reason_missing")
    if not 1 <= amount <= most_extension(commitment):
        raise Refusal("commitments.extension_too_long", most=most_extension(commitment))
    before, commitment.extra_amount = commitment.due_at, amount
    fields = apply_due(commitment)
    if commitment.parent_id and commitment.due_at <= before:
        raise Refusal("commitments.part_no_longer")
    Extension.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        amount=amount,
        reason=reason,
        by=person_of(actor),
        at=now(),
        due_before=before,
    )
    move_commitment(commitment, "extend", "extra_amount", *fields)
    record(
        commitment,
        "commitments.extended",
        actor=actor,
        words=reason,
        due_at=(before, commitment.due_at),
    )
    keep_parts_within(commitment, actor=actor)
    return commitment


@transaction.atomic(durable=True)
def pause_commitment(
    commitment_id: int,
    *,
    outside_body: str,
    reason: str,
    actor: Actor,
    version: int | None = None,
) -> Commitment:
    """Stop the clock for a cause outside, with its name."""
    commitment = lock_commitment(commitment_id, version)
    check(rules.may_pause, actor, commitment, "pause")
    outside_body = required(outside_body, "commitments.outside_body_missing")
    reason = required(reason, "commitments.reason_missing")
    Pause.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        since=now(),
        outside_body=outside_body,
        reason=reason,
        by=person_of(actor),
    )
    commitment.paused = True
    move_commitment(commitment, "pause", "paused")
    record(
        commitment,
        "commitments.paused",
        actor=actor,
        words=reason,
        body=outside_body,
    )
    return commitment


@transaction.atomic(durable=True)
def resume_commitment(
    commitment_id: int, *, actor: Actor, version: int | None = None
) -> Commitment:
    """Let the clock run again; the due date moves by exactly the time it stood."""
    commitment = lock_commitment(commitment_id, version)
    check(rules.may_resume, actor, commitment, "resume")
    before = commitment.due_at
    commitment.pauses.filter(until__isnull=True).update(until=now(), by_hand=True)
    commitment.paused = False
    fields = apply_due(commitment)
    move_commitment(commitment, "resume", "paused", *fields)
    record(
        commitment,
        "commitments.resumed",
        actor=actor,
        due_at=(before, commitment.due_at),
    )
    keep_parts_within(commitment, actor=actor)
    return commitment
