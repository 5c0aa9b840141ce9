"""Who answers outside office hours: no queries, so that a slow twin can check it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from typing import Protocol, TypeVar

from luoshi.core.clock import SHANGHAI
from luoshi.core.worktime import Calendar
from luoshi.core.worktime.deadlines import local

DAY = timedelta(days=1)
MIDNIGHT = time(0)


class Turn(Protocol):
    """What is asked of a shift: from when to when, and its place among several."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    position: int


AnyTurn = TypeVar("AnyTurn", bound=Turn)


def on_roster(at: datetime, turns: Iterable[AnyTurn]) -> list[AnyTurn]:
    """Return whose turn it is at a moment, who answers first."""
    running = [one for one in turns if one.starts_at <= at < one.ends_at]
    return sorted(running, key=lambda one: (one.position, one.starts_at, one.pk))


def on_duty_at(
    at: datetime, turns: Iterable[AnyTurn], calendar: Calendar
) -> list[AnyTurn]:
    """Return who answers at a moment; nobody while the offices are open."""
    return [] if calendar.is_open(at) else on_roster(at, turns)


class Hands(Enum):
    """Into whose hands a night order goes next."""

    STAY = auto()
    # Whoever is on duty now.
    TURN = auto()
    LEADER = auto()
    # The dispatcher, as by day.
    DESK = auto()


@dataclass(frozen=True)
class Held:
    """Who has a night order, since when, and how far it got."""

    holder: int
    since: datetime
    taken: bool
    with_leader: bool


@dataclass(frozen=True)
class Present:
    """Who is on duty now: everybody by id, and the leader of the first."""

    people: frozenset[int]
    leader: int | None


def next_hands(
    held: Held, at: datetime, present: Present | None, leader_after: timedelta
) -> Hands:
    """Say into whose hands it goes; `present` None where nobody is on duty."""
    if present is None:
        return Hands.DESK
    if held.holder not in present.people:
        return Hands.TURN
    waits = not held.taken and not held.with_leader
    other = present.leader is not None and present.leader != held.holder
    if waits and other and at >= held.since + leader_after:
        return Hands.LEADER
    return Hands.STAY


Stretch = tuple[datetime, datetime]


def shut_stretches(first: date, last: date, calendar: Calendar) -> list[Stretch]:
    """Return when the offices are shut, days included; a break at noon is none.

    At noon somebody is near, so that a roster of nights alone has no hole there.
    """
    shut: list[Stretch] = []
    day = first
    while day <= last:
        begin, end = local(day, MIDNIGHT), local(day + DAY, MIDNIGHT)
        if calendar.is_workday(day):
            shut.append((begin, local(day, calendar.opens)))
            shut.append((local(day, calendar.closes), end))
        else:
            shut.append((begin, end))
        day += DAY
    return _joined(shut)


def _joined(stretches: list[Stretch]) -> list[Stretch]:
    """Join what touches; the stretches come in order."""
    joined: list[Stretch] = []
    for begin, end in stretches:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def holes_between(
    since: datetime, last: date, turns: Iterable[Turn], calendar: Calendar
) -> list[Stretch]:
    """Return when the offices are shut and the roster has nobody, from a moment on."""
    covered = _joined(sorted((one.starts_at, one.ends_at) for one in turns))
    holes: list[Stretch] = []
    first = since.astimezone(SHANGHAI).date()
    for begin, end in shut_stretches(first, last, calendar):
        reached = max(begin, since)
        for starts, ends in covered:
            if ends <= reached or starts >= end:
                continue
            if starts > reached:
                holes.append((reached, starts))
            reached = max(reached, ends)
        if reached < end:
            holes.append((reached, end))
    return holes
