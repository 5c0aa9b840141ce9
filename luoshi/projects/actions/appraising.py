"""The appraisal's answers, what a project would cost and bring, and its candidacy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from luoshi.commitments.actions.base import required
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.projects import gates, rules
from luoshi.projects.actions.base import (
    MOST_FEN,
    check_money,
    lock_project,
    move_project,
)
from luoshi.projects.actions.proposals import check_public
from luoshi.projects.models import Check, Project, Stage, VillageVote
from luoshi.projects.models.projects import State

APPRAISED = (State.PROPOSED, State.CANDIDATE)
MOST_PEOPLE, MOST_YEARS = 1_000_000, 100
CAN_PUT_FORWARD = (Stage.Name.APPRAISE, Stage.Name.CANDIDATES)


@dataclass(frozen=True)
class Facts:
    """What a project would cost and bring; what is not known yet is None."""

    cost: int | None = None
    households: int | None = None
    people_a_day: int | None = None
    years_of_use: int | None = None
    upkeep_owner_id: int | None = None
    upkeep_yearly: int | None = None
    builder_id: int | None = None
    affects_habits: bool = False
    asks_money: bool = False
    consultation_id: int | None = None


@dataclass(frozen=True)
class Answer:
    """One answer of the appraisal with its reason."""

    answer: str
    words: str


@transaction.atomic(durable=True)
def appraise(
    project_id: int, answers: Mapping[str, Answer], *, actor: Staff
) -> Project:
    """Write down the answers; each names its reason, an empty one stays unanswered."""
    project = lock_project(project_id)
    if not rules.may_appraise(actor, project):
        raise NotAllowed("projects.not_yours")
    if project.state != State.PROPOSED:
        raise Refusal("projects.not_from_here", state=project.get_state_display())
    told = {}
    for kind, answer in answers.items():
        if not answer.answer:
            continue
        words = required(answer.words, "projects.answer_unfounded")[:300]
        check_public(words)
        Check.objects.update_or_create(
            project=project,
            kind=Check.Kind(kind),
            defaults={
                "town_id": project.town_id,
                "answer": Check.Answer(answer.answer),
                "words": words,
                "by": actor.person,
                "at": now(),
            },
        )
        told[kind] = answer.answer
    record(project, "projects.appraised", actor=actor, answers=str(told))
    return project


@transaction.atomic(durable=True)
def tell_facts(project_id: int, facts: Facts, *, actor: Staff) -> Project:
    """Write down what it costs and brings; a candidate's cost stands still."""
    project = lock_project(project_id)
    if not rules.may_appraise(actor, project):
        raise NotAllowed("projects.not_yours")
    if project.state not in (*APPRAISED, State.CHOSEN):
        raise Refusal("projects.not_from_here", state=project.get_state_display())
    _check_facts(facts)
    if project.state != State.PROPOSED and _shown(project) != _shown(facts):
        # What people read before they voted must be what they voted on.
        raise Refusal("projects.candidate_fixed")
    changed = {}
    for name, value in vars(facts).items():
        if getattr(project, name) != value:
            changed[name] = [getattr(project, name), value]
            setattr(project, name, value)
    if changed:
        project.save(update_fields=list(changed))
        record(project, "projects.facts_told", actor=actor, fields=changed)
    return project


def _shown(one: Project | Facts) -> list[object]:
    """Return what a candidate's page says of it, and a later change must not touch."""
    names = ("cost", "households", "people_a_day", "years_of_use")
    asks = ("affects_habits", "asks_money")
    return [getattr(one, name) for name in (*names, *asks)]


def _check_facts(facts: Facts) -> None:
    if facts.cost is not None:
        check_money(facts.cost)
    if facts.upkeep_yearly is not None and not 0 <= facts.upkeep_yearly <= MOST_FEN:
        raise Refusal("projects.sum_absurd")
    bounds = (
        (facts.households, MOST_PEOPLE),
        (facts.people_a_day, MOST_PEOPLE),
        (facts.years_of_use, MOST_YEARS),
    )
    for number, most in bounds:
        if number is not None and not 1 <= number <= most:
            raise Refusal("projects.number_absurd", most=most)


@transaction.atomic(durable=True)
def put_forward(project_id: int, *, actor: Staff) -> Project:
    """Make a proposal a candidate, when nothing is missing any more."""
    project = lock_project(project_id)
    if not rules.may_put_forward(actor, project):
        raise NotAllowed("projects.not_yours")
    if project.cycle.stage not in CAN_PUT_FORWARD:
        raise Refusal("projects.not_naming")
    missing = gates.before_candidate(project)
    if missing:
        raise Refusal("projects.gate_shut", missing=" ".join(missing))
    if project.cost is not None and project.cost > project.cycle.budget:
        raise Refusal("projects.dearer_than_all")
    move_project(project, "put_forward")
    record(project, "projects.put_forward", actor=actor, cost=project.cost)
    return project


@transaction.atomic(durable=True)
def take_back(project_id: int, *, why: str, actor: Staff) -> Project:
    """Take a candidate back before voting, with the reason."""
    project = lock_project(project_id)
    if not rules.may_put_forward(actor, project):
        raise NotAllowed("projects.not_yours")
    if project.candidacies.exclude(election__state="draft").exists():
        raise Refusal("projects.voting_began")
    why = required(why, "projects.why_missing")[:300]
    project.candidacies.all().delete()
    move_project(project, "take_back")
    record(project, "projects.taken_back", actor=actor, words=why)
    return project


@dataclass(frozen=True)
class Agreed:
    """How villagers voted on paying for it."""

    counted: str
    eligible: int
    in_favour: int
    each_pays: int
    cap: int
    held_on: date
    kept_at: str


@transaction.atomic(durable=True)
def note_village_vote(project_id: int, agreed: Agreed, *, actor: Staff) -> VillageVote:
    """Write down the villagers' own vote on paying (一事一议), within the cap."""
    project = lock_project(project_id)
    if not rules.may_enter(actor):
        raise NotAllowed("projects.not_yours")
    if not project.asks_money:
        raise Refusal("projects.asks_nothing")
    if agreed.held_on > today():
        raise Refusal("projects.day_to_come")
    if not 0 <= agreed.in_favour <= agreed.eligible or agreed.eligible < 1:
        raise Refusal("projects.more_than_all")
    if not 0 < agreed.each_pays <= agreed.cap:
        raise Refusal("projects.above_cap")
    told = vars(agreed) | {
        "town_id": project.town_id,
        "kept_at": required(agreed.kept_at, "projects.kept_missing")[:80],
    }
    vote, _fresh = VillageVote.objects.update_or_create(project=project, defaults=told)
    record(
        project,
        "projects.village_voted",
        actor=actor,
        in_favour=agreed.in_favour,
        eligible=agreed.eligible,
    )
    return vote
