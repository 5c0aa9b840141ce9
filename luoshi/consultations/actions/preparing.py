"""Setting one up: what is asked of whom, the draft, the way to a decision."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from luoshi.cases.codes import fresh_code
from luoshi.consultations import rules
from luoshi.consultations.actions.base import (
    add_within,
    in_public,
    lock,
    one_statement,
)
from luoshi.consultations.models import Consultation, Statement, StepDone
from luoshi.consultations.tracks import ORDINARY, Track, track_of
from luoshi.core.actors import Actor, Staff
from luoshi.core.clock import now
from luoshi.core.models import Organisation
from luoshi.core.numbers import next_number
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.topics.models import Topic

OPTION, TOWN = Statement.Origin.OPTION, Statement.Origin.TOWN
PUBLISHED = Statement.State.PUBLISHED
LEAST_OPTIONS, MOST_OPTIONS = 2, 8


@dataclass(frozen=True)
class Asked:
    """What is asked, of whom, by which office."""

    title: str
    question: str
    affected: str
    office: Organisation
    # None chosen means the whole town.
    villages: Sequence[int] = ()
    # Whether it touches how people live every day.
    daily: bool = False


@dataclass(frozen=True)
class Way:
    """The track, and how answers are counted and shown."""

    track: str
    threshold: int
    pull: int = Consultation.Pull.SOME


@transaction.atomic(durable=True)
def prepare_consultation(
    asked: Asked, *, topic: Topic | None = None, actor: Actor
) -> Consultation:
    """Begin to prepare one; nobody else sees it yet."""
    if not isinstance(actor, Staff) or not rules.may_prepare(actor):
        raise NotAllowed("consultations.not_yours")
    return _begin(asked, actor, topic=topic)


def _begin(asked: Asked, actor: Staff, **more: object) -> Consultation:
    town = actor.town
    made = Consultation(
        town=town,
        number=next_number(town.pk, "consultation"),
        code=fresh_code(),
        track=ORDINARY,
        made_at=now(),
        made_by=actor.person,
        **more,
    )
    _fill(made, asked)
    made.save(force_insert=True)
    made.villages.set(asked.villages)
    lay_steps(made, track_of(town, ORDINARY))
    record(made, "consultations.prepared", actor=actor, title=made.title)
    return made


def _fill(consultation: Consultation, asked: Asked) -> list[str]:
    consultation.title = in_public(asked.title, "consultations.title_missing")[:60]
    question = in_public(asked.question, "consultations.question_missing")
    consultation.question = question[:200]
    affected = in_public(asked.affected, "consultations.affected_missing")
    consultation.affected = affected[:200]
    consultation.office, consultation.daily = asked.office, asked.daily
    return ["title", "question", "affected", "office", "daily"]


def lay_steps(consultation: Consultation, track: Track) -> None:
    """Give a consultation the steps of a track, none of them taken yet."""
    consultation.steps.all().delete()
    StepDone.objects.bulk_create(
        StepDone(
            town_id=consultation.town_id,
            consultation=consultation,
            position=place,
            name=step.name,
            before=step.before,
            workdays=step.workdays,
        )
        for place, step in enumerate(track.steps, 1)
    )


@transaction.atomic(durable=True)
def change_asked(
    consultation_id: int, asked: Asked, *, version: int, actor: Actor
) -> Consultation:
    """Change what is asked, or of whom, before it opens."""
    found = lock(consultation_id, rules.may_change, actor, version)
    fields = _fill(found, asked)
    found.version += 1
    found.save(update_fields=["version", *fields])
    found.villages.set(asked.villages)
    record(found, "consultations.changed", actor=actor, title=found.title)
    return found


@transaction.atomic(durable=True)
def write_draft(
    consultation_id: int,
    *,
    draft: str,
    options: Sequence[str],
    version: int,
    actor: Actor,
) -> Consultation:
    """Write what the town means to do: a draft, several options, or both."""
    found = lock(consultation_id, rules.may_change, actor, version)
    chosen = [one_statement(one) for one in options if one.strip()]
    if not draft.strip() and not chosen:
        raise Refusal("consultations.draft_or_options")
    if chosen and not LEAST_OPTIONS <= len(set(chosen)) <= MOST_OPTIONS:
        raise Refusal(
            "consultations.options_count", least=LEAST_OPTIONS, most=MOST_OPTIONS
        )
    if draft.strip():
        draft = in_public(draft, "consultations.draft_or_options")
    found.draft, found.version = draft.strip(), found.version + 1
    found.save(update_fields=["draft", "version"])
    # Nobody has reacted yet, so that they are simply written anew.
    found.statements.filter(origin=OPTION).delete()
    for text in dict.fromkeys(chosen):
        add_within(found, text, OPTION, PUBLISHED)
    record(found, "consultations.draft_written", actor=actor, options=len(set(chosen)))
    return found


@transaction.atomic(durable=True)
def choose_way(
    consultation_id: int, way: Way, *, version: int, actor: Actor
) -> Consultation:
    """Choose the track and from how many of one mind an answer is owed."""
    found = lock(consultation_id, rules.may_change, actor, version)
    try:
        track = track_of(found.town, way.track)
    except KeyError as unknown:
        raise Refusal("consultations.no_such_track") from unknown
    if way.threshold < 1:
        raise Refusal("consultations.threshold_least")
    if track.code != found.track:
        if found.steps.exclude(done_on=None).exists():
            raise Refusal("consultations.track_begun")
        lay_steps(found, track)
    before, found.track = found.track, track.code
    found.threshold = way.threshold
    found.pull, found.version = Consultation.Pull(way.pull), found.version + 1
    found.save(update_fields=["track", "threshold", "pull", "version"])
    record(
        found,
        "consultations.way_chosen",
        actor=actor,
        track=(before, found.track),
        threshold=found.threshold,
    )
    return found


@transaction.atomic(durable=True)
def say_for_town(consultation_id: int, *, text: str, actor: Actor) -> Statement:
    """Add something the town says; people react to it as to any other."""
    found = lock(consultation_id, rules.may_say, actor)
    words = one_statement(text)
    in_public(words, "consultations.nothing_said")
    person = actor.person if isinstance(actor, Staff) else None
    more = {"entered_by": person, "decided_by": person}
    said = add_within(found, words, TOWN, PUBLISHED, **more)
    record(said, "consultations.town_said", actor=actor, number=said.number)
    return said


@transaction.atomic(durable=True)
def ask_again(consultation_id: int, *, title: str, actor: Actor) -> Consultation:
    """Prepare an evaluation: the same people are asked how it turned out."""
    older = lock(consultation_id, rules.may_ask_again, actor)
    actor = rules.staff_in(actor)
    asked = Asked(
        title=title,
        question=older.question,
        affected=older.affected,
        office=older.office,
        villages=list(older.villages.values_list("pk", flat=True)),
        daily=False,
    )
    made = _begin(asked, actor, evaluates=older, topic=older.topic)
    made.draft = older.decision
    made.save(update_fields=["draft"])
    record(older, "consultations.asked_again", actor=actor, number=made.number)
    return made
