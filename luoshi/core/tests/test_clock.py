"""The clock stops where it is told, for its own thread, and runs on after."""

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest

from luoshi.core.clock import SHANGHAI, at, now, today


def test_a_naive_text_is_read_in_shanghai():
    with at("2026-10-01 09:00"):
        assert now() == datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
        assert now().tzinfo is UTC


def test_a_moment_with_a_zone_keeps_it():
    with at(datetime(2026, 10, 1, 9, tzinfo=UTC)):
        assert now().astimezone(SHANGHAI).hour == 17


def test_today_is_the_day_in_shanghai():
    with at(datetime(2026, 9, 30, 16, 0, tzinfo=UTC)):
        assert today() == date(2026, 10, 1)
    with at("2026-09-30 23:59"):
        assert today() == date(2026, 9, 30)


def test_frozen_clocks_nest_and_tick():
    with at("2026-10-01 09:00") as outer:
        with at("2024-02-29") as inner:
            assert inner.tick(timedelta(hours=30)) == now()
            assert today() == date(2024, 3, 1)
        assert now() == outer.moment
        outer.tick(timedelta(minutes=1))
        assert now() == datetime(2026, 10, 1, 1, 1, tzinfo=UTC)


def test_the_clock_runs_again_after_an_error():
    with pytest.raises(KeyError), at("2001-01-01"):
        raise KeyError
    assert now().year > 2001


def test_another_thread_keeps_its_own_clock():
    seen = []
    with at("2001-01-01"):
        thread = Thread(target=lambda: seen.append(now()))
        thread.start()
        thread.join(5)
    assert seen[0].year > 2001


def test_a_text_that_is_no_date_is_refused():
    with pytest.raises(ValueError), at("tomorrow"):
        pass
