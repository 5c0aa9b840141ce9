"""Due dates worked out by hand: holidays, edges, pauses, overrides, refusals."""

import pickle
from datetime import UTC, date, datetime, time, timedelta

import pytest

from luoshi.core.clock import SHANGHAI
from luoshi.core.worktime import (
    Calendar,
    Kind,
    Pause,
    Span,
    Unit,
    due_at,
    elapsed_share,
    half_of,
    yellow_at,
)

STATE = Calendar()


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def shown(when: datetime) -> str:
    assert when.tzinfo is UTC
    return when.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def pause(start: str, end: str | None = None) -> Pause:
    return Pause(moment(start), moment(end) if end else None)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "due"),
    [
        # Golden Week 2026: rest from 1 to 7 October, made up on 10 October.
        ("2026-09-30 09:00", 1, "workdays", "2026-10-08 17:30"),
        ("2026-09-30 09:00", 3, "workdays", "2026-10-10 17:30"),
        ("2026-09-29 23:59", 15, "workdays", "2026-10-23 17:30"),
        # Spring Festival 2026: made up on 14 and 28 February, rest 15 to 23.
        ("2026-02-13 10:00", 1, "workdays", "2026-02-14 17:30"),
        ("2026-02-13 10:00", 2, "workdays", "2026-02-24 17:30"),
        ("2026-02-27 10:00", 1, "workdays", "2026-02-28 17:30"),
        # Start on a holiday, after the office closed, at midnight.
        ("2026-10-03 12:00", 1, "workdays", "2026-10-08 17:30"),
        ("2026-11-24 22:00", 1, "workdays", "2026-11-25 17:30"),
        ("2026-11-24 00:00", 1, "workdays", "2026-11-25 17:30"),
        # Hours run by the clock, nights and holidays included.
        ("2026-09-30 22:00", 24, "hours", "2026-10-01 22:00"),
        ("2026-11-24 00:00", 2, "hours", "2026-11-24 02:00"),
        # Office hours: seven a day, the noon break left out.
        ("2026-11-24 11:00", 2, "office_hours", "2026-11-24 15:00"),
        ("2026-11-24 11:00", 1, "office_hours", "2026-11-24 12:00"),
        ("2026-11-24 17:30", 1, "office_hours", "2026-11-25 09:30"),
        ("2026-10-03 10:00", 7, "office_hours", "2026-10-08 17:30"),
        ("2026-09-30 16:30", 2, "office_hours", "2026-10-08 09:30"),
        # Calendar days: a last day of rest gives way to the next workday.
        ("2026-11-24 09:00", 1, "days", "2026-11-25 23:59"),
        ("2026-11-24 09:00", 4, "days", "2026-11-30 23:59"),
        ("2026-09-24 09:00", 7, "days", "2026-10-08 23:59"),
        ("2026-10-07 09:00", 3, "days", "2026-10-10 23:59"),
        # A year not published yet: weekdays, New Year's Day too.
        ("2026-12-31 09:00", 1, "workdays", "2027-01-01 17:30"),
        ("2027-10-01 09:00", 1, "workdays", "2027-10-04 17:30"),
    ],
)
def test_due_by_hand(start, amount, unit, due):
    assert shown(due_at(moment(start), Span(amount, Unit(unit)), STATE)) == due


