"""Counts hold over processes and begin anew with the next stretch of time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from luoshi.core.tally import count_of, count_up, forget_old

FOREVER = 10**11  # seconds: one stretch, whatever the time


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


def test_it_counts_each_name_apart_until_the_stretch_ends(clock):
    assert [count_up("one", 600) for _time in range(3)] == [1, 2, 3]
    assert (count_of("one", 600), count_of("two", 600)) == (3, 0)
    clock.tick(timedelta(seconds=600))
    assert count_of("one", 600) == 0


def test_no_count_is_lost_when_many_count_at_once():
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _one: count_up("one", FOREVER), range(200)))
    assert count_of("one", FOREVER) == 200
    assert max(counts) == 200


def test_a_name_is_not_kept_in_plain_text(tmp_path, clock):
    count_up("reports:10.0.0.7", 600)
    [kept] = (tmp_path / "tallies").iterdir()
    assert "10.0.0.7" not in kept.name
    assert kept.read_bytes() == b"."


def test_old_counts_are_deleted_and_fresh_ones_stay(tmp_path):
    count_up("one", 600)
    assert forget_old(3600) == 0
    assert forget_old(0) == 1
    assert forget_old(0) == 0
