"""Due dates: start plus counted time outside pauses. Moments are in UTC.

The day on which a term begins is not counted (Civil Code, art. 201). A term in
calendar days that would end on a day off ends on the next workday (art. 203).
Inside a pause nothing is counted: by the minute for hours, and by the day for days,
where a day counts if the clock runs at its close.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from luoshi.core.clock import SHANGHAI
from luoshi.core.worktime.calendar import Calendar

DAY = timedelta(days=1)
END_OF_DAY = time(23, 59)
# A calendar with no workday at all must end the search, not hang it.
HORIZON = 366 * 5


class Unit(StrEnum):
    """What a term is counted in."""

    HOURS = "hours"
    OFFICE_HOURS = "office_hours"
    DAYS = "days"
    WORKDAYS = "workdays"


@dataclass(frozen=True)
class Span:
    """A length of counted time."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"A term is at least 1 {self.unit}, not {self.amount}.")


@dataclass(frozen=True)
class Pause:
    """A stretch in which the clock stands; `end` None means it still does."""

    start: datetime
    end: datetime | None

    def covers(self, moment: datetime) -> bool:
        """Tell whether the clock stands at a moment."""
        return self.start <= moment and (self.end is None or moment < self.end)


def local(day: date, at: time) -> datetime:
    """Return a moment of a Chinese day in UTC."""
    return datetime.combine(day, at, SHANGHAI).astimezone(UTC)


def closing(day: date, unit: Unit, calendar: Calendar) -> datetime:
    """Return when a counted day ends, in UTC."""
    return local(day, calendar.closes if unit == Unit.WORKDAYS else END_OF_DAY)


def due_at(
    start: datetime, span: Span, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> datetime:
    """Return when a term ends; pauses must have ended, else ValueError."""
    pauses = sorted(pauses, key=lambda pause: pause.start)
    if any(pause.end is None for pause in pauses):
        raise ValueError("While the clock stands there is no due date.")
    if span.unit == Unit.HOURS:
        return _after_minutes(start, span.amount * 60, pauses)
    if span.unit == Unit.OFFICE_HOURS:
        return _after_office_minutes(start, span.amount * 60, calendar, pauses)
    return _after_days(start, span, calendar, pauses)


def _after_minutes(start: datetime, minutes: int, pauses: list[Pause]) -> datetime:
    due, reached = start + timedelta(minutes=minutes), start
    for pause in pauses:
        assert pause.end is not None
        begin = max(pause.start, reached)
        if begin >= due or pause.end <= begin:
            continue
        due += pause.end - begin
        reached = pause.end
    return due


def _after_office_minutes(
    start: datetime, minutes: int, calendar: Calendar, pauses: list[Pause]
) -> datetime:
    left = timedelta(minutes=minutes)
    for opens, closes in _office_stretches(start, calendar):
        end = _after_minutes(opens, int(left.total_seconds() // 60), pauses)
        if end <= closes:
            return end
        left -= _open_time(opens, closes, pauses)
    raise ValueError("The calendar has no office hours.")


def _open_time(opens: datetime, closes: datetime, pauses: list[Pause]) -> timedelta:
    """Return how much of a stretch lies outside the pauses."""
    open_time, reached = timedelta(), opens
    for pause in pauses:
        assert pause.end is not None
        if pause.end <= reached or pause.start >= closes:
            continue
        open_time += max(pause.start - reached, timedelta())
        reached = max(reached, pause.end)
    return open_time + max(closes - reached, timedelta())


def _office_stretches(
    start: datetime, calendar: Calendar
) -> Iterator[tuple[datetime, datetime]]:
    first = start.astimezone(SHANGHAI).date()
    for offset in range(HORIZON):
        day = first + offset * DAY
        if not calendar.is_workday(day):
            continue
        for opens, closes in calendar.office:
            begin, end = max(local(day, opens), start), local(day, closes)
            if begin < end:
                yield begin, end


def counted_days(
    start: datetime, span: Span, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> Iterator[tuple[date, bool, bool]]:
    """Yield each day after the start's: the day, whether it counts, whether paused."""
    first = start.astimezone(SHANGHAI).date()
    pauses = list(pauses)
    for offset in range(1, HORIZON):
        day = first + offset * DAY
        close = closing(day, span.unit, calendar)
        paused = any(pause.covers(close) for pause in pauses)
        counts = span.unit == Unit.DAYS or calendar.is_workday(day)
        yield day, counts and not paused, paused


def _after_days(
    start: datetime, span: Span, calendar: Calendar, pauses: list[Pause]
) -> datetime:
    left = span.amount
    for day, counts, paused in counted_days(start, span, calendar, pauses):
        left -= counts
        if left <= 0 and not paused and calendar.is_workday(day):
            return closing(day, span.unit, calendar)
    raise ValueError("The calendar has no workdays.")


def yellow_at(
    start: datetime,
    due: datetime,
    calendar: Calendar,
    span: Span,
    pauses: Iterable[Pause] = (),
) -> datetime:
    """Return when 70 % of the term has run: never before the start or after due."""
    part = -(-span.amount * 7 // 10)
    if span.unit == Unit.HOURS:
        minutes = span.amount * 42
        ordered = sorted(pauses, key=lambda pause: pause.start)
        return min(_after_minutes(start, minutes, ordered), due)
    if part < span.amount:
        return min(due_at(start, Span(part, span.unit), calendar, pauses), due)
    # Terms too short to have a part of whole units: by the clock on the wall.
    return start + (due - start) * 0.7


def half_of(span: Span) -> Span:
    """Return half of a term, rounded down, at least one unit."""
    return Span(max(span.amount // 2, 1), span.unit)