@pytest.mark.parametrize(
    ("unit", "amount", "pauses", "due"),
    [
        ("hours", 2, [("09:30", "10:45")], "2026-11-24 12:15"),
        ("hours", 2, [("11:00", "18:00")], "2026-11-24 11:00"),
        ("hours", 2, [("09:30", "10:30"), ("10:00", "11:00")], "2026-11-24 12:30"),
        ("office_hours", 2, [("10:00", "14:30")], "2026-11-24 15:30"),
        ("workdays", 1, [("09:30", "10:30")], "2026-11-25 17:30"),
        ("workdays", 1, [("09:30", "2026-11-25 00:00")], "2026-11-25 17:30"),
        ("workdays", 1, [("09:30", "2026-11-25 00:01")], "2026-11-26 17:30"),
        # The term had ended at 17:30: a pause in the evening does not revive it.
        ("workdays", 1, [("2026-11-25 18:00", "2026-11-25 20:00")], "2026-11-25 17:30"),
        ("workdays", 1, [("2026-11-25 10:00", "2026-11-25 10:00")], "2026-11-25 17:30"),
        # The second day would be the 26th; the 27th is taken, the 28th rests.
        ("days", 2, [("2026-11-26 20:00", "2026-11-27 08:00")], "2026-11-30 23:59"),
    ],
)
def test_pauses_move_the_due_date(unit, amount, pauses, due):
    def full(text: str) -> str:
        return text if len(text) > 5 else f"2026-11-24 {text}"

    span = Span(amount, Unit(unit))
    cut = [pause(full(start), full(end)) for start, end in pauses]
    assert shown(due_at(moment("2026-11-24 09:00"), span, STATE, cut)) == due


def test_an_open_pause_needs_to_know_as_of_when():
    start, span = moment("2026-11-24 09:00"), Span(2, Unit.HOURS)
    still = [pause("2026-11-24 10:00")]
    with pytest.raises(ValueError, match="as_of"):
        due_at(start, span, STATE, still)
    due = due_at(start, span, STATE, still, as_of=moment("2026-11-24 15:00"))
    assert shown(due) == "2026-11-24 16:00"
    before = due_at(start, span, STATE, still, as_of=moment("2026-11-24 09:30"))
    assert shown(before) == "2026-11-24 11:00"


def test_a_town_overrides_days_and_office_hours():
    own = Calendar(
        overrides={date(2026, 11, 25): False, date(2026, 11, 28): True},
        office=((time(9), time(17)),),
    )
    start = moment("2026-11-24 09:00")
    assert shown(due_at(start, Span(1, Unit.WORKDAYS), own)) == "2026-11-26 17:00"
    assert shown(due_at(start, Span(3, Unit.WORKDAYS), own)) == "2026-11-28 17:00"
    assert shown(due_at(start, Span(9, Unit.OFFICE_HOURS), own)) == "2026-11-26 10:00"


@pytest.mark.parametrize(
    ("day", "kind", "name"),
    [
        (date(2026, 11, 24), Kind.WORKDAY, ""),
        (date(2026, 11, 28), Kind.WEEKEND, ""),
        (date(2026, 10, 1), Kind.HOLIDAY, "国庆节"),
        (date(2026, 10, 10), Kind.MAKEUP, "国庆节"),
        (date(2026, 2, 17), Kind.HOLIDAY, "春节"),
        (date(2027, 10, 1), Kind.WORKDAY, ""),
        (date(2027, 10, 2), Kind.WEEKEND, ""),
    ],
)
def test_day_kinds(day, kind, name):
    found = STATE.day_kind(day)
    assert (found.kind, found.name) == (kind, name)


def test_own_days_are_named_only_where_they_differ():
    days = {
        date(2026, 10, 1): True,
        date(2026, 10, 2): False,
        date(2026, 11, 24): False,
    }
    own = Calendar(overrides=days)
    assert own.day_kind(date(2026, 10, 1)).kind == Kind.OWN_WORKDAY
    assert own.day_kind(date(2026, 10, 2)).kind == Kind.HOLIDAY
    assert own.day_kind(date(2026, 11, 24)).kind == Kind.OWN_REST


def test_an_unknown_year_is_provisional_until_the_town_says():
    own = Calendar(overrides={date(2027, 10, 1): False})
    assert not STATE.is_provisional(date(2026, 12, 31))
    assert STATE.is_provisional(date(2027, 10, 1))
    assert not own.is_provisional(date(2027, 10, 1))
    assert not own.is_workday(date(2027, 10, 1))


