"""The duty roster: brought in, swapped, taken over, handed to who comes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from luoshi.commitments import rules
from luoshi.commitments.models import Shift
from luoshi.commitments.queries.roster import (
    local_day,
    open_night_orders,
    phone_of,
    shifts_to_come,
)
from luoshi.commitments.roster_sheet import RosterRow, Slot
from luoshi.core.actions import Brought, check_administrator
from luoshi.core.actors import Actor, Staff
from luoshi.core.clock import now
from luoshi.core.hooks import PostChange
from luoshi.core.models import Person, Town
from luoshi.core.notices import Reach, leave_notices
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.secrets import seal
from luoshi.core.trail import record


@dataclass(frozen=True)
class Entry:
    """Who the roster names for one place of a shift."""

    name: str
    person_id: int
    leader_id: int | None
    phone: str


def _entries(rows: Iterable[RosterRow]) -> dict[Slot, list[Entry]]:
    """Return the people of each shift in their order, over all lines."""
    told: dict[Slot, list[Entry]] = {}
    for row in rows:
        assert row.slot is not None
        told.setdefault(row.slot, []).extend(
            Entry(row.shift, person, row.leader_id, phone)
            for person, phone in zip(row.people, row.phones, strict=True)
        )
    return told


def set_phone(shift: Shift, phone: str) -> None:
    """Set the telephone of a shift, encrypted and not yet saved."""
    town_id = shift.town_id
    shift.phone = seal(phone, town_id=town_id, place=shift.place) if phone else None


@transaction.atomic(durable=True)
def bring_roster(rows: Iterable[RosterRow], *, actor: Staff) -> Brought:
    """Bring a roster in: the days that it names are then as it says.

    What is over stays as it was, a swap stays, and a day of which one row is left out
    loses no shift.
    """
    check_administrator(actor)
    rows = list(rows)
    good = [row for row in rows if not row.fault]
    if not good:
        raise Refusal("core.nothing_to_bring")
    # One at a time: two files at once could both fill the same place.
    Town.objects.select_for_update().get(pk=actor.town.pk)
    told = _entries(good)
    held = _held(told)
    before = {one.pk: one.person_id for some in held.values() for one in some}
    added, changed, removed, unchanged = _followed(actor.town, told, held)
    removed += _no_longer_named(rows, told)
    Shift.objects.filter(pk__in=[one.pk for one in removed]).delete()
    Shift.objects.bulk_create(added)
    brought = Brought(len(added), len(changed) + len(removed), unchanged)
    if added or changed or removed:
        record(
            actor.person,
            "commitments.roster_brought",
            actor=actor,
            added=brought.added,
            changed=brought.changed,
        )
    moved = [one for one in changed if one.person_id != before[one.pk]]
    _tell_named([*added, *moved], actor)
    off = [(before[one.pk], one) for one in moved]
    _tell_dropped([*off, *((one.person_id, one) for one in removed)], actor)
    return brought


def _followed(
    town: Town, told: dict[Slot, list[Entry]], held: dict[Slot, list[Shift]]
) -> tuple[list[Shift], list[Shift], list[Shift], int]:
    """Return what is new, what was changed and saved, what is too many, and how many
    stay; what is over stays as it was.
    """
    added: list[Shift] = []
    changed: list[Shift] = []
    removed: list[Shift] = []
    unchanged = 0
    for slot, entries in told.items():
        there = held.get(slot, [])
        if slot[1] <= now():
            unchanged += len(entries)
            continue
        for place, entry in enumerate(entries):
            if place >= len(there):
                added.append(_fresh(town, slot, place, entry))
            elif fields := _follow(there[place], entry):
                there[place].save(update_fields=fields)
                changed.append(there[place])
            else:
                unchanged += 1
        removed += there[len(entries) :]
    return added, changed, removed, unchanged


def _held(told: dict[Slot, list[Entry]]) -> dict[Slot, list[Shift]]:
    """Return the shifts that are there, by from when to when they last."""
    begin, end = min(slot[0] for slot in told), max(slot[0] for slot in told)
    rows = Shift.objects.filter(starts_at__gte=begin, starts_at__lte=end)
    found: dict[Slot, list[Shift]] = {}
    for one in rows.order_by("position", "pk"):
        found.setdefault((one.starts_at, one.ends_at), []).append(one)
    return found


def _fresh(town: Town, slot: Slot, place: int, entry: Entry) -> Shift:
    shift = Shift(
        town=town,
        name=entry.name,
        starts_at=slot[0],
        ends_at=slot[1],
        position=place,
        person_id=entry.person_id,
        leader_id=entry.leader_id,
        listed_id=entry.person_id,
        listed_leader_id=entry.leader_id,
    )
    set_phone(shift, entry.phone)
    return shift


def _follow(shift: Shift, entry: Entry) -> list[str]:
    """Set what the roster says anew; return the names of the fields set."""
    fields = []
    swapped = shift.person_id != shift.listed_id
    if entry.person_id not in (shift.person_id, shift.listed_id):
        shift.person_id = shift.listed_id = entry.person_id
        shift.confirmed_at = None
        fields += ["person", "listed", "confirmed_at"]
    if entry.leader_id not in (shift.leader_id, shift.listed_leader_id):
        shift.leader_id = shift.listed_leader_id = entry.leader_id
        fields += ["leader", "listed_leader"]
    if shift.name != entry.name:
        shift.name = entry.name
        fields.append("name")
    # After a swap the telephone is that of who stands in.
    own = "person" in fields or not swapped
    if own and phone_of(shift) != entry.phone:
        set_phone(shift, entry.phone)
        fields.append("phone")
    return fields


def _no_longer_named(
    rows: list[RosterRow], told: dict[Slot, list[Entry]]
) -> list[Shift]:
    """Return the shifts to come of the days named that the roster has no more."""
    faulty = {row.day for row in rows if row.fault}
    days = {row.day for row in rows if row.day} - faulty
    rows_to_come = Shift.objects.filter(starts_at__gt=now())
    return [
        one
        for one in rows_to_come
        if local_day(one.starts_at) in days and (one.starts_at, one.ends_at) not in told
    ]


def _tell_named(shifts: list[Shift], actor: Staff) -> None:
    """Tell each who is newly on the roster how often, and when first."""
    named: dict[int, list[Shift]] = {}
    for shift in sorted(shifts, key=lambda one: one.starts_at):
        if shift.person_id != actor.person.pk:
            named.setdefault(shift.person_id, []).append(shift)
    for person in Person.objects.filter(pk__in=named).order_by("pk"):
        own = named[person.pk]
        leave_notices(
            person,
            "commitments.on_roster",
            [person],
            reach=Reach.INBOX,
            count=len(own),
            day=_day_of(own[0]),
        )


def _tell_dropped(dropped: list[tuple[int, Shift]], actor: Staff) -> None:
    """Tell each who is no longer on the roster of a day, so that nobody comes."""
    people = Person.objects.in_bulk([person for person, _shift in dropped])
    for person, shift in dropped:
        if person != actor.person.pk:
            code, day = "commitments.off_roster", _day_of(shift)
            told = [people[person]]
            leave_notices(
                people[person], code, told, reach=Reach.OWN, day=day, shift=shift.name
            )


def _day_of(shift: Shift) -> str:
    return local_day(shift.starts_at).isoformat()


@transaction.atomic(durable=True)
def swap_shift(
    shift_id: int,
    *,
    person_id: int,
    actor: Staff,
    leader: bool = False,
    in_return_id: int | None = None,
) -> Shift:
    """Let somebody else take a shift or its leader's place, maybe for one in return."""
    shift = _lock_shift(shift_id)
    if not rules.may_swap(actor, shift):
        raise NotAllowed("commitments.not_your_shift")
    if shift.ends_at <= now():
        raise Refusal("commitments.shift_over")
    taker = Person.objects.filter(pk=person_id, left_at=None).first()
    if taker is None:
        raise Refusal("commitments.nobody_chosen")
    giver = shift.leader if leader else shift.person
    back = _in_return(in_return_id, taker, giver) if not leader else None
    _check_free(taker, shift, but=back)
    if giver and back:
        _check_free(giver, back, but=shift)
    # Before the places change, for they say who is reached where.
    reached = _known_phone(taker)
    if giver and back:
        _put(back, giver, _known_phone(giver), actor)
    _put(shift, taker, reached, actor, leader=leader)
    return shift


