"""Extension and suspension: what moves a due date."""

from datetime import datetime

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
from luoshi.commitments.hooks import tell_changed
from luoshi.commitments.models import Commitment, Extension, Pause
from luoshi.commitments.terms import apply_due, span_of
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record
from luoshi.core.worktime import half_of


def _check_own_clock(commitment: Commitment) -> None:
    """Say plainly that the main system's clock is not ours to move."""
    if commitment.own_due_at is not None:
        raise Refusal("commitments.outside_clock", system=commitment.outside_system)


@transaction.atomic(savepoint=False)
def follow_outside_within(
    commitment_id: int, *, system: str, due_at: datetime | None, actor: Actor
) -> bool:
    """Follow the main system's due date, or none; tell whether the day moved."""
    commitment = lock_commitment(commitment_id)
    told = (commitment.outside_system, commitment.outside_due_at)
    if commitment.closed_at is not None or told == (system, due_at):
        return False
    before = commitment.due_at
    commitment.outside_system, commitment.outside_due_at = system, due_at
    fields = [*apply_due(commitment), "outside_system", "outside_due_at", "version"]
    commitment.version += 1
    commitment.save(update_fields=fields)
    tell_changed(commitment)
    record(
        commitment,
        "commitments.outside_due" if due_at else "commitments.outside_due_off",
        actor=actor,
        system=system or told[0],
        due_at=(before, commitment.due_at),
    )
    return commitment.due_at != before


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
    _check_own_clock(commitment)
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
    _check_own_clock(commitment)
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
        # Who is waited for may be a person: it stands where it can be erased.
        words=f"{outside_body}：{reason}",
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
