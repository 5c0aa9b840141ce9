"""Emergency mode: declared and ended in one step, spread over the clocks in batches.

Each batch is one transaction, and what it still has to do is read from the rows: a
batch that was killed is done again by the scheduler. All pauses of one emergency begin
and end at its own moments, however late their batch comes.
"""

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django_scopes import scope

from luoshi.commitments import rules
from luoshi.commitments.actions.base import lock_commitment, person_of, required
from luoshi.commitments.actions.parts import keep_parts_within
from luoshi.commitments.actions.standing import first_stand, stand_from
from luoshi.commitments.hooks import tell_changed
from luoshi.commitments.models import Commitment, Emergency, Pause
from luoshi.commitments.models.commitment import LIVE_STATES, Visibility
from luoshi.commitments.terms import apply_due
from luoshi.core.actors import SCHEDULER, Staff
from luoshi.core.clock import now
from luoshi.core.models import Person, Town
from luoshi.core.notices import Reach, leave_notices
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record

BATCH = 200


@transaction.atomic(durable=True)
def declare_emergency(*, name: str, reason: str, actor: Staff) -> Emergency:
    """Switch the emergency mode on; only one at a time in a town."""
    _check_may(actor)
    # Two leaders at once wait for each other here, and the second is told.
    Town.objects.select_for_update().get(pk=actor.town.pk)
    name = required(name, "commitments.emergency_name_missing")
    reason = required(reason, "commitments.reason_missing")
    before = Emergency.objects.filter(settled_at=None).first()
    if before is not None:
        raise Refusal("commitments.emergency_on", name=before.name)
    emergency = Emergency(
        town=actor.town,
        name=name,
        reason=reason,
        started_at=now(),
        started_by=person_of(actor),
    )
    emergency.save(force_insert=True)
    code = "commitments.emergency_declared"
    record(emergency, code, actor=actor, words=reason, name=name)
    _tell_all(emergency, code, actor)
    return emergency


@transaction.atomic(durable=True)
def end_emergency(emergency_id: int, *, reason: str, actor: Staff) -> Emergency:
    """Switch the emergency mode off; the clocks run again from this moment."""
    _check_may(actor)
    emergency = Emergency.objects.select_for_update().get(pk=emergency_id)
    reason = required(reason, "commitments.reason_missing")
    if emergency.ended_at is not None:
        raise Refusal("commitments.emergency_over", name=emergency.name)
    if emergency.spread_at is None:
        raise Refusal("commitments.emergency_spreads", name=emergency.name)
    emergency.ended_at, emergency.ended_by = now(), person_of(actor)
    emergency.end_reason = reason
    emergency.save(update_fields=["ended_at", "ended_by", "end_reason"])
    code = "commitments.emergency_ended"
    record(emergency, code, actor=actor, words=reason, name=emergency.name)
    _tell_all(emergency, code, actor)
    return emergency


def _check_may(actor: Staff) -> None:
    if not rules.may_declare_emergency(actor):
        raise NotAllowed("commitments.emergency_by_leader")


def _tell_all(emergency: Emergency, code: str, actor: Staff) -> None:
    """Tell all who hold a post once, not once for each of their matters."""
    people = Person.objects.filter(left_at=None, tenures__until=None).exclude(
        pk=actor.person.pk
    )
    told = people.distinct().order_by("pk")
    leave_notices(
        emergency, code, told, reach=Reach.OWN, number="", title=emergency.name
    )


def carry_on_emergencies() -> int:
    """Stop and start what is still to be; return how many clocks."""
    return sum(carry_on_in(town) for town in Town.objects.all())


def carry_on_in(town: Town, most: int | None = None) -> int:
    """Go on with a town's emergency, with `most` batches at most."""
    with scope(town=town):
        emergency = Emergency.objects.filter(settled_at=None).first()
        if emergency is None:
            return 0
        step = _stop_batch if emergency.ended_at is None else _start_batch
        done = batches = 0
        while most is None or batches < most:
            moved = step(emergency.pk)
            done, batches = done + moved, batches + 1
            if moved < BATCH:
                break
        return done


def to_stop(emergency: Emergency) -> QuerySet[Commitment]:
    """Return whose clocks are to stand and never did in this emergency."""
    stood = Pause.objects.filter(commitment=OuterRef("pk"), emergency=emergency)
    return (
        Commitment.objects.filter(state__in=LIVE_STATES, paused=False, urgent=False)
        .filter(Q(category=None) | Q(category__runs_on=False), ~Exists(stood))
        .exclude(visibility=Visibility.SEALED)
    )


@transaction.atomic(durable=True)
def _stop_batch(emergency_id: int) -> int:
    emergency = Emergency.objects.select_for_update().get(pk=emergency_id)
    if emergency.ended_at is not None:
        return 0
    waiting = to_stop(emergency).select_for_update(of=("self",)).order_by("pk")
    rows = list(waiting[:BATCH])
    Pause.objects.bulk_create(
        stand_from(one, emergency, first_stand(one, emergency)) for one in rows
    )
    Commitment.objects.filter(pk__in=[one.pk for one in rows]).update(
        paused=True, version=F("version") + 1
    )
    for one in rows:
        one.paused = True
        tell_changed(one)
        record(one, "commitments.stands", actor=SCHEDULER, name=emergency.name)
    if len(rows) < BATCH and emergency.spread_at is None:
        emergency.spread_at = now()
        emergency.save(update_fields=["spread_at"])
    return len(rows)


@transaction.atomic(durable=True)
def _start_batch(emergency_id: int) -> int:
    emergency = Emergency.objects.select_for_update().get(pk=emergency_id)
    standing = emergency.pauses.filter(until=None)
    # Wholes before their parts, whose day is never later than the whole's.
    standing = standing.order_by(F("commitment__parent").asc(nulls_first=True), "pk")
    ids = list(standing.values_list("commitment", flat=True)[:BATCH])
    for pk in ids:
        _start(lock_commitment(pk), emergency)
    if len(ids) < BATCH and emergency.settled_at is None:
        emergency.settled_at = now()
        emergency.save(update_fields=["settled_at"])
    return len(ids)


def _start(commitment: Commitment, emergency: Emergency) -> None:
    """Let one clock run again from the emergency's end."""
    pause = commitment.pauses.get(emergency=emergency, until=None)
    assert emergency.ended_at is not None
    pause.until = max(emergency.ended_at, pause.since)
    pause.save(update_fields=["until"])
    before, commitment.paused = commitment.due_at, False
    fields = apply_due(commitment)
    commitment.version += 1
    commitment.save(update_fields=["paused", "version", *fields])
    tell_changed(commitment)
    record(
        commitment,
        "commitments.runs_again",
        actor=SCHEDULER,
        name=emergency.name,
        due_at=(before, commitment.due_at),
    )
    keep_parts_within(commitment, actor=SCHEDULER)
