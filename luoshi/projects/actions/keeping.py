"""What was built goes into the register of upkeep, and out again with it."""

from dataclasses import dataclass

from django.db import transaction

from luoshi.commitments.actions.base import people_of, required
from luoshi.core.actors import Staff
from luoshi.core.notices import Reach
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.projects import gates, rules
from luoshi.projects.actions.base import lock_project, move_project, tell_people
from luoshi.projects.models import Kept, Money, Project, Word
from luoshi.projects.models.projects import State
from luoshi.projects.money import sum_of
from luoshi.upkeep.actions import (
    AssetTold,
    enter_built_within,
    lock_asset,
    return_within,
    withdraw_within,
)
from luoshi.upkeep.models import AssetKind


@dataclass(frozen=True)
class Standing:
    """What stands there now: its kind, and its metres or pieces; or nothing does."""

    kind: AssetKind | None = None
    amount: int | None = None


@transaction.atomic(savepoint=False)
def enter_within(project: Project, standing: Standing, actor: Staff) -> None:
    """Let a finished project stand in the register with its owner and yearly cost.

    The same project keeps the same facility, however often it is finished.
    """
    missing = gates.of_upkeep(project)
    if missing:
        raise Refusal("projects.gate_shut", missing=" ".join(missing))
    if standing.kind is None:
        if project.upkeep_yearly:
            raise Refusal("projects.kind_missing")
        return
    told = _told(project, standing)
    kept = Kept.objects.filter(project=project).first()
    if kept is not None:
        return_within(lock_asset(kept.asset_id), told, actor=actor)
    else:
        asset = enter_built_within(told, actor=actor)
        Kept.objects.create(town_id=project.town_id, project=project, asset=asset)
    assert project.upkeep_owner is not None
    keepers = people_of(project.upkeep_owner.pk)
    tell_people(
        project, "projects.yours_to_keep", keepers, reach=Reach.OWN, actor=actor
    )


def _told(project: Project, standing: Standing) -> AssetTold:
    facts = {
        "kind": standing.kind,
        "name": project.title,
        "village": project.village,
        "amount": standing.amount,
        "built_year": project.done_on.year if project.done_on else None,
        "project": project.title,
        "people_served": project.people_a_day,
        "keeper": project.upkeep_owner,
        "replacement_fen": sum_of(project, Money.Kind.PAID) or project.approved_cost,
        "yearly_fen": project.upkeep_yearly,
    }
    return AssetTold(facts)


@transaction.atomic(durable=True)
def keep_up(project_id: int, standing: Standing, *, actor: Staff) -> Project:
    """Enter what was finished before projects went into the register by themselves."""
    project = lock_project(project_id)
    if not rules.may_enter_upkeep(actor, project):
        raise NotAllowed("projects.not_yours")
    if project.state != State.DONE:
        raise Refusal("projects.not_from_here", state=project.get_state_display())
    if standing.kind is None:
        raise Refusal("projects.kind_missing")
    enter_within(project, standing, actor)
    record(project, "projects.kept_up", actor=actor)
    return project


@transaction.atomic(durable=True)
def reopen(project_id: int, *, why: str, actor: Staff) -> Project:
    """Take back that it is there, until users have judged it; the register follows."""
    project = lock_project(project_id)
    if not rules.may_build(actor, project):
        raise NotAllowed("projects.not_yours")
    if was_judged(project):
        raise Refusal("projects.judged_already")
    why = required(why, "projects.why_missing")[:300]
    project.rechecks.all().delete()
    project.done_on = None
    move_project(project, "reopen", "done_on")
    kept = Kept.objects.filter(project=project).first()
    if kept is not None:
        withdraw_within(lock_asset(kept.asset_id), why=why, actor=actor)
    record(project, "projects.reopened", actor=actor, words=why)
    return project


def was_judged(project: Project) -> bool:
    """Tell whether a user said a word of it, or an asking ended."""
    said = Word.objects.filter(recheck__project=project)
    return said.exists() or project.rechecks.exclude(closed_on=None).exists()
