"""Seasons, coordinates and geometry: pure, at their edges."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.upkeep.coordinates import System, shifted, to_baidu, to_wgs84
from luoshi.upkeep.geometry import BadPlace, Meant, length_of, read_geometry
from luoshi.upkeep.seasons import Interval, months_on, next_due

# On a busy machine too: no answer here hangs on time.
AT_LEISURE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
SEASONS = st.one_of(st.just((0, 0)), st.tuples(st.integers(1, 12), st.integers(1, 12)))


@AT_LEISURE
@given(DAYS, st.integers(1, 60), SEASONS)
def test_the_next_day_is_later_in_season_and_not_a_year_too_late(day, months, season):
    interval = Interval(months, *season)
    due = next_due(day, interval)
    assert due > day
    assert interval.holds_in(due.month)
    first = months_on(day, months)
    assert due >= first
    assert (due.year - first.year) * 12 + due.month - first.month < 12


@pytest.mark.parametrize(
    ("day", "months", "season", "due"),
    [
        ("2024-01-31", 1, (0, 0), "2024-02-29"),
        ("2025-01-31", 1, (0, 0), "2025-02-28"),
        ("2026-04-30", 12, (4, 4), "2027-04-30"),
        # Once a month from April to October: after the last, the next April.
        ("2026-10-31", 1, (4, 10), "2027-04-30"),
        ("2026-09-30", 1, (4, 10), "2026-10-30"),
        # Over the new year.
        ("2026-12-15", 1, (11, 3), "2027-01-15"),
        ("2026-03-15", 2, (11, 3), "2026-11-30"),
        ("2026-11-05", 6, (12, 12), "2027-12-31"),
    ],
)
def test_days_as_a_calendar_has_them(day, months, season, due):
    found = next_due(date.fromisoformat(day), Interval(months, *season))
    assert found.isoformat() == due


# A point of Beijing as the three systems show it, from a published converter.
WGS, GCJ, BD = (116.404, 39.915), (116.41024449916938, 39.91640428150164), None


def test_a_published_point_is_shifted_as_published():
    there = shifted(WGS)
    assert there == pytest.approx(GCJ, abs=1e-7)
    # The same point of GCJ-02 in BD-09, from the same converter.
    assert to_baidu((116.404, 39.915)) == pytest.approx(
        (116.41036949371029, 39.92133699351021), abs=1e-7
    )


@AT_LEISURE
@given(st.floats(75, 134), st.floats(18, 53))
def test_every_system_leads_back_within_a_hand(longitude, latitude):
    point = (longitude, latitude)
    gcj = shifted(point)
    near = pytest.approx(point, abs=2e-7)
    assert to_wgs84(*gcj, System.GCJ02) == near
    assert to_wgs84(*to_baidu(gcj), System.BD09) == near
    assert to_wgs84(*point, System.WGS84) == near


HERE = Meant(System.WGS84)


def test_the_order_is_asked_for_and_not_guessed():
    point = {"type": "Point", "coordinates": [28.9, 118.9]}
    with pytest.raises(BadPlace, match=r"28\.9"):
        read_geometry(point, HERE)
    there = read_geometry(point, Meant(System.WGS84, latitude_first=True))
    assert there == {"type": "Point", "coordinates": [118.9, 28.9]}


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "Polygon", "coordinates": [[[118, 28], [119, 28], [118, 29]]]},
        {"type": "Point", "coordinates": [118.9]},
        {"type": "Point", "coordinates": ["118.9", "28.9"]},
        {"type": "Point", "coordinates": [float("nan"), 28.9]},
        {"type": "Point", "coordinates": [True, 28.9]},
        {"type": "Point"},
        {"type": "LineString", "coordinates": [[118.9, 28.9]]},
        {"type": "LineString", "coordinates": [[118.9, 28.9], [118.9, 28.9]]},
        {"type": "LineString", "coordinates": [[118.9, 28.9], [116.4, 39.9]]},
        # Metres of a grid, and a place on another continent.
        {"type": "Point", "coordinates": [13235000.0, 3364000.0]},
        {"type": "Point", "coordinates": [2.35, 48.86]},
        "POINT(118.9 28.9)",
        [118.9, 28.9],
    ],
)
def test_what_is_no_place_is_refused_with_a_reason(broken):
    with pytest.raises(BadPlace):
        read_geometry(broken, HERE)


def test_a_line_has_its_length():
    # A hundredth of a degree north is 1.1 kilometres.
    assert length_of([(118.9, 28.9), (118.9, 28.91)]) == pytest.approx(1113, abs=2)
    line = {"type": "LineString", "coordinates": [[118.9, 28.9], [118.9, 28.91, 35.0]]}
    there = read_geometry(line, HERE)
    assert there["coordinates"] == [[118.9, 28.9], [118.9, 28.91]]
    assert read_geometry(None, HERE) is None
