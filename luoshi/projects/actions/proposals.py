"""Proposals: taken in, let be read, supported, put together, or not taken up."""

from dataclasses import dataclass

from django.db import transaction

from luoshi.cases.publishing import KIND_WORDS, find_personal
from luoshi.commitments.actions.base import people_with, required
from luoshi.core.actors import RESIDENT, Actor, Staff
from luoshi.core.clock import now
from luoshi.core.models import Town
from luoshi.core.notices import Reach, leave_notices
from luoshi.core.numbers import next_number
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.roles import DISPATCHER
from luoshi.core.secrets import keyed_hash
from luoshi.core.trail import record
from luoshi.projects import rules
from luoshi.projects.actions.base import lock_cycle, lock_project, move_project
from luoshi.projects.models import (
    Cycle,
    PaperSupport,
    Project,
    Source,
    Stage,
    Supporter,
)
from luoshi.projects.models.projects import State

MOST_NEED = 1000
MOST_SIGNED = 100_000
# Until candidates are named, colleagues still write down what they heard.
STILL_OPEN = (Stage.Name.COLLECT, Stage.Name.APPRAISE)


@dataclass(frozen=True)
class Idea:
    """What is proposed: for which village, and from where it was heard."""

    cycle_id: int
    title: str
    need: str
    village_id: int | None = None
    kind: str = Source.Kind.RESIDENT
    topic_id: int | None = None
    organisation_id: int | None = None


@transaction.atomic(durable=True)
def propose(town: Town, idea: Idea, *, browser: str = "") -> Project:
    """Take in what a resident proposes; somebody looks at it before others read it."""
    cycle = lock_cycle(idea.cycle_id)
    if cycle.stage != Stage.Name.COLLECT:
        raise Refusal("projects.not_collecting")
    project = _make(cycle, idea, State.WAITING, RESIDENT)
    if browser:
        _support(project, browser)
    leave_notices(
        project,
        "projects.to_look_at",
        people_with(DISPATCHER),
        reach=Reach.INBOX,
        number=str(project.number),
        title=project.title,
    )
    return project


@transaction.atomic(durable=True)
def enter_proposal(idea: Idea, *, actor: Staff) -> Project:
    """Write down what was proposed on paper, by a village or an office, in a topic."""
    if not rules.may_enter(actor):
        raise NotAllowed("projects.not_yours")
    cycle = lock_cycle(idea.cycle_id)
    if cycle.stage not in STILL_OPEN:
        raise Refusal("projects.not_collecting")
    return _make(cycle, idea, State.PROPOSED, actor)


def _make(cycle: Cycle, idea: Idea, state: str, actor: Actor) -> Project:
    title = required(idea.title, "projects.title_missing")[:80]
    need = required(idea.need, "projects.need_missing")
    if len(need) > MOST_NEED:
        raise Refusal("projects.need_long", most=MOST_NEED, count=len(need))
    check_public(f"{title}\n{need}")
    project = Project.objects.create(
        town_id=cycle.town_id,
        cycle=cycle,
        number=next_number(cycle.town_id, "project"),
        title=title,
        need=need,
        village_id=idea.village_id or cycle.village_id,
        state=state,
        proposed_at=now(),
        entered_by=actor.person,
    )
    Source.objects.create(
        town_id=cycle.town_id,
        project=project,
        kind=idea.kind,
        topic_id=idea.topic_id,
        organisation_id=idea.organisation_id,
    )
    record(project, "projects.proposed", actor=actor, number=project.number)
    return project


def check_public(text: str) -> None:
    """Refuse a public text that leads to a person."""
    found = [one for one in find_personal(text) if one.sure]
    if found:
        where = "；".join(
            f"{KIND_WORDS[one.kind]}“{text[one.start : one.end]}”" for one in found[:5]
        )
        raise Refusal("projects.holds_personal", where=where)


@transaction.atomic(durable=True)
def release_proposal(project_id: int, *, actor: Staff) -> Project:
    """Let everybody read a proposal and support it."""
    project = lock_project(project_id)
    if not rules.may_arrange(actor, project):
        raise NotAllowed("projects.not_yours")
    move_project(project, "release")
    record(project, "projects.released", actor=actor)
    return project


