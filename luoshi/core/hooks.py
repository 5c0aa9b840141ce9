"""What the layers above do when something changes in core; registered at start."""

from collections.abc import Callable

from luoshi.core.actors import Actor
from luoshi.core.models import Person, Town

CountWork = Callable[[Person], int]
HandOver = Callable[[Person, Person, Actor], int]
CalendarChanged = Callable[[Town, Actor], int]

_COUNTS: list[CountWork] = []
_HAND_OVERS: list[HandOver] = []
_CALENDARS: list[CalendarChanged] = []


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
