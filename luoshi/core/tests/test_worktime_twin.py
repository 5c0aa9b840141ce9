"""Due dates against a slow, plain twin that walks minute by minute or day by day."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import chinese_calendar
from hypothesis import example, given, settings
from hypothesis import strategies as st

from luoshi.core.clock import SHANGHAI
from luoshi.core.worktime import (
    Calendar,
    Pause,
    Span,
    Unit,
    due_at,
    explain,
    yellow_at,
)

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FIRST = datetime(2024, 1, 1, tzinfo=SHANGHAI)
CHECKS = settings(max_examples=250, deadline=None)


@lru_cache
def state_works(day: date) -> bool:
    if day.year > 2026:
        return day.weekday() < 5
    return chinese_calendar.is_workday(day)


def works(day: date, calendar: Calendar) -> bool:
    return calendar.overrides.get(day, state_works(day))


def paused(begin: datetime, end: datetime, pauses: list[Pause]) -> bool:
    """Say whether begin..end, its end excluded, meets a pause."""
    return any(p.start < end and p.end > begin and p.start < p.end for p in pauses)


def in_office(wall: datetime, calendar: Calendar) -> bool:
    return works(wall.date(), calendar) and any(
        opens <= wall.time() < shuts for opens, shuts in calendar.office
    )


def slow_hours(start, span, calendar, pauses):
    """Walk minute by minute; each minute counts or does not."""
    left, wall = span.amount * 60, start.astimezone(SHANGHAI)
    while left:
        open_now = span.unit == Unit.HOURS or in_office(wall, calendar)
        if open_now and not paused(wall, wall + MINUTE, pauses):
            left -= 1
        wall += MINUTE
    return wall


def slow_days(start, span, calendar, pauses):
    """Walk day by day from the day after the start."""
    day, run = start.astimezone(SHANGHAI).date(), 0
    while run < span.amount:
        day += DAY
        opens = datetime.combine(day, time.min, SHANGHAI)
        if span.unit == Unit.WORKDAYS:
            ends = datetime.combine(day, calendar.office[-1][1], SHANGHAI)
            counts = works(day, calendar)
        else:
            ends = opens + DAY
            counts = run + 1 < span.amount or works(day, calendar)
        if counts and not paused(opens, ends, pauses):
            run += 1
    if span.unit == Unit.DAYS:
        return datetime.combine(day, time(23, 59), SHANGHAI)
    return ends


def slow_due(start, span, calendar, pauses):
    walk = slow_days if span.unit.in_days else slow_hours
    return walk(start, span, calendar, pauses).astimezone(UTC)


minutes = st.integers(0, 3 * 365 * 24 * 60)
starts = minutes.map(lambda n: (FIRST + n * MINUTE).astimezone(UTC))
near_golden_week = st.integers(-4 * 1440, 9 * 1440).map(
    lambda n: (datetime(2026, 10, 1, tzinfo=SHANGHAI) + n * MINUTE).astimezone(UTC)
)
near_spring_festival = st.integers(-4 * 1440, 14 * 1440).map(
    lambda n: (datetime(2025, 1, 28, tzinfo=SHANGHAI) + n * MINUTE).astimezone(UTC)
)
spans = st.one_of(
    st.builds(Span, st.integers(1, 60), st.just(Unit.HOURS)),
    st.builds(Span, st.integers(1, 20), st.just(Unit.OFFICE_HOURS)),
    st.builds(Span, st.integers(1, 40), st.sampled_from([Unit.DAYS, Unit.WORKDAYS])),
)
offices = st.sampled_from(
    [
        ((time(8, 30), time(12)), (time(14), time(17, 30))),
        ((time(9), time(17)),),
        ((time(0), time(11, 59)), (time(12), time(23, 59))),
    ]
)


@st.composite
def terms(draw):
    """A start, a span, a calendar with own days and pauses near the start."""
    start = draw(st.one_of(starts, near_golden_week, near_spring_festival))
    day = start.astimezone(SHANGHAI).date()
    own = draw(st.dictionaries(st.integers(0, 12), st.booleans(), max_size=4))
    calendar = Calendar({day + n * DAY: rule for n, rule in own.items()}, draw(offices))
    return start, draw(spans), calendar, draw(pauses_near(start))


def pauses_near(start: datetime):
    lengths = st.one_of(st.integers(0, 600), st.integers(0, 4 * 1440))
    return st.lists(
        st.builds(
            lambda after, length: Pause(
                start + after * MINUTE, start + (after + length) * MINUTE
            ),
            st.integers(-1440, 6 * 1440),
            lengths,
        ),
        max_size=3,
    )


@CHECKS
@given(terms())
def test_due_agrees_with_the_slow_twin(term):
    assert due_at(*term) == slow_due(*term)


def test_every_day_of_three_years_agrees_with_the_slow_twin():
    calendar, span = Calendar(), Span(5, Unit.WORKDAYS)
    for n in range(3 * 366):
        start = (FIRST + n * DAY + timedelta(hours=n % 24)).astimezone(UTC)
        assert due_at(start, span, calendar) == slow_days(start, span, calendar, [])


@CHECKS
@given(terms(), st.integers(0, 5000), st.integers(0, 5000))
def test_a_longer_pause_never_brings_the_due_date_nearer(term, before, after):
    start, span, calendar, pauses = term
    longer = [Pause(p.start - before * MINUTE, p.end + after * MINUTE) for p in pauses]
    assert due_at(start, span, calendar, longer) >= due_at(*term)
    assert due_at(*term) >= due_at(start, span, calendar)


@CHECKS
@given(terms(), st.integers(0, 5000))
def test_a_later_start_or_a_longer_term_is_never_due_sooner(term, later):
    start, span, calendar, pauses = term
    longer = Span(span.amount + 1, span.unit)
    assert due_at(start + later * MINUTE, span, calendar, pauses) >= due_at(*term)
    assert due_at(start, longer, calendar, pauses) > due_at(*term)


@CHECKS
@given(terms(), st.sampled_from([0.1, 0.5, 0.7, 1]))
def test_yellow_lies_within_the_term_and_grows_with_the_share(term, share):
    start, span, calendar, pauses = term
    due = due_at(*term)
    yellow = yellow_at(start, due, calendar, span, share, pauses=pauses)
    assert start <= yellow <= due
    assert yellow_at(start, due, calendar, span, 1, pauses=pauses) == due
    if share == 0.5 and span.amount % 2 == 0:
        half = Span(span.amount // 2, span.unit)
        if span.unit != Unit.DAYS:
            assert yellow == due_at(start, half, calendar, pauses)


@CHECKS
@given(terms())
@example((FIRST, Span(1, Unit.HOURS), Calendar(), []))
def test_explain_ends_where_the_term_is_due(term):
    start, span, calendar, _ = term
    lines, due = explain(*term), due_at(*term)
    # A term in hours that ends at midnight ends with the day before.
    due_day = (due - timedelta(seconds=1)).astimezone(SHANGHAI).date()
    counted = [line for line in lines if line.counts]
    assert lines[-1] is counted[-1]
    assert counted[-1].day == due_day
    assert counted[-1].running == span.amount * (1 if span.unit.in_days else 60)
    assert [line.day for line in lines] == [
        start.astimezone(SHANGHAI).date() + n * DAY for n in range(len(lines))
    ]
    if span.unit.in_days:
        assert len(counted) == span.amount
