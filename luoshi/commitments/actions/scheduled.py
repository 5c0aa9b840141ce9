"""What happens by itself: escalation, promises that come back, recounting."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django_scopes import scope

from luoshi.commitments.actions.base import (
    lock_commitment,
    move_commitment,
    people_with,
    tell,
    tell_transfer,
)
from luoshi.commitments.models import Commitment, Pause, State
from luoshi.commitments.models.commitment import LIVE_STATES
from luoshi.commitments.queries.approvals import word_waited_for
from luoshi.commitments.terms import apply_due
from luoshi.core.actors import SCHEDULER, Actor
from luoshi.core.clock import now, today
from luoshi.core.models import Town
from luoshi.core.notices import Reach
from luoshi.core.roles import LEADER
from luoshi.core.trail import record


def escalate_overdue() -> int:
    """Tell the leader of each matter that turned red: once, and again at twice."""
    return sum(_escalate_in(town) for town in Town.objects.all())


def _escalate_in(town: Town) -> int:
    with scope(town=town):
        late = Commitment.objects.filter(
            state__in=LIVE_STATES, paused=False, due_at__lt=now()
        ).filter(Q(escalated_at=None) | Q(escalated_again_at=None))
        moved = 0
        for pk in list(late.values_list("pk", flat=True)):
            moved += _escalate(pk)
        return moved


@transaction.atomic(durable=True)
def _escalate(commitment_id: int) -> int:
    commitment = lock_commitment(commitment_id)
    if commitment.escalated_at is None:
        field, code = "escalated_at", "commitments.escalated"
    elif commitment.escalated_again_at is None and now() >= twice_due(commitment):
        field, code = "escalated_again_at", "commitments.escalated_again"
    else:
        return 0
    setattr(commitment, field, now())
    commitment.save(update_fields=[field])
    record(commitment, code, actor=SCHEDULER)
    leaders = people_with(LEADER, overseeing=commitment.owner_organisation_id)
    asked = word_waited_for(commitment)
    waiting = [asked.approval.person, asked.deputy] if asked else []
    people = {one.pk: one for one in [*leaders, *waiting] if one}
    tell(commitment, code, *people.values(), actor=SCHEDULER)
    return 1


def twice_due(commitment: Commitment):
    """Return when a matter has taken twice its time, in UTC."""
    taken: timedelta = commitment.due_at - commitment.counted_from
    return commitment.due_at + taken


def return_promises() -> int:
    """Bring back each open promise whose day has come."""
    count = 0
    for town in Town.objects.all():
        with scope(town=town):
            due = Commitment.objects.filter(
                state=State.OPEN_PROMISE, returns_on__lte=today()
            )
            for pk in list(due.values_list("pk", flat=True)):
                count += _return_promise(pk)
    return count


@transaction.atomic(durable=True)
def _return_promise(commitment_id: int) -> int:
    commitment = lock_commitment(commitment_id)
    if commitment.state != State.OPEN_PROMISE:
        return 0
    Pause.objects.filter(commitment=commitment, until=None).update(until=now())
    commitment.assigned_at = now()
    commitment.ending_words, commitment.returns_on = "", None
    fields = apply_due(commitment)
    move_commitment(
        commitment,
        "return_promise",
        *("assigned_at", "ending_words", "returns_on"),
        *fields,
    )
    record(commitment, "commitments.promise_returned", actor=SCHEDULER)
    back = "commitments.promise_returned"
    tell_transfer(commitment, actor=SCHEDULER, code=back)
    return 1


def recount_due_dates(town: Town, *, actor: Actor) -> int:
    """Count open due dates anew after the calendar changed; none moves earlier."""
    live = Commitment.objects.filter(state__in=LIVE_STATES, paused=False)
    # By age: a part is no later than its whole, which is counted first.
    ids = list(live.order_by("pk").values_list("pk", flat=True))
    return sum(_recount(pk, actor) for pk in ids)


@transaction.atomic(durable=True)
def _recount(commitment_id: int, actor: Actor) -> int:
    commitment = lock_commitment(commitment_id)
    before = commitment.due_at
    fields = apply_due(commitment)
    if commitment.due_at <= before:
        if commitment.own_due_at:
            # The main system's day stands; our own term beside it is counted anew.
            commitment.save(update_fields=["own_due_at"])
        return 0
    move = [*fields, "version"]
    commitment.version += 1
    commitment.save(update_fields=move)
    record(
        commitment,
        "commitments.recounted",
        actor=actor,
        due_at=(before, commitment.due_at),
    )
    # A changed calendar moves many at once: in-app and in the daily mail, no more.
    told = ("commitments.recounted", commitment.owner)
    tell(commitment, *told, actor=actor, reach=Reach.INBOX)
    return 1
