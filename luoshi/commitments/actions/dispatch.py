"""Receiving, dispatching, objecting, handing over and passing on."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache
from django.db import transaction

from luoshi.commitments import rules
from luoshi.commitments.actions.asking import ask_within, next_stage
from luoshi.commitments.actions.assigning import (
    Plan,
    category_in_use,
    check_whose,
    dispatch_within,
    joined_words,
)
from luoshi.commitments.actions.base import (
    GIVEN,
    check,
    check_no_part_open,
    lock_commitment,
    move_commitment,
    people_with,
    person_of,
    put_in_hands,
    receiver_in,
    required,
    tell,
    tell_each,
    tell_transfer,
    tell_whole,
    tenures_with,
)
from luoshi.commitments.actions.ending import end_within
from luoshi.commitments.actions.indexing import index_work_within
from luoshi.commitments.actions.nights import begin_night_within, duty_desk
from luoshi.commitments.hooks import tell_changed
from luoshi.commitments.models import (
    Category,
    Commitment,
    Ending,
    Handback,
    Hop,
    Pause,
    Shift,
    Stage,
    State,
)
from luoshi.commitments.terms import (
    Due,
    calendar_of,
    count_due,
    rule_of,
    span_of,
)
from luoshi.core.actors import Actor
from luoshi.core.clock import now, today
from luoshi.core.models import Organisation, Tenure, Town, Village
from luoshi.core.notices import Reach
from luoshi.core.refusals import Refusal
from luoshi.core.roles import DISPATCHER
from luoshi.core.rows import insert_row
from luoshi.core.trail import record
from luoshi.core.worktime import Span, due_at

# A change of dispatchers shows within so many seconds; till then the one who left
# is named, and the hand-over of open work moves what came in.
DESK_S = 10


def dispatch_desk(town: Town) -> Tenure:
    """Return the post and person to whom everything comes first."""
    key = f"desk:{town.pk}"
    desk = cache.get(key)
    if desk is None:
        desks = tenures_with(DISPATCHER)
        if not desks:
            raise Refusal("commitments.no_dispatcher")
        desk = desks[0]
        cache.set(key, desk, DESK_S)
    return desk


@dataclass(frozen=True)
class Opening:
    """Where a commitment begins: its town, its first moment, whose desk, by when."""

    town: Town
    started_at: datetime
    desk: Tenure
    reply: Span
    due: Due
    # Outside office hours, of what is urgent: who is on duty, who answers first.
    duty: tuple[Shift, ...] = ()


def prepare_opening(
    town: Town,
    started_at: datetime,
    desk: Tenure | None = None,
    *,
    urgent: bool = False,
) -> Opening:
    """Count the reply time and find whose desk it is; needs no lock.

    What is urgent lies with those on duty while the offices are shut.
    """
    night = duty_desk(town) if urgent else None
    reply = span_of(rule_of(town, "reply_on_duty" if night else "reply"))
    due = count_due(town, started_at, reply)
    if night:
        return Opening(town, started_at, night[0], reply, due, tuple(night[1]))
    return Opening(town, started_at, desk or dispatch_desk(town), reply, due)


@transaction.atomic(savepoint=False)
def open_within(
    opening: Opening,
    *,
    kind: str,
    number: str,
    title: str,
    category: Category | None = None,
    village: Village | None = None,
    urgent: bool = False,
) -> Commitment:
    """Open a commitment at the desk that was found, due by the town's reply time."""
    organisation = opening.desk.post.organisation
    commitment = Commitment(
        town=opening.town,
        kind=kind,
        number=number,
        title=title,
        village=village,
        category=category,
        urgent=urgent,
        state=State.RECEIVED,
        owner_organisation=organisation,
        owner=opening.desk.person,
        started_at=opening.started_at,
        counted_from=opening.started_at,
        term_amount=opening.reply.amount,
        term_unit=opening.reply.unit,
        yellow_at=opening.due.yellow_at,
        due_at=opening.due.due_at,
    )
    insert_row(commitment)
    insert_row(
        Hop(
            town=opening.town,
            commitment=commitment,
            organisation=organisation,
            person=opening.desk.person,
            since=opening.started_at,
        )
    )
    tell_changed(commitment)
    index_work_within(commitment)
    if opening.duty:
        begin_night_within(commitment, list(opening.duty))
    return commitment


