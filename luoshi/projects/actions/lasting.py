"""What the figure is made of, what is usual in the town, and who reads the label."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db import transaction

from luoshi.commitments.actions.base import required
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.models import Town
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.engines.appraisal import REFERENCES, AppraisalError
from luoshi.projects import rules, usual
from luoshi.projects.actions.base import MOST_FEN, lock_cycle, lock_project
from luoshi.projects.models import Figure, LabelRelease
from luoshi.projects.models.projects import State
from luoshi.projects.plans import plan_of

# Until it is decided on; then people voted on what they read.
FIGURED = (State.PROPOSED, State.CANDIDATE)


@dataclass(frozen=True)
class Told:
    """The few things that the figure asks for; None is what is usual."""

    kind: str
    funded: bool
    appearance: int = 0
    people_low: int | None = None
    people_high: int | None = None
    days: int | None = None
    worth: int | None = None
    saved: int = 0
    hardship: int = 0


@transaction.atomic(durable=True)
def tell_figure(project_id: int, told: Told, *, actor: Staff) -> Figure:
    """Write down what the figure needs; refused where it cannot be true."""
    project = lock_project(project_id)
    if not rules.may_appraise(actor, project):
        raise NotAllowed("projects.not_yours")
    if project.state not in FIGURED:
        raise Refusal("projects.not_from_here", state=project.get_state_display())
    if project.candidacies.exclude(election__state="draft").exists():
        # What people read before they voted must be what they voted on.
        raise Refusal("projects.figure_fixed")
    known = usual.references_of(project.town)
    if told.kind not in known:
        raise Refusal("projects.no_such_kind")
    if project.cost is not None and told.appearance > project.cost:
        raise Refusal("projects.appearance_above_cost")
    if project.households is not None and told.hardship > project.households:
        raise Refusal("projects.hardship_above_all")
    _check_bounds(told, project.people_a_day)
    figure = Figure(
        town_id=project.town_id,
        project=project,
        by=actor.person,
        at=now(),
        **vars(told),
    )
    try:
        plan_of(project, figure, known[told.kind])
    except AppraisalError as error:
        raise Refusal("projects.figure_bad", field=error.field) from error
    fresh = vars(told) | {"by": actor.person, "at": figure.at}
    figure, _new = Figure.objects.update_or_create(
        project=project, defaults=fresh | {"town_id": project.town_id}
    )
    record(project, "projects.figure_told", actor=actor, **vars(told))
    return figure


def _check_bounds(told: Told, people: int | None) -> None:
    low, high = told.people_low, told.people_high
    if low is not None and high is not None and low > high:
        raise Refusal("projects.people_in_order")
    if people is not None and not (low or 0) <= people <= (high or people):
        raise Refusal("projects.people_outside", people=people)
    sums = (told.appearance, told.saved, told.worth or 0)
    if any(not 0 <= one <= MOST_FEN for one in sums):
        raise Refusal("projects.sum_absurd")


@transaction.atomic(durable=True)
def release_labels(
    cycle_id: int, *, number: str, decided_on: date, actor: Staff
) -> LabelRelease:
    """Let everybody read a round's labels, by a decision of the party committee."""
    cycle = lock_cycle(cycle_id)
    if not rules.may_release_labels(actor):
        raise NotAllowed("projects.not_yours")
    number = required(number, "projects.decision_missing")[:60]
    if decided_on > today():
        raise Refusal("projects.day_to_come")
    if LabelRelease.objects.filter(cycle=cycle).exists():
        raise Refusal("projects.labels_released_already")
    release = LabelRelease.objects.create(
        town_id=cycle.town_id,
        cycle=cycle,
        number=number,
        decided_on=decided_on,
        released_at=now(),
        released_by=actor.person,
    )
    record(cycle, "projects.labels_released", actor=actor, number=number)
    return release


@transaction.atomic(durable=True)
def change_usual(
    kind: str, numbers: dict[str, list[int]], *, source: str, actor: Staff
) -> Town:
    """Write down what is usual for a kind of thing here, with its source."""
    if not rules.may_change_usual(actor):
        raise NotAllowed("projects.not_yours")
    if kind not in REFERENCES:
        raise Refusal("projects.no_such_kind")
    source = required(source, "projects.source_missing")[:200]
    if any(not 0 <= low <= mid <= high for low, mid, high in numbers.values()):
        raise Refusal("projects.values_in_order")
    if not _within(numbers):
        raise Refusal("projects.values_absurd")
    town = _lock_town(actor)
    rule = usual.rule_of(town)
    own = dict(rule.get("references", {}))
    before = usual.numbers_of(usual.references_of(town)[kind])
    own[kind] = numbers | {"source": source}
    _keep(town, rule | {"references": own})
    moved = {name: [before[name], numbers[name]] for name in numbers}
    record(
        *(actor.person, "projects.usual_changed"),
        actor=actor,
        kind=kind,
        values={name: pair for name, pair in moved.items() if pair[0] != pair[1]},
    )
    return town


def _within(numbers: dict[str, list[int]]) -> bool:
    most = {"years": 100, "unkept": 100, "days": 366, "upkeep": 1000, "fades": 990}
    least = {"years": 1, "unkept": 1}
    return all(
        least.get(name, 0) <= part <= most.get(name, MOST_FEN)
        for name, parts in numbers.items()
        for part in parts
    )


@dataclass(frozen=True)
class Way:
    """How figures are made: rates and weight in thousandths; None counts all alike."""

    rate: int
    water_rate: int
    apart: bool
    weight: int | None


@transaction.atomic(durable=True)
def change_method(way: Way, *, actor: Staff) -> Town:
    """Say how the town's figures are made; every figure is made anew."""
    if not rules.may_change_usual(actor):
        raise NotAllowed("projects.not_yours")
    rates = (way.rate, way.water_rate)
    if any(not 0 <= one <= 200 for one in rates):
        raise Refusal("projects.rate_absurd")
    if way.weight is not None and not 1000 <= way.weight <= 10_000:
        raise Refusal("projects.weight_absurd")
    town = _lock_town(actor)
    before = usual.rule_of(town)
    _keep(town, before | vars(way))
    moved: dict[str, Any] = {
        name: (before.get(name), value)
        for name, value in vars(way).items()
        if before.get(name) != value
    }
    record(actor.person, "projects.method_changed", actor=actor, **moved)
    return town


def _lock_town(actor: Staff) -> Town:
    return Town.objects.select_for_update().get(pk=actor.town.pk)


def _keep(town: Town, rule: dict[str, Any]) -> None:
    town.rules[usual.RULE] = rule
    town.save(update_fields=["rules"])
    cache.delete(f"town:{town.code}")