def _lock_shift(shift_id: int) -> Shift:
    rows = Shift.objects.select_for_update(of=("self",))
    shift = rows.select_related("person", "leader").filter(pk=shift_id).first()
    if shift is None:
        raise NotAllowed("commitments.not_your_shift")
    return shift


def _in_return(
    shift_id: int | None, taker: Person, giver: Person | None
) -> Shift | None:
    if shift_id is None or giver is None:
        return None
    back = _lock_shift(shift_id)
    if back.person_id != taker.pk:
        raise Refusal("commitments.not_their_shift", name=taker.name)
    if back.starts_at <= now():
        raise Refusal("commitments.shift_over")
    return back


def _check_free(person: Person, shift: Shift, but: Shift | None) -> None:
    """Refuse two shifts at once, and swapping with oneself."""
    mine = Q(person=person) | Q(leader=person)
    at_once = Shift.objects.filter(
        mine, starts_at__lt=shift.ends_at, ends_at__gt=shift.starts_at
    )
    if but is not None:
        at_once = at_once.exclude(pk=but.pk)
    if at_once.exists():
        raise Refusal("commitments.on_duty_then", name=person.name)


def _put(
    shift: Shift, taker: Person, phone: str, actor: Actor, *, leader: bool = False
) -> None:
    """Put somebody into a shift's place, and tell whom it concerns."""
    giver = shift.leader if leader else shift.person
    told = {
        "giver": giver.name if giver else "",
        "taker": taker.name,
        "day": _day_of(shift),
        "shift": shift.name,
    }
    if leader:
        shift.leader = taker
        fields = ["leader"]
    else:
        shift.person, shift.confirmed_at = taker, None
        set_phone(shift, phone)
        fields = ["person", "confirmed_at", "phone"]
    shift.save(update_fields=fields)
    record(shift, "commitments.shift_swapped", actor=actor, **told)
    concerned = {one.pk: one for one in (giver, taker, shift.leader) if one}
    if actor.person:
        concerned.pop(actor.person.pk, None)
    code = "commitments.shift_swapped"
    leave_notices(shift, code, concerned.values(), reach=Reach.OWN, **told)


