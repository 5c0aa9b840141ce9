"""Building: begun when nothing is missing, its steps owed, its money in bounds."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from luoshi.cases.actions import Own, open_own_within
from luoshi.cases.models import Case
from luoshi.commitments.actions.base import (
    people_of,
    people_with,
    receiver_in,
    required,
    tell,
)
from luoshi.commitments.models import Kind
from luoshi.commitments.models import State as Owed
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.models import Organisation, Person
from luoshi.core.notices import Reach
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.roles import CONGRESS
from luoshi.core.trail import record
from luoshi.pledges.terms import months_later
from luoshi.projects import gates, rules
from luoshi.projects.actions.base import (
    MOST_FEN,
    check_money,
    lock_project,
    move_project,
    tell_people,
)
from luoshi.projects.actions.keeping import Standing, enter_within
from luoshi.projects.actions.proposals import check_public
from luoshi.projects.models import (
    Change,
    Cycle,
    Milestone,
    Money,
    Project,
    Recheck,
    Stage,
)
from luoshi.projects.models.judging import MONTHS
from luoshi.projects.models.projects import State
from luoshi.projects.money import sum_of

NOTHING = Standing()
BUILT_IN = (Stage.Name.DECIDE, Stage.Name.BUILD, Stage.Name.JUDGE)


def _mine(project_id: int, actor: Staff, *states: str) -> Project:
    project = lock_project(project_id)
    if not rules.may_build(actor, project):
        raise NotAllowed("projects.not_yours")
    if project.state not in states:
        raise Refusal("projects.not_from_here", state=project.get_state_display())
    return project


@transaction.atomic(durable=True)
def begin_building(project_id: int, *, actor: Staff) -> Project:
    """Begin: who keeps it up and for how much is named, and villagers agreed to pay."""
    project = _mine(project_id, actor, State.CHOSEN)
    missing = gates.before_building(project)
    if missing:
        raise Refusal("projects.gate_shut", missing=" ".join(missing))
    if project.cycle.stage not in BUILT_IN:
        raise Refusal("projects.not_building")
    move_project(project, "begin")
    record(project, "projects.begun", actor=actor)
    return project


@dataclass(frozen=True)
class Owing:
    """One step of building: what will be there, by which day, by which office."""

    title: str
    words: str
    until: date
    organisation_id: int


@transaction.atomic(durable=True)
def add_milestone(project_id: int, owing: Owing, *, actor: Staff) -> Milestone:
    """Owe one step of building, like everything that the town promises."""
    project = _mine(project_id, actor, State.CHOSEN, State.BUILDING)
    office = Organisation.objects.get(pk=owing.organisation_id)
    own = Own(
        kind=Kind.MILESTONE,
        channel=Case.Channel.PROJECT,
        title=f"{project.title}：{required(owing.title, 'projects.title_missing')}"[
            :120
        ],
        words=owing.words,
        organisation=office,
        person=receiver_in(office),
        until=owing.until,
        village=project.village,
    )
    commitment = open_own_within(own, actor=actor)
    milestone = Milestone.objects.create(
        town_id=project.town_id, project=project, commitment=commitment
    )
    record(project, "projects.milestone", actor=actor, number=commitment.number)
    tell(commitment, "projects.milestone_given", commitment.owner, actor=actor)
    return milestone


@dataclass(frozen=True)
class Line:
    """An amount of money: contracted or paid, when, what for."""

    kind: str
    amount: int
    words: str
    on: date


@transaction.atomic(durable=True)
def note_money(project_id: int, line: Line, *, actor: Staff) -> Money:
    """Write an amount down; no more than was decided, no more paid than contracted."""
    project = _mine(project_id, actor, State.BUILDING, State.DONE)
    if line.amount == 0 or abs(line.amount) > MOST_FEN:
        raise Refusal("projects.sum_absurd")
    if line.on > today():
        raise Refusal("projects.day_to_come")
    if project.changes.filter(state=Change.State.WAITING).exists() and line.amount > 0:
        raise Refusal("projects.change_waits")
    after = sum_of(project, line.kind) + line.amount
    if after < 0:
        raise Refusal("projects.sum_below")
    if line.kind == Money.Kind.PAID:
        if after > sum_of(project, Money.Kind.CONTRACTED):
            raise Refusal("projects.paid_more")
    elif after > (project.approved_cost or 0):
        raise Refusal("projects.contracted_more")
    elif after < sum_of(project, Money.Kind.PAID):
        raise Refusal("projects.paid_more")
    money = Money.objects.create(
        town_id=project.town_id,
        project=project,
        kind=line.kind,
        amount=line.amount,
        words=required(line.words, "projects.title_missing")[:120],
        on=line.on,
        by=actor.person,
    )
    record(
        project,
        f"projects.money_{line.kind}",
        actor=actor,
        yuan=f"{line.amount / 100:,.2f}",
        amount=line.amount,
    )
    return money


def _deciders(project: Project) -> list[Person]:
    """Return whom a change goes back to."""
    village = project.cycle.village
    if project.cycle.decider == Cycle.Decider.CONGRESS or village is None:
        return people_with(CONGRESS)
    offices = village.committees.values_list("pk", flat=True)
    return [person for office in offices for person in people_of(office)]


@transaction.atomic(durable=True)
def ask_change(
    project_id: int, *, cost: int, scope: bool, why: str, actor: Staff
) -> Change:
    """Change the cost, or what is built; over 10 % whoever decided decides anew."""
    project = _mine(project_id, actor, State.CHOSEN, State.BUILDING)
    check_money(cost)
    why = required(why, "projects.why_missing")[:300]
    check_public(why)
    before = project.approved_cost or 0
    if cost == before and not scope:
        raise Refusal("projects.changes_nothing")
    if project.changes.filter(state=Change.State.WAITING).exists():
        raise Refusal("projects.change_waits")
    if cost < sum_of(project, Money.Kind.CONTRACTED):
        raise Refusal("projects.contracted_more")
    waits = gates.needs_decision(project, cost, scope)
    change = Change.objects.create(
        town_id=project.town_id,
        project=project,
        scope=scope,
        cost_before=before,
        cost=cost,
        why=why,
        state=Change.State.WAITING if waits else Change.State.HOLDS,
        asked_at=now(),
        asked_by=actor.person,
    )
    record(project, "projects.change_asked", actor=actor, cost=(before, cost))
    if waits:
        tell_people(
            project,
            "projects.change_waits",
            _deciders(project),
            # Several may write the one decision down: the group need not hear of each.
            reach=Reach.OWN,
            actor=actor,
        )
    else:
        project.approved_cost = cost
        project.save(update_fields=["approved_cost"])
    return change


@dataclass(frozen=True)
class Again:
    """What whoever decided before decided now."""

    agreed: bool
    number: str
    decided_on: date
    words: str


@transaction.atomic(durable=True)
def decide_change(project_id: int, again: Again, *, actor: Staff) -> Change:
    """Write the new decision down, with the number under which it was published."""
    project = lock_project(project_id)
    if not rules.may_decide_change(actor, project):
        raise NotAllowed("projects.not_yours")
    change = project.changes.filter(state=Change.State.WAITING).first()
    if change is None:
        raise Refusal("projects.no_change_waits")
    if again.decided_on > today():
        raise Refusal("projects.day_to_come")
    change.state = Change.State.HOLDS if again.agreed else Change.State.REFUSED
    change.decision_number = required(again.number, "projects.number_missing")[:60]
    change.decided_on = again.decided_on
    change.decided_words = required(again.words, "projects.words_missing")[:300]
    check_public(change.decided_words)
    change.save(
        update_fields=["state", "decision_number", "decided_on", "decided_words"]
    )
    if again.agreed:
        project.approved_cost = project.decided_cost = change.cost
        project.save(update_fields=["approved_cost", "decided_cost"])
    code = "projects.change_agreed" if again.agreed else "projects.change_refused"
    record(project, code, actor=actor, number=change.decision_number)
    asked_by = [change.asked_by]
    tell_people(project, code, asked_by, reach=Reach.EVERYWHERE, actor=actor)
    return change


@transaction.atomic(durable=True)
def complete(
    project_id: int, *, done_on: date, standing: Standing = NOTHING, actor: Staff
) -> Project:
    """Say that it is there: its upkeep begins, and its users judge it four times."""
    project = _mine(project_id, actor, State.BUILDING)
    if done_on > today():
        raise Refusal("projects.day_to_come")
    if project.changes.filter(state=Change.State.WAITING).exists():
        raise Refusal("projects.change_waits")
    steps = project.milestones.select_related("commitment")
    if not steps or steps.exclude(commitment__state=Owed.CLOSED).exists():
        raise Refusal("projects.steps_open")
    project.done_on = done_on
    move_project(project, "complete", "done_on")
    Recheck.objects.bulk_create(
        Recheck(
            town_id=project.town_id,
            project=project,
            months=months,
            due_on=months_later(done_on, months),
        )
        for months in MONTHS
    )
    enter_within(project, standing, actor)
    record(project, "projects.completed", actor=actor, done_on=done_on)
    return project


@transaction.atomic(durable=True)
def stop_project(project_id: int, *, again: Again, actor: Staff) -> Project:
    """Stop a project by a new decision of whoever decided."""
    project = lock_project(project_id)
    if not rules.may_decide_change(actor, project):
        raise NotAllowed("projects.not_yours")
    if project.milestones.exclude(commitment__state=Owed.CLOSED).exists():
        raise Refusal("projects.steps_open")
    project.ended_why = required(again.words, "projects.words_missing")[:300]
    check_public(project.ended_why)
    number = required(again.number, "projects.number_missing")[:60]
    move_project(project, "stop", "ended_why")
    record(project, "projects.stopped", actor=actor, number=number)
    return project
