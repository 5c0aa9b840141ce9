"""What the layers above do when something changes in core; registered at start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from luoshi.core.actors import Actor
from luoshi.core.models import (
    Organisation,
    Person,
    Post,
    Town,
    Village,
    VillageMerge,
)

CountWork = Callable[[Person], int]
HandOver = Callable[[Person, Person, Actor], int]
CalendarChanged = Callable[[Town, Actor], int]
OnDuty = Callable[[Person], bool]


@dataclass(frozen=True)
class PostChange:
    """A post that goes from one person to another; nobody yet where one is new."""

    post: Post
    giver: Person
    taker: Person | None
    # Whether the giver goes for good, so that work of no other post goes too.
    leaves: bool
    # The offices whose work goes with another post of the same giver.
    elsewhere: tuple[int, ...] = ()
    # The post in which the work goes on, where that is another one.
    onward: Post | None = None

    @property
    def office(self) -> Organisation:
        """Return the office in whose hands the work is afterwards."""
        return (self.onward or self.post).organisation


@dataclass(frozen=True)
class Handing:
    """One kind of work that goes over with a post."""

    name: str
    label: Promise | str
    count: Callable[[PostChange], int]
    hand_over: Callable[[PostChange, Actor], int]
    # What the one who comes may not finish: a sentence for each.
    stays: Callable[[PostChange], list[str]] = lambda change: []


@dataclass(frozen=True)
class VillageStep:
    """Villages that become part of another, and their offices of its one office."""

    # With those that were part of them before.
    ended: tuple[Village, ...]
    into: Village | None
    # The offices that close, by the office that goes on with their work.
    offices: dict[int, int]


@dataclass(frozen=True)
class Following:
    """What of a layer follows when villages become one."""

    name: str
    label: Promise | str
    count: Callable[[VillageStep], int]
    # Moves what has to move and returns what an undoing needs.
    follow: Callable[[VillageStep, Actor], Any] = lambda step, actor: None
    # Why it cannot be undone any more: a sentence for each reason.
    new_since: Callable[[VillageMerge, Any], list[str]] = lambda merge, before: []
    undo: Callable[[VillageMerge, Any, Actor], None] = lambda merge, before, actor: None


_HANDINGS: list[Handing] = []
_FOLLOWINGS: list[Following] = []
_COUNTS: list[CountWork] = []
_HAND_OVERS: list[HandOver] = []
_CALENDARS: list[CalendarChanged] = []
_ON_DUTY: list[OnDuty] = []


def register_work(count: CountWork, hand_over: HandOver) -> None:
    """Let a domain say how much open work a person has, and hand it to another."""
    _COUNTS.append(count)
    _HAND_OVERS.append(hand_over)


def register_calendar(changed: CalendarChanged) -> None:
    """Let a domain recount what depends on the calendar."""
    _CALENDARS.append(changed)


def open_work(person: Person) -> int:
    """Count the open work of a person over all domains."""
    return sum(count(person) for count in _COUNTS)


def hand_over_all(giver: Person, taker: Person, actor: Actor) -> int:
    """Hand all open work over, inside the caller's transaction; return how much."""
    return sum(hand_over(giver, taker, actor) for hand_over in _HAND_OVERS)


def calendar_changed(town: Town, actor: Actor) -> int:
    """Recount after a change of the calendar; return how many due dates moved."""
    return sum(changed(town, actor) for changed in _CALENDARS)


def register_on_duty(is_on_duty: OnDuty) -> None:
    """Let a domain say who is on duty now, by a roster and not by a post."""
    _ON_DUTY.append(is_on_duty)


def on_duty_now(person: Person) -> bool:
    """Tell whether a roster has this person on duty now."""
    return any(is_on_duty(person) for is_on_duty in _ON_DUTY)


def register_handing(handing: Handing) -> None:
    """Let a domain hand its work over with a post."""
    _HANDINGS.append(handing)


def handings() -> list[Handing]:
    """Return the kinds of work that go over with a post."""
    return list(_HANDINGS)


def register_following(following: Following) -> None:
    """Let a domain follow when villages become one."""
    _FOLLOWINGS.append(following)


def followings() -> list[Following]:
    """Return what follows when villages become one, core's own first."""
    return list(_FOLLOWINGS)
