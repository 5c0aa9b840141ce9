"""Reads of the duty roster: who is on duty, what lies with them, its holes."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from luoshi.commitments.models import NightOrder, Shift, State
from luoshi.commitments.models.commitment import Visibility
from luoshi.commitments.nights import (
    Stretch,
    holes_between,
    on_duty_at,
    on_roster,
)
from luoshi.commitments.terms import calendar_of
from luoshi.core.clock import SHANGHAI, now, today
from luoshi.core.models import Person, Town
from luoshi.core.secrets import unseal
from luoshi.core.worktime.deadlines import local

DAY = timedelta(days=1)
# How far ahead a hole is said, and since when a roster counts as given up.
AHEAD, GIVEN_UP = timedelta(days=7), timedelta(days=31)
# From when before its beginning a shift can be taken over.
EARLY = timedelta(hours=1)


def _shifts() -> QuerySet[Shift]:
    return Shift.objects.select_related("person", "leader")


def shifts_at(at: datetime) -> list[Shift]:
    """Return whose turn it is at a moment, who answers first; none of who left."""
    running = _shifts().filter(starts_at__lte=at, ends_at__gt=at)
    return on_roster(at, running.filter(person__left_at=None))


def duty_at(at: datetime, town: Town) -> list[Shift]:
    """Return who answers at a moment instead of the dispatcher; none by day."""
    calendar = calendar_of(town)
    if calendar.is_open(at):
        return []
    return on_duty_at(at, shifts_at(at), calendar)


def is_on_duty(person: Person) -> bool:
    """Tell whether a person is on duty now, or leads who is."""
    at = now()
    turn = Shift.objects.filter(starts_at__lte=at, ends_at__gt=at)
    return turn.filter(Q(person=person) | Q(leader=person)).exists()


def open_night_orders() -> QuerySet[NightOrder]:
    """Return what lies with those on duty; what is sealed lies with nobody."""
    return NightOrder.objects.filter(
        ended_at=None, commitment__state=State.RECEIVED
    ).exclude(commitment__visibility=Visibility.SEALED)


def ids_on_duty(on_duty: bool) -> list[int]:
    """Return the matters that somebody sees for being on duty now."""
    if not on_duty:
        return []
    return list(open_night_orders().values_list("commitment_id", flat=True))


def phone_of(shift: Shift) -> str:
    """Return where who is on duty is reached; empty where nobody said."""
    if shift.phone is None:
        return ""
    return unseal(shift.phone, town_id=shift.town_id, place=shift.place)


def shifts_to_come(person: Person) -> QuerySet[Shift]:
    """Return the shifts of a person that are not over, as one on duty or leader."""
    mine = Q(person=person) | Q(leader=person)
    return _shifts().filter(mine, ends_at__gt=now())


def shifts_to_swap(shift: Shift) -> QuerySet[Shift]:
    """Return the shifts of others that can be taken in return."""
    later = _shifts().filter(starts_at__gt=now()).exclude(person=shift.person_id)
    return later.exclude(pk=shift.pk)


def _span_of(first: date, last: date) -> tuple[datetime, datetime]:
    return local(first, time(0)), local(last + DAY, time(0))


def shifts_between(first: date, last: date) -> list[Shift]:
    """Return the shifts that begin from one day to another."""
    begin, end = _span_of(first, last)
    rows = _shifts().select_related("listed").filter(starts_at__gte=begin)
    return list(rows.filter(starts_at__lt=end))


def month_end(first: date) -> date:
    """Return the last day of a month."""
    return (first.replace(day=1) + 31 * DAY).replace(day=1) - DAY


def holes_of(town: Town, first: date, last: date) -> list[Stretch]:
    """Return when nobody is on duty, from now on; none where there is no roster."""
    since = max(now(), local(first, time(0)))
    if not Shift.objects.filter(ends_at__gt=now() - GIVEN_UP).exists():
        return []
    begin, end = since, local(last + DAY, time(0))
    turns = Shift.objects.filter(ends_at__gt=begin, starts_at__lt=end)
    here = turns.filter(person__left_at=None)
    return holes_between(since, last, here, calendar_of(town))


def holes_ahead(town: Town) -> list[Stretch]:
    """Return the holes of the next days, said in advance."""
    return holes_of(town, today(), today() + AHEAD)


def shift_to_confirm(person: Person) -> Shift | None:
    """Return the shift that a person takes over now, if that was not said yet."""
    rows = _shifts().filter(
        person=person,
        confirmed_at=None,
        starts_at__lte=now() + EARLY,
        ends_at__gt=now(),
    )
    return rows.first()


def local_day(at: datetime) -> date:
    """Return the day in China on which a moment lies."""
    return at.astimezone(SHANGHAI).date()