@transaction.atomic(durable=True)
def dispatch_commitment(
    commitment_id: int,
    *,
    organisation_id: int,
    category_id: int,
    actor: Actor,
    person_id: int | None = None,
    urgent: bool = False,
    words: str = "",
    why_here: str = "",
    version: int | None = None,
    proposed: Category | None = None,
) -> Commitment:
    """Put a received commitment into an office's hands, or ask for the words first.

    Where the town's rule asks for a word before, it stays received until it is given.
    """
    commitment = lock_commitment(commitment_id, version)
    check(rules.may_dispatch, actor, commitment, "dispatch")
    organisation = Organisation.objects.get(pk=organisation_id, closed_at=None)
    commitment.category = category_in_use(category_id)
    commitment.urgent = urgent
    check_whose(commitment.category, organisation, why_here)
    receiver = receiver_in(organisation, person_id)
    plan = Plan(organisation, receiver, words, why_here, proposed)
    first = next_stage(commitment, Stage.PROPOSE, Stage.INSTRUCT)
    if first is None:
        dispatch_within(commitment, plan, actor=actor)
    else:
        move_commitment(commitment, "ask_word", "category", "urgent")
        ask_within(commitment, first, plan=plan, actor=actor)
    return commitment


def objection_ends(commitment: Commitment) -> datetime:
    """Return until when the receiver may object, in UTC."""
    name = "objection_urgent" if commitment.urgent else "objection"
    start = commitment.assigned_at or commitment.started_at
    town = commitment.town
    return due_at(start, span_of(rule_of(town, name)), calendar_of(town))


@transaction.atomic(durable=True)
def hand_back_commitment(
    commitment_id: int, *, reason: str, actor: Actor, version: int | None = None
) -> Commitment:
    """Object once, with a reason, within the objection time."""
    commitment = lock_commitment(commitment_id, version)
    if hasattr(commitment, "handback"):
        raise Refusal("commitments.handed_back_before")
    check(rules.may_hand_back, actor, commitment, "hand_back")
    reason = required(reason, "commitments.reason_missing")
    if now() > objection_ends(commitment):
        raise Refusal("commitments.objection_over")
    Handback.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        organisation=commitment.owner_organisation,
        by=person_of(actor),
        at=now(),
        reason=reason,
    )
    move_commitment(commitment, "hand_back")
    record(commitment, "commitments.handed_back", actor=actor, words=reason)
    tell(commitment, "commitments.objection", *people_with(DISPATCHER), actor=actor)
    return commitment


def _to_another(
    commitment: Commitment, organisation_id: int | None, why_here: str
) -> tuple[tuple[str, ...], str]:
    """Put it into another office's hands; return what changed, and the reason if the
    county took it back.
    """
    if organisation_id in (None, commitment.handback.organisation_id):
        raise Refusal("commitments.other_office_missing")
    organisation = Organisation.objects.get(pk=organisation_id, closed_at=None)
    reason = ""
    if commitment.category and check_whose(commitment.category, organisation, why_here):
        reason = why_here.strip()
    commitment.assigned_at = now()
    hands = put_in_hands(commitment, organisation, receiver_in(organisation), now())
    return ("assigned_at", *hands), reason


