"""What is urgent and comes in outside office hours lies with those on duty.

From the roster: at once with whoever is on duty, after some minutes with the leader on
duty if nobody took it, with the next shift at its beginning, and with the dispatcher
as soon as the offices open or the roster has nobody.
"""

from datetime import timedelta

from django.db import transaction
from django_scopes import scope

from luoshi.commitments import rules
from luoshi.commitments.actions.base import (
    check,
    lock_commitment,
    move_commitment,
    people_with,
    person_of,
    put_in_hands,
    tell_each,
)
from luoshi.commitments.models import Commitment, NightOrder, Shift, State
from luoshi.commitments.nights import Hands, Held, Present, next_hands
from luoshi.commitments.queries.roster import duty_at, open_night_orders, phone_of
from luoshi.commitments.terms import rule_of
from luoshi.core.actors import SCHEDULER, Actor
from luoshi.core.clock import now
from luoshi.core.models import Organisation, Person, Tenure, Town
from luoshi.core.notices import Reach, leave_notice
from luoshi.core.roles import DISPATCHER
from luoshi.core.trail import record


def duty_desk(town: Town) -> tuple[Tenure, list[Shift]] | None:
    """Return who gets what is urgent now instead of the dispatcher; None by day."""
    shifts = duty_at(now(), town)
    for shift in shifts:
        tenure = _tenure_of(shift.person)
        if tenure is not None:
            return tenure, [shift, *(one for one in shifts if one is not shift)]
    return None


def _tenure_of(person: Person) -> Tenure | None:
    rows = Tenure.objects.filter(person=person, until=None, person__left_at=None)
    found = rows.select_related("person", "post__organisation").order_by("pk")
    return found.first()


@transaction.atomic(savepoint=False)
def begin_night_within(commitment: Commitment, shifts: list[Shift]) -> NightOrder:
    """Tell those on duty of a matter that was opened in their hands."""
    # It counts from when they were told, not from an earlier first word.
    order = NightOrder(town_id=commitment.town_id, commitment=commitment, since=now())
    order.save(force_insert=True)
    _tell_shift(commitment, shifts, "commitments.night_came", SCHEDULER)
    return order


def _tell_shift(
    commitment: Commitment, shifts: list[Shift], code: str, actor: Actor
) -> None:
    """Tell everybody of a shift: the first by every way, by text message too."""
    first = shifts[0]
    record(commitment, code, actor=actor, person=first.person.name)
    others = [one.person for one in shifts[1:]]
    leaders = [one.leader for one in shifts if one.leader]
    tell_each(
        commitment,
        ("commitments.night_order", [first.person], Reach.EVERYWHERE),
        ("commitments.night_order_beside", [*others, *leaders], Reach.OWN),
        actor=actor,
        holder=first.person.name,
    )
    if phone := phone_of(first):
        # About the shift, and without the title: it leaves the house.
        number = commitment.number
        leave_notice(first, "commitments.night_message", phone=phone, number=number)


@transaction.atomic(durable=True)
def take_on_duty(
    commitment_id: int, *, actor: Actor, version: int | None = None
) -> Commitment:
    """Say that one sees to it; it does not go on to the leader on duty by itself."""
    commitment = lock_commitment(commitment_id, version)
    check(rules.may_take_on_duty, actor, commitment, "take_on_duty")
    order = NightOrder.objects.select_for_update(of=("self",)).get(
        commitment=commitment
    )
    person = person_of(actor)
    fields: tuple[str, ...] = ()
    if person.pk != commitment.owner_id and (tenure := _tenure_of(person)):
        fields = put_in_hands(commitment, tenure.post.organisation, person, now())
    order.taken_at, order.taken_by = now(), person
    order.save(update_fields=["taken_at", "taken_by"])
    move_commitment(commitment, "take_on_duty", *fields)
    record(commitment, "commitments.night_taken", actor=actor)
    beside = duty_at(now(), commitment.town)
    people = [one.person for one in beside] + [one.leader for one in beside]
    took = ("commitments.colleague_took", filter(None, people), Reach.OWN)
    tell_each(commitment, took, actor=actor, holder=person.name)
    return commitment


