"""Due dates against a slow twin that counts minute by minute, or day by day."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.core.clock import SHANGHAI, moment_of
from luoshi.core.worktime import (
    Calendar,
    Pause,
    Span,
    Unit,
    due_at,
    explain,
    half_of,
    yellow_at,
)

CALENDAR = Calendar()
MINUTE = timedelta(minutes=1)
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
# Every minute from 2024 to the end of November 2026.
starts = st.integers(0, 1064 * 24 * 60).map(lambda minutes: FIRST + minutes * MINUTE)
pauses = st.lists(st.tuples(st.integers(0, 20_000), st.integers(1, 5_000)), max_size=3)


def as_pauses(start, pairs):
    return [
        Pause(start + after * MINUTE, start + (after + length) * MINUTE)
        for after, length in pairs
    ]


def stands(moment, stretches):
    return any(one.start <= moment < one.end for one in stretches)


def slow_minutes(start, minutes, stretches, open_at=lambda moment: True):
    """Count every minute that is open and outside the pauses."""
    moment = start
    while minutes:
        if open_at(moment) and not stands(moment, stretches):
            minutes -= 1
        moment += MINUTE
    return moment


def in_office(moment):
    here = moment.astimezone(SHANGHAI)
    return CALENDAR.is_workday(here.date()) and any(
        opens <= here.time() < closes for opens, closes in CALENDAR.office
    )


def slow_days(start, amount, stretches, close, counts):
    """Count every later day at whose close the clock runs."""
    day = start.astimezone(SHANGHAI).date()
    while True:
        day += timedelta(days=1)
        end = datetime.combine(day, close, SHANGHAI)
        if stands(end, stretches):
            continue
        if counts(day):
            amount -= 1
        if amount <= 0 and CALENDAR.is_workday(day):
            return end.astimezone(UTC)


@settings(max_examples=60, deadline=None)
@given(starts, st.integers(1, 72), pauses)
def test_hours_agree_with_the_minute_by_minute_twin(start, amount, pairs):
    stretches = as_pauses(start, pairs)
    due = due_at(start, Span(amount, Unit.HOURS), CALENDAR, stretches)
    assert due == slow_minutes(start, amount * 60, stretches)


@settings(max_examples=40, deadline=None)
@given(starts, st.integers(1, 20), pauses)
def test_office_hours_agree_with_the_minute_by_minute_twin(start, amount, pairs):
    stretches = as_pauses(start, pairs)
    due = due_at(start, Span(amount, Unit.OFFICE_HOURS), CALENDAR, stretches)
    assert due == slow_minutes(start, amount * 60, stretches, in_office)


@settings(max_examples=100, deadline=None)
@given(starts, st.integers(1, 30), pauses)
def test_workdays_agree_with_the_day_by_day_twin(start, amount, pairs):
    stretches = as_pauses(start, pairs)
    due = due_at(start, Span(amount, Unit.WORKDAYS), CALENDAR, stretches)
    expected = slow_days(start, amount, stretches, time(17, 30), CALENDAR.is_workday)
    assert due == expected


@settings(max_examples=100, deadline=None)
@given(starts, st.integers(1, 30), pauses)
def test_calendar_days_agree_with_the_day_by_day_twin(start, amount, pairs):
    stretches = as_pauses(start, pairs)
    due = due_at(start, Span(amount, Unit.DAYS), CALENDAR, stretches)
    assert due == slow_days(start, amount, stretches, time(23, 59), lambda day: True)


@settings(max_examples=100, deadline=None)
@given(starts, st.integers(1, 30), st.sampled_from(Unit), pauses)
def test_yellow_lies_between_and_a_pause_never_brings_forward(
    start, amount, unit, pairs
):
    span, stretches = Span(amount, unit), as_pauses(start, pairs)
    due = due_at(start, span, CALENDAR, stretches)
    assert start <= yellow_at(start, due, CALENDAR, span, stretches) <= due
    assert due >= due_at(start, span, CALENDAR)


def test_three_workdays_cross_golden_week():
    # 2026-10-01 to 10-07 are off; Saturday 10-10 is a make-up workday.
    due = due_at(moment_of("2026-09-30 10:00"), Span(3, Unit.WORKDAYS), CALENDAR)
    assert due.astimezone(SHANGHAI).date() == date(2026, 10, 10)


def test_explain_ends_on_the_due_day_and_counts_to_the_amount():
    start, span = moment_of("2026-09-30 10:00"), Span(3, Unit.WORKDAYS)
    lines = explain(start, span, CALENDAR)
    assert lines[-1].day == date(2026, 10, 10)
    assert lines[-1].running == 3
    assert sum(line.counts for line in lines) == 3


def test_an_unknown_year_counts_by_weekdays_and_says_so():
    assert CALENDAR.is_provisional(date(2040, 1, 4))
    assert CALENDAR.is_workday(date(2040, 1, 4))


def test_a_towns_own_day_wins():
    own = Calendar(overrides={date(2026, 3, 3): False})
    due = due_at(moment_of("2026-03-02 09:00"), Span(1, Unit.WORKDAYS), own)
    assert due.astimezone(SHANGHAI).date() == date(2026, 3, 4)


def test_a_term_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        Span(0, Unit.DAYS)


def test_half_is_rounded_down_but_never_nothing():
    assert half_of(Span(7, Unit.WORKDAYS)).amount == 3
    assert half_of(Span(1, Unit.WORKDAYS)).amount == 1