def _known_phone(person: Person) -> str:
    """Return the telephone by which a roster named a person last; nobody types it."""
    rows = Shift.objects.filter(listed=person, person=person).exclude(phone=None)
    last = rows.order_by("-starts_at", "-pk").first()
    return phone_of(last) if last else ""


@transaction.atomic(durable=True)
def confirm_shift(shift_id: int, *, words: str, actor: Staff) -> Shift:
    """Say that a shift was taken over with what is open, and add a word or none."""
    shift = _lock_shift(shift_id)
    if not rules.may_confirm(actor, shift):
        raise NotAllowed("commitments.not_your_shift")
    shift.confirmed_at = now()
    shift.save(update_fields=["confirmed_at"])
    record(
        shift,
        "commitments.shift_taken_over",
        actor=actor,
        words=words.strip(),
        count=open_night_orders().count(),
    )
    return shift


def shifts_of_post(change: PostChange) -> QuerySet[Shift]:
    """Return the shifts to come that go over when somebody leaves for good."""
    rows = shifts_to_come(change.giver)
    return rows if change.leaves else rows.none()


def hand_shifts_over(change: PostChange, actor: Actor) -> int:
    """Let who comes take the shifts to come of who leaves."""
    assert change.taker is not None
    if not change.leaves:
        return 0
    return take_shifts_over(change.giver, change.taker, actor)


@transaction.atomic(savepoint=False)
def take_shifts_over(giver: Person, taker: Person, actor: Actor) -> int:
    """Put one person's shifts to come into another's name."""
    shifts = list(shifts_to_come(giver).select_for_update(of=("self",)))
    for shift in shifts:
        fields = []
        if shift.person_id == giver.pk:
            shift.person = shift.listed = taker
            set_phone(shift, _known_phone(taker))
            fields += ["person", "listed", "phone"]
        if shift.leader_id == giver.pk:
            shift.leader = shift.listed_leader = taker
            fields += ["leader", "listed_leader"]
        shift.save(update_fields=fields)
    if shifts:
        record(
            giver,
            "commitments.shifts_handed_over",
            actor=actor,
            giver=giver.name,
            taker=taker.name,
            count=len(shifts),
        )
        first = min(shifts, key=lambda one: one.starts_at)
        leave_notices(
            taker,
            "commitments.on_roster",
            [taker],
            reach=Reach.INBOX,
            count=len(shifts),
            day=_day_of(first),
        )
    return len(shifts)