@transaction.atomic(durable=True)
def decide_handback(
    commitment_id: int,
    *,
    upheld: bool,
    answer: str,
    actor: Actor,
    organisation_id: int | None = None,
    why_here: str = "",
    version: int | None = None,
) -> Commitment:
    """Decide an objection once: another office gets it, or it stays for good.

    What the county took back moves to no office of the town without a reason, just
    as at dispatch.
    """
    commitment = lock_commitment(commitment_id, version)
    check(rules.may_decide_handback, actor, commitment, "decide_handback")
    answer = required(answer, "commitments.reason_missing")
    handback = commitment.handback
    handback.decided_at, handback.decided_by = now(), person_of(actor)
    handback.upheld, handback.answer = upheld, answer
    handback.save(update_fields=["decided_at", "decided_by", "upheld", "answer"])
    fields, reason = (
        _to_another(commitment, organisation_id, why_here) if upheld else ((), "")
    )
    move_commitment(commitment, "decide_handback", *fields)
    record(
        commitment,
        "commitments.handback_upheld" if upheld else "commitments.handback_refused",
        actor=actor,
        words=joined_words(reason, answer),
        office=commitment.owner_organisation.name,
        person=commitment.owner.name,
    )
    decided = ("commitments.objection_decided", [handback.by], Reach.EVERYWHERE)
    if upheld:
        tell_transfer(commitment, decided, actor=actor)
    else:
        stays = (GIVEN, [commitment.owner], Reach.EVERYWHERE)
        tell_each(commitment, decided, stays, actor=actor)
    return commitment


@transaction.atomic(durable=True)
def hand_over_commitment(
    commitment_id: int, *, person_id: int, reason: str, actor: Actor
) -> Commitment:
    """Give it to a colleague of the same office; the clock keeps running."""
    commitment = lock_commitment(commitment_id)
    check(rules.may_hand_over, actor, commitment, "hand_over")
    reason = required(reason, "commitments.reason_missing")
    receiver = receiver_in(commitment.owner_organisation, person_id)
    fields = put_in_hands(commitment, commitment.owner_organisation, receiver, now())
    move_commitment(commitment, "hand_over", *fields)
    record(
        commitment,
        "commitments.handed_over",
        actor=actor,
        words=reason,
        person=receiver.name,
    )
    tell_transfer(commitment, actor=actor)
    return commitment


@transaction.atomic(durable=True)
def pass_to_destination(
    commitment_id: int,
    *,
    destination: str,
    actor: Actor,
    category_id: int | None = None,
) -> Commitment:
    """End what is not the town's, with the named body whose duty it is."""
    commitment = lock_commitment(commitment_id)
    check(rules.may_pass_on, actor, commitment, "pass_on")
    destination = required(destination, "commitments.destination_missing")
    if category_id is not None:
        commitment.category = Category.objects.get(pk=category_id)
        commitment.save(update_fields=["category"])
    end_within(commitment, "pass_on", Ending.DESTINATION, words=destination)
    record(commitment, "commitments.passed_on", actor=actor, words=destination)
    tell_whole(commitment, "commitments.part_passed_on", actor=actor)
    return commitment


@transaction.atomic(durable=True)
def promise_openly(
    commitment_id: int, *, reason: str, returns_on: date, actor: Actor
) -> Commitment:
    """Say in public why it waits and on which day it comes back by itself."""
    commitment = lock_commitment(commitment_id)
    check(rules.may_promise, actor, commitment, "promise")
    reason = required(reason, "commitments.reason_missing")
    if returns_on <= today():
        raise Refusal("commitments.day_past")
    check_no_part_open(commitment)
    commitment.returns_on, commitment.ending_words = returns_on, reason
    commitment.pauses.filter(until__isnull=True).update(until=now())
    Pause.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        since=now(),
        outside_body="",
        reason=reason[:500],
        by=person_of(actor),
    )
    commitment.paused = False
    move_commitment(commitment, "promise", "returns_on", "ending_words", "paused")
    record(
        commitment,
        "commitments.promised",
        actor=actor,
        words=reason,
        on=returns_on.isoformat(),
    )
    tell(commitment, "commitments.promised", commitment.owner, actor=actor)
    return commitment
