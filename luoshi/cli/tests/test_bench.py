"""A fill leaves what the actions would leave: every key holds, every index is back."""

import json
import os
import shutil
import sqlite3
from contextlib import closing

import pytest

from luoshi.cli.bench.asked import child
from luoshi.cli.bench.costs import memory_mb, processor_ms
from luoshi.cli.instance import throwaway

pytestmark = pytest.mark.own_instance
ROWS = 300


def indexes_of(path):
    with closing(sqlite3.connect(path)) as base:
        return base.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name"
        ).fetchall()


@pytest.fixture(scope="module")
def filled(demo_copy):
    """Give a filled instance, the indexes before, and what the bench may ask of it."""
    with throwaway() as instance:
        shutil.copytree(demo_copy, instance.folder, dirs_exist_ok=True)
        before = indexes_of(instance.folder / "luoshi.sqlite3")
        for words in (["fill", str(ROWS), "1"], ["known"]):
            told = child(instance, f"luoshi.cli.bench.{words[0]}", *words[1:])
        yield instance, before, json.loads(told)


def test_keys_hold_and_every_index_is_back(filled):
    instance, before, _known = filled
    path = instance.folder / "luoshi.sqlite3"
    assert indexes_of(path) == before
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        count = "SELECT count(*) FROM cases_case WHERE number LIKE '%-10000%'"
        assert base.execute(count).fetchone() == (ROWS,)


def test_a_fill_is_found_by_its_words_and_ends_as_cases_do(filled):
    instance, _before, known = filled
    common, rare = known["words"]
    assert len(common) == len(rare) == 2
    with closing(sqlite3.connect(instance.folder / "luoshi.sqlite3")) as base:
        hits = "SELECT count(*) FROM core_searchterms WHERE core_searchterms MATCH ?"
        few, many = (
            base.execute(hits, [f'"{one}" AND case1']).fetchone()[0]
            for one in (rare, common)
        )
        assert 1 <= few < many
        for word in known["by_kind"]["absent"]:
            assert base.execute(hits, [f'"{word[:2]}"']).fetchone() == (0,)
        titles = [f'"τ{common}"', f'"{common}" NOT "τ{common}"']
        assert all(base.execute(hits, [one]).fetchone()[0] for one in titles)
        endings = {
            ending
            for (ending,) in base.execute("SELECT ending FROM commitments_commitment")
        }
        assert {"solved", "partly", "no_verdict", "destination"} <= endings


def test_what_is_alike_is_looked_up_as_told_and_at_the_desk(filled):
    instance, _before, _known = filled
    told = child(instance, "luoshi.cli.bench.look_ups", "5")
    times = json.loads(told)
    assert set(times) == {"while it is told", "at the desk"}
    assert all(one["p95_ms"] >= one["p50_ms"] > 0 for one in times.values())


def test_costs_of_this_process_are_read():
    assert memory_mb(os.getpid()) > 1
    before = processor_ms(os.getpid())
    sum(number * number for number in range(1_000_000))
    assert processor_ms(os.getpid()) >= before > 0