def carry_nights_on() -> int:
    """Pass on what lies with those on duty as the hours go by; return how many."""
    return sum(carry_nights_in(town) for town in Town.objects.all())


def carry_nights_in(town: Town) -> int:
    """Pass one town's night orders on; what was dispatched meanwhile is done with."""
    with scope(town=town):
        NightOrder.objects.filter(ended_at=None).exclude(
            commitment__state=State.RECEIVED
        ).update(ended_at=now())
        ids = list(open_night_orders().values_list("commitment_id", flat=True))
        return sum(_carry_on(pk, town) for pk in ids)


@transaction.atomic(durable=True)
def _carry_on(commitment_id: int, town: Town) -> int:
    rows = Commitment.objects.select_for_update(of=("self",))
    commitment = rows.filter(pk=commitment_id, state=State.RECEIVED).first()
    order = NightOrder.objects.filter(commitment=commitment, ended_at=None).first()
    if commitment is None or order is None:
        return 0
    desk = duty_desk(town)
    shifts = desk[1] if desk else []
    leader = shifts[0].leader if shifts else None
    held = Held(
        commitment.owner_id,
        order.since,
        # Who asked for a word, as the town's path wants it, sees to it as well.
        order.taken_at is not None or rules.waits_for_word(commitment),
        order.leader_at is not None,
    )
    minutes = int(rule_of(town, "leader_after"))
    hands = next_hands(held, now(), _present(shifts), timedelta(minutes=minutes))
    if hands == Hands.STAY:
        return 0
    if hands == Hands.LEADER and leader and (above := _tenure_of(leader)):
        _to_leader(commitment, order, above, minutes)
    elif hands == Hands.TURN and desk:
        _to_next_shift(commitment, order, desk[0], shifts)
    elif hands == Hands.DESK:
        _to_desk(commitment, order)
    else:
        return 0
    return 1


def _present(shifts: list[Shift]) -> Present | None:
    if not shifts:
        return None
    people = {one.person_id for one in shifts} | {one.leader_id for one in shifts}
    there = frozenset(pk for pk in people if pk is not None)
    return Present(there, shifts[0].leader_id)


def _pass(commitment: Commitment, office: Organisation, person: Person) -> None:
    """Put it into other hands; it is not dispatched, and its clock runs on."""
    fields = put_in_hands(commitment, office, person, now())
    move_commitment(commitment, "pass_by_night", *fields)


def _to_leader(
    commitment: Commitment, order: NightOrder, above: Tenure, minutes: int
) -> None:
    order.leader_at = now()
    order.save(update_fields=["leader_at"])
    _pass(commitment, above.post.organisation, above.person)
    name = above.person.name
    code = "commitments.night_to_leader"
    record(commitment, code, actor=SCHEDULER, person=name, minutes=minutes)
    to_leader = (code, [above.person], Reach.EVERYWHERE)
    tell_each(commitment, to_leader, actor=SCHEDULER)


def _to_next_shift(
    commitment: Commitment, order: NightOrder, desk: Tenure, shifts: list[Shift]
) -> None:
    order.since, order.leader_at = now(), None
    order.taken_at = order.taken_by = None
    order.save(update_fields=["since", "leader_at", "taken_at", "taken_by"])
    _pass(commitment, desk.post.organisation, desk.person)
    _tell_shift(commitment, shifts, "commitments.night_moved", SCHEDULER)


def _to_desk(commitment: Commitment, order: NightOrder) -> None:
    """Go the usual way: before the dispatcher, with all that was written down."""
    # Dispatching opens matters, which begins nights.
    from luoshi.commitments.actions.dispatch import dispatch_desk

    order.ended_at = now()
    order.save(update_fields=["ended_at"])
    usual = dispatch_desk(commitment.town)
    _pass(commitment, usual.post.organisation, usual.person)
    code = "commitments.night_over"
    record(commitment, code, actor=SCHEDULER, person=usual.person.name)
    to_desk = (code, people_with(DISPATCHER), Reach.EVERYWHERE)
    tell_each(commitment, to_desk, actor=SCHEDULER)