def test_a_calendar_keeps_its_own_copy_and_survives_a_cache():
    days = {date(2026, 11, 24): False}
    own = Calendar(overrides=days)
    days.clear()
    assert not own.is_workday(date(2026, 11, 24))
    assert pickle.loads(pickle.dumps(own)) == own
    assert hash(own)


@pytest.mark.parametrize(
    "office",
    [(), ((time(9), time(9)),), ((time(9), time(12)), (time(11), time(17)))],
)
def test_bad_office_hours_are_refused(office):
    with pytest.raises(ValueError, match="office hours"):
        Calendar(office=office)


@pytest.mark.parametrize("amount", [0, -1, 1.5, True, "3", None])
def test_bad_amounts_are_refused(amount):
    with pytest.raises(ValueError, match="amount"):
        Span(amount, Unit.DAYS)


def test_bad_units_naive_instants_and_backward_pauses_are_refused():
    with pytest.raises(ValueError):
        Span(1, "weeks")
    naive = datetime(2026, 11, 24, 9)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        due_at(naive, Span(1, Unit.DAYS), STATE)
    with pytest.raises(ValueError, match="time zone"):
        Pause(naive)
    with pytest.raises(ValueError, match="before it starts"):
        pause("2026-11-24 10:00", "2026-11-24 09:59")


@pytest.mark.parametrize(
    ("unit", "amount", "yellow"),
    [
        ("hours", 10, "2026-11-24 16:00"),
        ("hours", 2, "2026-11-24 10:24"),
        ("office_hours", 5, "2026-11-24 14:30"),
        # One workday of 7 office hours: 4.9 of them end at 15:24.
        ("workdays", 1, "2026-11-25 15:24"),
        ("workdays", 10, "2026-12-03 17:30"),
        ("workdays", 7, "2026-12-01 16:48"),
        ("days", 10, "2026-12-01 23:59"),
    ],
)
def test_yellow_by_hand(unit, amount, yellow):
    start, span = moment("2026-11-24 09:00"), Span(amount, Unit(unit))
    due = due_at(start, span, STATE)
    assert shown(yellow_at(start, due, STATE, span)) == yellow


def test_yellow_waits_for_the_pause_and_stays_within_the_term():
    start, span = moment("2026-11-24 09:00"), Span(10, Unit.HOURS)
    cut = [pause("2026-11-24 10:00", "2026-11-24 12:00")]
    due = due_at(start, span, STATE, cut)
    assert shown(yellow_at(start, due, STATE, span, pauses=cut)) == "2026-11-24 18:00"
    sooner = start + timedelta(hours=1)
    assert yellow_at(start, sooner, STATE, span) == sooner
    for share in (0, -0.1, 1.1):
        with pytest.raises(ValueError, match="share"):
            yellow_at(start, due, STATE, span, share)


def test_the_elapsed_share_stands_still_during_a_pause():
    start, due = moment("2026-11-24 09:00"), moment("2026-11-24 19:00")
    assert elapsed_share(start, due, moment("2026-11-24 08:00")) == 0
    assert elapsed_share(start, due, moment("2026-11-24 14:00")) == 0.5
    assert elapsed_share(start, due, moment("2026-11-25 05:00")) == 2
    still = [pause("2026-11-24 10:00")]
    assert elapsed_share(start, due, moment("2026-11-24 18:00"), still) == 0.1
    cut = [pause("2026-11-24 10:00", "2026-11-24 15:00")]
    assert elapsed_share(start, due, moment("2026-11-24 17:00"), cut) == 0.6
    assert elapsed_share(start, start, start) == 1


@pytest.mark.parametrize(("first", "half"), [(1, 1), (2, 1), (7, 3), (15, 7)])
def test_an_extension_is_at_most_half(first, half):
    assert half_of(Span(first, Unit.WORKDAYS)) == Span(half, Unit.WORKDAYS)
