"""A night's grouping: begun, stored topic by topic, finished; a stop loses nothing."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from luoshi.core.actors import Actor
from luoshi.core.clock import SHANGHAI, now
from luoshi.core.models import Town
from luoshi.core.numbers import next_number
from luoshi.core.trail import record
from luoshi.engines import similarity as engine
from luoshi.topics.actions.facts import FACTS, set_facts
from luoshi.topics.models import Apart, Membership, Run, Topic
from luoshi.topics.reading import case_of, cases_to_group

# Without a sign of life for so long another process may begin.
SILENT = timedelta(hours=1)
# From one in the night on; where the machine was off then, as soon as it runs.
NIGHT = 1
LONGEST = timedelta(hours=26)


def run_is_due(town: Town) -> bool:
    """Tell whether the night's grouping of a town is to begin."""
    last = Run.objects.filter(town=town).order_by("-begun_at").first()
    if last is None:
        return cases_to_group(town).exists()
    local = now().astimezone(SHANGHAI)
    tonight = local.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    in_the_night = NIGHT <= local.hour < NIGHT + 5 and last.begun_at < tonight
    return in_the_night or now() - last.begun_at > LONGEST


@transaction.atomic(durable=True)
def begin_run(town: Town) -> Run | None:
    """Begin a night's grouping; None where another process is at it."""
    making = Run.objects.filter(town=town, state=Run.State.MAKING)
    making.filter(beat_at__lt=now() - SILENT).update(state=Run.State.BROKEN)
    try:
        with transaction.atomic():
            return Run.objects.create(town=town, begun_at=now(), beat_at=now())
    except IntegrityError:
        return None


@transaction.atomic(durable=True)
def store_topics(
    run_id: int, topics: Iterable[engine.Topic], villages: dict[int, str]
) -> tuple[int, int]:
    """Store some topics; return how many are new and how many cases joined one.

    What people arranged while the engine read wins: a case that stands elsewhere by
    now stays there, a topic that went into another leads there, and one that changed
    keeps what was told of it then.
    """
    run = Run.objects.select_for_update().get(pk=run_id)
    fresh = joined = 0
    for told in topics:
        cases = sorted({case_of(voice) for voice in told.cases})
        topic = _standing(run.town, told.number, cases)
        if topic is None:
            free = _free(cases)
            if len(free) < 2:
                continue
            topic = _made(run.town)
            fresh += 1
        else:
            free = _free(cases) - _kept_out(topic)
        rows = [Membership(town=run.town, case_id=pk, topic=topic) for pk in free]
        Membership.objects.bulk_create(rows, ignore_conflicts=True)
        joined += len(rows)
        if topic.changed_at is None or topic.changed_at < run.begun_at:
            set_facts(topic, told, villages)
            topic.save(update_fields=list(FACTS))
    run.beat_at, run.fresh, run.joined = now(), run.fresh + fresh, run.joined + joined
    run.save(update_fields=["beat_at", "fresh", "joined"])
    return fresh, joined


def _standing(town: Town, number: int, cases: list[int]) -> Topic | None:
    """Return the topic in which some of these cases stood, under a lock."""
    rows = Topic.objects.select_for_update(of=("self",)).filter(town=town)
    topic = rows.filter(number=number).first()
    while topic is not None and topic.merged_into_id:
        topic = rows.get(pk=topic.merged_into_id)
    stands = topic is not None and Membership.objects.filter(
        topic=topic, case__in=cases[:500]
    )
    # A new topic of the engine's may carry a number that a person's split took since.
    return topic if stands and stands.exists() else None


def _free(cases: list[int]) -> set[int]:
    """Return which cases stand in no topic now."""
    found = set(cases)
    for first in range(0, len(cases), 500):
        taken = Membership.objects.filter(case__in=cases[first : first + 500])
        found -= set(taken.values_list("case_id", flat=True))
    return found


def _kept_out(topic: Topic) -> set[int]:
    return set(Apart.objects.filter(topic=topic).values_list("case_id", flat=True))


def _made(town: Town) -> Topic:
    number = next_number(town.pk, "topic")
    return Topic.objects.create(town=town, number=number, told_at=now())


@transaction.atomic(durable=True)
def finish_run(run_id: int, *, read: int, actor: Actor) -> Run:
    """Say that a night's grouping is whole; what nothing was told of is not hot."""
    run = Run.objects.select_for_update().get(pk=run_id)
    _cool(run.town, run.begun_at)
    run.state, run.done_at, run.read = Run.State.WHOLE, now(), read
    run.save(update_fields=["state", "done_at", "read"])
    record(
        run,
        "topics.grouped",
        actor=actor,
        read=read,
        fresh=run.fresh,
        joined=run.joined,
    )
    return run


def _cool(town: Town, since: datetime) -> None:
    untold = Topic.objects.filter(town=town, merged_into=None, told_at__lt=since)
    untold.update(heat=0, rising=False, weeks=[], lately=0)
    seen = cases_to_group(town).filter(membership__topic=OuterRef("pk"))
    empty: dict[str, Any] = {"matters": 0, "people": 0, "title": "", "place": ""}
    untold.filter(~Exists(seen.order_by())).update(**empty)


@transaction.atomic(durable=True)
def break_run_off(run_id: int, *, actor: Actor) -> None:
    """Say that a night's grouping broke off; what was stored stays."""
    run = Run.objects.select_for_update().get(pk=run_id)
    run.state = Run.State.BROKEN
    run.save(update_fields=["state"])
    record(run, "topics.broke_off", actor=actor)
