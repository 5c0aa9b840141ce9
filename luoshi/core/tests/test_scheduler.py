"""Tasks run when they are due; one that fails stops none of the others."""

import json
from datetime import timedelta

import pytest

from luoshi.core import scheduler
from luoshi.core.heads import keep_heads
from luoshi.core.models import TrailSeal
from luoshi.core.scheduler import register_task, run_due
from luoshi.core.trail import record
from luoshi.core.triggers import triggers_off
from luoshi.core.verify import verify_trail


@pytest.fixture
def no_tasks(monkeypatch):
    monkeypatch.setattr(scheduler, "_TASKS", {})


def test_each_runs_as_often_as_it_should(no_tasks, clock):
    runs = []
    register_task("often", timedelta(minutes=1), lambda: runs.append("often"))
    register_task("daily", timedelta(days=1), lambda: runs.append("daily"))
    for _minute in range(3):
        run_due()
        run_due()
        clock.tick(timedelta(minutes=1))
    assert sorted(runs) == ["daily", "often", "often", "often"]


def test_a_failing_task_stops_no_other_and_runs_again(no_tasks, clock):
    runs = []

    def fail():
        runs.append("bad")
        raise RuntimeError("broken")

    register_task("bad", timedelta(minutes=1), fail)
    register_task("good", timedelta(minutes=1), lambda: runs.append("good"))
    run_due()
    clock.tick(timedelta(minutes=1))
    run_due()
    assert runs == ["bad", "good", "bad", "good"]


def test_a_name_is_given_once(no_tasks):
    register_task("one", timedelta(minutes=1), list)
    with pytest.raises(ValueError, match="one"):
        register_task("one", timedelta(minutes=1), list)


def test_a_kept_head_shows_that_the_end_was_cut_off(place, settings, tmp_path):
    for number in range(3):
        record(
            place.village,
            "core.village_added",
            actor=place.staff("administrator"),
            name=str(number),
        )
    [path] = keep_heads()
    number, _colon, digest = json.loads(path.read_text())["head"].partition(":")
    kept = (int(number), digest)
    assert verify_trail(place.town, kept).as_dict()["ok"]
    with triggers_off():
        TrailSeal.objects.order_by("-sequence").first().delete()
    assert verify_trail(place.town).as_dict()["ok"]
    assert not verify_trail(place.town, kept).as_dict()["ok"]
