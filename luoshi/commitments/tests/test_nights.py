"""Who answers at night, against plain twins that look at each minute."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.commitments.nights import (
    Hands,
    Held,
    Present,
    holes_between,
    next_hands,
    on_duty_at,
)
from luoshi.core.clock import SHANGHAI, moment_of
from luoshi.core.worktime import Calendar

MINUTE = timedelta(minutes=1)
# A week with a holiday in it: from Monday 2026-09-28, off from Thursday 1 October.
FIRST = moment_of("2026-09-28 00:00")
LAST = date(2026, 10, 4)
WEEK = 7 * 24 * 60


@dataclass(frozen=True)
class Turn:
    pk: int
    starts_at: datetime
    ends_at: datetime
    position: int


minutes = st.integers(0, WEEK - 1)
drawn_turns = st.lists(
    st.tuples(minutes, st.integers(1, 3_000), st.integers(0, 2)), max_size=6
)
overrides = st.dictionaries(
    st.dates(date(2026, 9, 28), LAST), st.booleans(), max_size=3
)


def as_turns(drawn):
    return [
        Turn(pk, FIRST + start * MINUTE, FIRST + (start + length) * MINUTE, place)
        for pk, (start, length, place) in enumerate(drawn)
    ]


def slow_is_workday(day, told):
    """Know the week by heart: four workdays before the holiday, less the 1st to 4th."""
    if day in told:
        return told[day]
    return day < date(2026, 10, 1)


def slow_is_open(at, told):
    here = at.astimezone(SHANGHAI)
    clock = here.hour * 60 + here.minute
    morning = 8 * 60 + 30 <= clock < 12 * 60
    afternoon = 14 * 60 <= clock < 17 * 60 + 30
    return slow_is_workday(here.date(), told) and (morning or afternoon)


def slow_responsible(at, turns, told):
    """Return who answers: nobody by day, else the least by place, beginning and row."""
    if slow_is_open(at, told):
        return None
    best = None
    for one in turns:
        if not one.starts_at <= at < one.ends_at:
            continue
        key = (one.position, one.starts_at, one.pk)
        if best is None or key < (best.position, best.starts_at, best.pk):
            best = one
    return best


@settings(max_examples=300, deadline=None)
@given(minutes, drawn_turns, overrides)
def test_who_answers_agrees_with_the_plain_twin(minute, drawn, told):
    at, turns = FIRST + minute * MINUTE, as_turns(drawn)
    found = on_duty_at(at, turns, Calendar(overrides=told))
    expected = slow_responsible(at, turns, told)
    assert (found[0] if found else None) == expected
    assert {one.pk for one in found} == (
        {one.pk for one in turns if one.starts_at <= at < one.ends_at}
        if expected
        else set()
    )


def slow_is_hole(at, since, turns, told):
    """Tell whether somebody should be on duty at this minute and nobody is."""
    here = at.astimezone(SHANGHAI)
    clock = here.hour * 60 + here.minute
    by_day = 8 * 60 + 30 <= clock < 17 * 60 + 30
    if at < since or (slow_is_workday(here.date(), told) and by_day):
        return False
    return not any(one.starts_at <= at < one.ends_at for one in turns)


@settings(max_examples=60, deadline=None)
@given(minutes, drawn_turns, overrides, st.lists(minutes, max_size=60))
def test_holes_agree_with_the_minute_by_minute_twin(start, drawn, told, sampled):
    since, turns = FIRST + start * MINUTE, as_turns(drawn)
    holes = holes_between(since, LAST, turns, Calendar(overrides=told))
    edges = [moment for hole in holes for moment in hole]
    assert edges == sorted(edges)
    near = [at + step * MINUTE for at in edges for step in (-1, 0)]
    for at in [FIRST + one * MINUTE for one in sampled] + near:
        if at >= FIRST + WEEK * MINUTE or at < FIRST:
            continue
        inside = any(begin <= at < end for begin, end in holes)
        assert inside == slow_is_hole(at, since, turns, told), at


def test_the_office_is_shut_at_noon_and_shuts_to_the_minute():
    calendar = Calendar()
    for clock, opened in [
        ("08:29", False),
        ("08:30", True),
        ("11:59", True),
        ("12:00", False),
        ("14:00", True),
        ("17:29", True),
        ("17:30", False),
    ]:
        assert calendar.is_open(moment_of(f"2026-09-28 {clock}")) == opened
    assert not calendar.is_open(moment_of("2026-10-01 10:00"))


def test_into_whose_hands_it_goes():
    told = datetime(2026, 9, 28, 13, tzinfo=UTC)
    wait = timedelta(minutes=30)
    shift = Present(frozenset({1, 2, 9}), 9)

    def hands(holder, minutes, present=shift, taken=False, led=False):
        held = Held(holder, told, taken, led)
        return next_hands(held, told + minutes * MINUTE, present, wait)

    assert hands(1, 29) == Hands.STAY
    assert hands(1, 30) == Hands.LEADER
    assert hands(1, 90, taken=True) == Hands.STAY
    assert hands(9, 90, led=True) == Hands.STAY
    # The leader is the only one there: nobody to go to.
    assert hands(9, 90) == Hands.STAY
    assert hands(1, 90, Present(frozenset({1}), None)) == Hands.STAY
    # Whose shift is over gives it to the next, taken or not; without one, the desk.
    assert hands(7, 5, taken=True) == Hands.TURN
    assert hands(7, 5, None) == Hands.DESK
    assert hands(1, 5, None, taken=True) == Hands.DESK


def test_time_is_not_used_as_a_default():
    # The offices of another town may open at other hours.
    late = Calendar(office=((time(10), time(16)),))
    assert not late.is_open(moment_of("2026-09-28 09:30"))
    holes = holes_between(FIRST, date(2026, 9, 28), [], late)
    assert [
        (begin.astimezone(SHANGHAI).hour, end.astimezone(SHANGHAI).hour)
        for begin, end in holes
    ] == [(0, 10), (16, 0)]
