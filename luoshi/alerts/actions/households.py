"""A village's list of households: brought in, taken off, erased on its day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django_scopes import scope

from luoshi.alerts import rules
from luoshi.alerts.models import Household, NoticeLine, Roster
from luoshi.alerts.secrets import Told, hash_of, seal_told, told_of
from luoshi.alerts.sheet import Row
from luoshi.core.actors import SCHEDULER, Actor, Staff
from luoshi.core.clock import now, today
from luoshi.core.models import Notice, Town
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record

# A list that nobody brings anew for longer than a year is not true any more.
MOST_DAYS = 400
FIELDS = ("group", "kind", "people", "needs_help")


@dataclass(frozen=True)
class Brought:
    """What came of a table."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    # What is there and the table does not name: it stays, or was taken off.
    stayed: int = 0
    erased: int = 0


@transaction.atomic(durable=True)
def bring_households(
    rows: Iterable[Row], *, erase_on: date, whole: bool, actor: Staff
) -> Brought:
    """Bring lists in; `whole` takes off who is not named in a village that is."""
    good = [row for row in rows if not row.fault]
    if not good:
        raise Refusal("core.nothing_to_bring")
    if not today() < erase_on <= today() + timedelta(days=MOST_DAYS):
        raise Refusal("alerts.erase_day", most=MOST_DAYS)
    seen = set(rules.villages_of(actor).values_list("pk", flat=True))
    if not {row.village_id for row in good} <= seen:
        raise NotAllowed("alerts.not_your_village")
    # One at a time: two lists at once could bring a household twice.
    Town.objects.select_for_update().get(pk=actor.town.pk)
    brought, by_village = Brought(), defaultdict(list)
    for row in good:
        by_village[row.village_id].append(row)
    for village_id, some in sorted(by_village.items()):
        roster = _roster(village_id, erase_on, actor)
        came = _bring_one(roster, some, whole)
        record(
            roster,
            "alerts.list_brought",
            actor=actor,
            village=roster.village.name,
            erase_on=erase_on,
            added=came.added,
            changed=came.changed,
            erased=came.erased,
        )
        brought = Brought(
            brought.added + came.added,
            brought.changed + came.changed,
            brought.unchanged + came.unchanged,
            brought.stayed + came.stayed,
            brought.erased + came.erased,
        )
    return brought


def _roster(village_id: int, erase_on: date, actor: Staff) -> Roster:
    roster, _made = Roster.objects.update_or_create(
        village_id=village_id,
        town=actor.town,
        defaults={
            "brought_at": now(),
            "brought_by": actor.person,
            "erase_on": erase_on,
        },
    )
    return roster


def _bring_one(roster: Roster, rows: list[Row], whole: bool) -> Brought:
    """Bring the rows of one village in beside what is known there."""
    known = defaultdict(list)
    for one in roster.households.filter(erased_at=None).order_by("pk"):
        known[one.key_hash].append(one)
    named = defaultdict(list)
    for row in rows:
        named[hash_of(row.key, roster.town_id)].append(row)
    fresh, changed, unchanged, seen = [], 0, 0, set()
    for key, some in named.items():
        for row, found in _pairs(some, known[key], roster.town_id):
            if found is None:
                one = Household(town_id=roster.town_id, roster=roster)
                _fill(one, row)
                fresh.append(one)
                continue
            seen.add(found.pk)
            if _is_same(found, row):
                unchanged += 1
                continue
            found.save(update_fields=_fill(found, row))
            changed += 1
    Household.objects.bulk_create(fresh, batch_size=500)
    left = [one for some in known.values() for one in some if one.pk not in seen]
    erased = _erase_rows(left) if whole else 0
    return Brought(len(fresh), changed, unchanged, len(left) - erased, erased)


def _pairs(
    rows: list[Row], known: list[Household], town_id: int
) -> list[tuple[Row, Household | None]]:
    """Match households of the same name: by telephone, then the only one left."""
    by_phone = {one.phone_hash: one for one in known}
    pairs: list[tuple[Row, Household | None]] = []
    rest = []
    for row in rows:
        found = by_phone.pop(hash_of(row.phone, town_id), None)
        if found is None:
            rest.append(row)
        else:
            pairs.append((row, found))
    taken = {found.pk for _row, found in pairs if found}
    free = [one for one in known if one.pk not in taken]
    # Two of the same name without their numbers: nobody can tell who is who.
    only = free[0] if len(rest) == len(free) == 1 else None
    return [*pairs, *((row, only) for row in rest)]


def _is_same(household: Household, row: Row) -> bool:
    told = told_of(household)
    return (told.phone, told.need) == (row.phone, row.need) and all(
        getattr(household, field) == getattr(row, field) for field in FIELDS
    )


def _fill(household: Household, row: Row) -> tuple[str, ...]:
    for field in FIELDS:
        setattr(household, field, getattr(row, field))
    told = Told(row.name, row.phone, row.need)
    return (*FIELDS, *seal_told(household, told, row.key))


@transaction.atomic(durable=True)
def erase_roster(roster_id: int, *, actor: Staff) -> int:
    """Erase the list of a village before its day."""
    roster = Roster.objects.select_for_update(of=("self",)).get(pk=roster_id)
    if not rules.villages_of(actor).filter(pk=roster.village_id).exists():
        raise NotAllowed("alerts.not_your_village")
    return _erase_within(roster, actor)


def erase_due() -> int:
    """Erase every list whose day has come; return how many households."""
    return sum(_erase_due_in(town) for town in Town.objects.all())


def _erase_due_in(town: Town) -> int:
    with scope(town=town):
        due = Roster.objects.filter(
            erase_on__lte=today(), households__erased_at=None, households__gt=0
        )
        ids = list(due.distinct().values_list("pk", flat=True))
        return sum(_erase_one(pk) for pk in ids)


@transaction.atomic(durable=True)
def _erase_one(roster_id: int) -> int:
    roster = Roster.objects.select_for_update(of=("self",)).get(pk=roster_id)
    # Brought anew meanwhile: its day moved.
    return _erase_within(roster, SCHEDULER) if roster.erase_on <= today() else 0


def _erase_within(roster: Roster, actor: Actor) -> int:
    count = _erase_rows(list(roster.households.filter(erased_at=None)))
    if count:
        record(
            roster,
            "alerts.list_erased",
            actor=actor,
            village=roster.village.name,
            count=count,
        )
    return count


def _erase_rows(households: list[Household]) -> int:
    """Empty what is encrypted, and the telephones of messages to them."""
    ids = [one.pk for one in households]
    sent = Notice.objects.filter(
        pk__in=NoticeLine.objects.filter(
            household__in=ids, message__isnull=False
        ).values_list("message", flat=True)
    )
    sent.filter(state=Notice.State.WAITING).update(
        state=Notice.State.DROPPED, last_error="erased", leased_until=None
    )
    sent.update(address=None)
    return Household.objects.filter(pk__in=ids).update(
        name=None,
        phone=None,
        need=None,
        key_hash="",
        phone_hash="",
        erased_at=now(),
    )
