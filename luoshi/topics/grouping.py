"""A night's grouping of one town: reads, groups, stores; in a process of its own."""

import subprocess
import sys

from django_scopes import scope

from luoshi.core.actors import SCHEDULER, Actor
from luoshi.core.clock import now
from luoshi.core.gazetteer import town_gazetteer
from luoshi.core.models import Town
from luoshi.engines import similarity as engine
from luoshi.topics.actions.nightly import (
    begin_run,
    break_run_off,
    finish_run,
    run_is_due,
    store_topics,
)
from luoshi.topics.models import Run
from luoshi.topics.reading import read_window, villages_of

# So many topics are stored in one transaction: others write between two.
BATCH = 100


def group_town(town: Town, *, actor: Actor = SCHEDULER) -> Run | None:
    """Group a town's cases; None where another process is at it."""
    run = begin_run(town)
    if run is None:
        return None
    try:
        return _group(run, actor)
    except BaseException:
        break_run_off(run.pk, actor=actor)
        raise


def _group(run: Run, actor: Actor) -> Run:
    window = read_window(run.town)
    grouped = engine.group(
        window.voices,
        now=now(),
        gazetteer=town_gazetteer(),
        together=window.together,
        apart=window.apart,
    )
    villages = villages_of(window)
    # In the order of numbers, in which people's merges lock them too.
    told = sorted(grouped.topics, key=lambda topic: topic.number)
    for first in range(0, len(told), BATCH):
        store_topics(run.pk, told[first : first + BATCH], villages)
    return finish_run(run.pk, read=window.matters, actor=actor)


def start_grouping(town: Town) -> None:
    """Begin in a process that can be ended; a second one sees that one is at it."""
    subprocess.Popen(
        [
            *(sys.executable, "-m", "luoshi.cli.main", "group-topics"),
            *("--town", town.code),
        ],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def start_where_due() -> int:
    """Begin in each town whose night it is; return in how many."""
    count = 0
    for town in Town.objects.all():
        with scope(town=town):
            if run_is_due(town):
                start_grouping(town)
                count += 1
    return count