@transaction.atomic(durable=True)
def decline_proposal(project_id: int, *, why: str, actor: Staff) -> Project:
    """Do not take a proposal up, for a reason that everybody reads."""
    project = lock_project(project_id)
    if not rules.may_arrange(actor, project):
        raise NotAllowed("projects.not_yours")
    project.ended_why = required(why, "projects.why_missing")[:300]
    check_public(project.ended_why)
    move_project(project, "decline", "ended_why")
    record(project, "projects.declined", actor=actor, words=project.ended_why)
    return project


@transaction.atomic(durable=True)
def take_up_again(project_id: int, *, actor: Staff) -> Project:
    """Take a proposal up after all."""
    project = lock_project(project_id)
    if not rules.may_arrange(actor, project):
        raise NotAllowed("projects.not_yours")
    project.ended_why = ""
    move_project(project, "take_up", "ended_why")
    record(project, "projects.taken_up", actor=actor)
    return project


@transaction.atomic(durable=True)
def merge_proposal(project_id: int, into_number: int, *, actor: Staff) -> Project:
    """Let a proposal go into another of the same round; who supports it goes along."""
    into = Project.objects.filter(number=into_number).first()
    if into is None or into.pk == project_id:
        raise Refusal("projects.no_such_number", number=into_number)
    first, second = sorted((into.pk, project_id))
    locked = {one.pk: one for one in (lock_project(first), lock_project(second))}
    into, project = locked[into.pk], locked[project_id]
    if not rules.may_arrange(actor, project):
        raise NotAllowed("projects.not_yours")
    if into.state != State.PROPOSED or into.cycle_id != project.cycle_id:
        raise Refusal("projects.no_such_number", number=into_number)
    project.merged_into = into
    move_project(project, "merge", "merged_into")
    # What went into this one goes along, so that nobody looks twice.
    project.taken_in.update(merged_into=into)
    record(project, "projects.merged", actor=actor, number=into.number)
    record(into, "projects.took_in", actor=actor, number=project.number)
    return project


@transaction.atomic(durable=True)
def part_proposal(project_id: int, *, actor: Staff) -> Project:
    """Let a proposal stand by itself again."""
    project = lock_project(project_id)
    if not rules.may_arrange(actor, project):
        raise NotAllowed("projects.not_yours")
    project.merged_into = None
    move_project(project, "part", "merged_into")
    record(project, "projects.parted", actor=actor)
    return project


@transaction.atomic(durable=True)
def support(project_id: int, *, browser: str) -> bool:
    """Count one browser for a proposal, once; tell whether it was counted now."""
    project = lock_project(project_id)
    if project.state not in (State.PROPOSED, State.CANDIDATE):
        raise Refusal("projects.not_supported_now")
    return _support(project, browser)


def _support(project: Project, browser: str) -> bool:
    digest = keyed_hash(
        browser, town_id=project.town_id, purpose=f"project:{project.cycle_id}"
    )
    _row, fresh = Supporter.objects.get_or_create(
        project=project, key_hash=digest, defaults={"town_id": project.town_id}
    )
    return fresh


@transaction.atomic(durable=True)
def support_on_paper(
    project_id: int, *, people: int, kept_at: str, actor: Staff
) -> PaperSupport:
    """Write down how many signed a list; the same list again replaces its number."""
    project = lock_project(project_id)
    if not rules.may_enter(actor):
        raise NotAllowed("projects.not_yours")
    if project.state not in (State.PROPOSED, State.CANDIDATE):
        raise Refusal("projects.not_supported_now")
    if not 1 <= people <= MOST_SIGNED:
        raise Refusal("projects.people_absurd")
    row, _fresh = PaperSupport.objects.update_or_create(
        project=project,
        kept_at=required(kept_at, "projects.kept_missing")[:80],
        defaults={
            "town_id": project.town_id,
            "people": people,
            "entered_by": actor.person,
        },
    )
    record(project, "projects.signed", actor=actor, people=people, at=row.kept_at)
    return row


@transaction.atomic(durable=True)
def add_source(project_id: int, *, topic_id: int, actor: Staff) -> Source:
    """Say that many people report the same need: the topic stays behind the project."""
    project = lock_project(project_id)
    if not rules.may_arrange(actor, project):
        raise NotAllowed("projects.not_yours")
    source, _fresh = Source.objects.get_or_create(
        project=project,
        kind=Source.Kind.TOPIC,
        topic_id=topic_id,
        defaults={"town_id": project.town_id},
    )
    if source.topic is not None:
        number = source.topic.number
        record(project, "projects.source_added", actor=actor, topic=number)
    return source
