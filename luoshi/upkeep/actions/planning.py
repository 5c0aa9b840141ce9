"""A plan is set up, changed by hand, approved, and its years begun."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from luoshi.commitments.actions.base import people_with, required
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.models import Town
from luoshi.core.notices import Reach, leave_notices
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.roles import LEADER
from luoshi.core.trail import record
from luoshi.upkeep import rules
from luoshi.upkeep.actions.jobs import order_within
from luoshi.upkeep.models import (
    Asset,
    AssetKind,
    KindCare,
    PlannedWork,
    Treatment,
    UpkeepPlan,
)
from luoshi.upkeep.models.plans import MOST_FEN
from luoshi.upkeep.plans.changing import Change, Effect, Standing, limits_broken

YEARS = (5, 15)
MOST_RATE = 200
MOST_HARDSHIP = 500
State = UpkeepPlan.State


@dataclass(frozen=True)
class PlanTold:
    """What is planned: from which year, with what money, by which rules."""

    first_year: int
    budgets: tuple[int, ...]
    rate: int
    limits: tuple[dict[str, Any], ...] = ()
    hardship: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class CareTold:
    """What an administrator writes of a kind's works."""

    life_years: int
    routine_fen: int
    light_fen: int
    heavy_fen: int
    renewal_fen: int
    showy: int
    source: str


@transaction.atomic(durable=True)
def write_care(kind_id: int, told: CareTold, *, actor: Staff) -> KindCare:
    """Write down what works on a kind cost here; a plan made before keeps its own."""
    if not rules.may_edit_kinds(actor):
        raise NotAllowed("commitments.not_yours")
    kind = AssetKind.objects.select_for_update().get(pk=kind_id)
    required(told.source, "upkeep.source_missing")
    prices = (told.routine_fen, told.light_fen, told.heavy_fen, told.renewal_fen)
    if list(prices) != sorted(prices) or prices[0] < 1:
        raise Refusal("upkeep.prices_rise")
    care, _made = KindCare.objects.update_or_create(
        kind=kind, defaults={"town_id": kind.town_id, **asdict(told)}
    )
    record(kind, "upkeep.care_written", actor=actor, name=kind.name)
    return care


@transaction.atomic(durable=True)
def set_up_plan(told: PlanTold, *, actor: Staff) -> UpkeepPlan:
    """Set a plan up, to be computed; what waited for approval before is replaced."""
    if not rules.may_plan(actor):
        raise NotAllowed("commitments.not_yours")
    _check(told)
    Town.objects.select_for_update().get(pk=actor.town.pk)
    open_states = (State.COMPUTING, State.READY, State.FAILED)
    UpkeepPlan.objects.filter(state__in=open_states).update(state=State.REPLACED)
    plan = UpkeepPlan.objects.create(
        town=actor.town,
        first_year=told.first_year,
        budgets=list(told.budgets),
        rate=told.rate,
        limits=list(told.limits),
        hardship={str(pk): share for pk, share in told.hardship},
        set_up_by=actor.person,
        set_up_at=now(),
    )
    record(
        plan,
        "upkeep.plan_set_up",
        actor=actor,
        first=plan.first_year,
        last=plan.last_year,
    )
    return plan


def _check(told: PlanTold) -> None:
    if not YEARS[0] <= len(told.budgets) <= YEARS[1]:
        raise Refusal("upkeep.plan_years", least=YEARS[0], most=YEARS[1])
    if not today().year <= told.first_year <= today().year + 2:
        raise Refusal("upkeep.plan_begins")
    if any(not 0 <= one <= MOST_FEN for one in told.budgets) or not sum(told.budgets):
        raise Refusal("upkeep.plan_no_money")
    if not 0 <= told.rate <= MOST_RATE:
        raise Refusal("upkeep.plan_rate", most=MOST_RATE // 10)
    if any(not 0 <= share <= MOST_HARDSHIP for _pk, share in told.hardship):
        raise Refusal("upkeep.plan_hardship", most=MOST_HARDSHIP)


def lock_plan(plan_id: int, version: int | None = None) -> UpkeepPlan:
    """Lock a plan for a change; refuse where somebody changed it meanwhile."""
    plan = UpkeepPlan.objects.select_for_update(of=("self",)).get(pk=plan_id)
    if version is not None and plan.version != version:
        raise Refusal("upkeep.plan_changed_meanwhile")
    return plan


@transaction.atomic(durable=True)
def change_plan(
    plan_id: int, change: Change, *, actor: Staff, version: int, why: str = ""
) -> Effect:
    """Change one facility's works by hand; nothing goes over a year's money.

    What was approved is promised: it is only moved, and with a reason.
    """
    plan = lock_plan(plan_id, version)
    if not rules.may_change_plan(actor, plan):
        raise NotAllowed("commitments.not_yours")
    rows = {
        one.year: one
        for one in PlannedWork.objects.filter(plan=plan, asset=change.asset_id)
    }
    _check_change(plan, change, rows, why)
    standing = Standing.of(plan)
    if change.asset_id not in standing.place:
        raise Refusal("upkeep.not_in_plan")
    effect = standing.alone(change.asset_id).try_out(change)
    _check_effect(effect, standing, {year for year, one in rows.items() if one.job_id})
    _write(plan, effect, rows, why)
    plan.version += 1
    plan.save(update_fields=["version"])
    asset = Asset.objects.get(pk=change.asset_id)
    record(
        plan,
        "upkeep.plan_changed",
        actor=actor,
        words=why,
        asset=asset.name,
        treatment=change.treatment,
        out_of=change.out_of,
        into=change.into,
    )
    return effect


def _check_change(
    plan: UpkeepPlan, change: Change, rows: dict[int, PlannedWork], why: str
) -> None:
    if change.treatment not in Treatment or (change.out_of, change.into) == (
        None,
        None,
    ):
        raise Refusal("upkeep.no_change")
    for year in (change.out_of, change.into):
        if year is not None and year not in plan.years:
            raise Refusal("upkeep.no_such_year")
    if change.out_of is not None:
        gone = rows.get(change.out_of)
        if gone is None or gone.treatment != change.treatment:
            raise Refusal("upkeep.plan_changed_meanwhile")
        if gone.job_id:
            raise Refusal("upkeep.ordered_already")
    there = rows.get(change.into) if change.into is not None else None
    if there is not None and there.treatment != Treatment.ROUTINE:
        raise Refusal("upkeep.year_taken")
    if there is not None and there.job_id:
        raise Refusal("upkeep.ordered_already")
    if plan.state == State.APPROVED:
        if change.out_of is None or change.into is None:
            raise Refusal("upkeep.only_moved")
        if change.into < today().year:
            raise Refusal("upkeep.no_such_year")
        required(why, "upkeep.why_moved")


def _check_effect(effect: Effect, standing: Standing, ordered: set[int]) -> None:
    if not effect.suits:
        raise Refusal("upkeep.unsuited")
    if effect.over:
        year, missing = min(effect.over.items())
        raise Refusal("upkeep.over_budget", year=year, missing=missing // 100)
    if ordered & set(effect.falls):
        raise Refusal("upkeep.ordered_already")
    if limits_broken(standing, effect):
        raise Refusal("upkeep.limit_broken")


def _write(
    plan: UpkeepPlan, effect: Effect, rows: dict[int, PlannedWork], why: str
) -> None:
    """Bring a facility's rows to what the change leaves of them."""
    change, rows = effect.change, dict(rows)
    moved = rows.pop(change.out_of, None) if change.out_of is not None else None
    # Works take the place of what only held the condition for the year.
    if change.into is not None and (held := rows.pop(change.into, None)) is not None:
        held.delete()
    if moved is not None and change.into is not None:
        moved.year, moved.by_hand = change.into, True
        if plan.state == State.APPROVED:
            moved.moved_why = why.strip()[:200]
        moved.save(update_fields=["year", "by_hand", "moved_why"])
        rows[change.into] = moved
    elif moved is not None:
        moved.delete()
    elif change.into is not None:
        code, cost = effect.costs[change.into]
        rows[change.into] = PlannedWork.objects.create(
            town_id=plan.town_id,
            plan=plan,
            asset_id=change.asset_id,
            year=change.into,
            treatment=code,
            cost_fen=cost,
            by_hand=True,
        )
    for year, row in rows.items():
        if year not in effect.costs:
            row.delete()
        elif row.cost_fen != effect.costs[year][1] and not row.job_id:
            row.cost_fen = effect.costs[year][1]
            row.save(update_fields=["cost_fen"])


@transaction.atomic(durable=True)
def approve_plan(
    plan_id: int, *, until: date | None, actor: Staff, version: int
) -> UpkeepPlan:
    """Approve a plan: its years are promised, and the first year's works are given out.

    Jobs of the plan that held before go on.
    """
    plan = lock_plan(plan_id, version)
    if not rules.may_approve_plan(actor, plan):
        raise NotAllowed("commitments.not_yours")
    if plan.state != State.READY:
        raise Refusal("upkeep.plan_not_ready")
    UpkeepPlan.objects.filter(state=State.APPROVED).update(state=State.REPLACED)
    plan.state, plan.approved_at, plan.approved_by = State.APPROVED, now(), actor.person
    plan.version += 1
    plan.save(update_fields=["state", "approved_at", "approved_by", "version"])
    works = PlannedWork.objects.filter(plan=plan)
    for year in plan.years:
        works.filter(year=year).update(promised_year=year)
    jobs = order_within(plan, plan.first_year, until, actor=actor)
    record(
        plan,
        "upkeep.plan_approved",
        actor=actor,
        first=plan.first_year,
        last=plan.last_year,
        jobs=len(jobs),
    )
    told = {one.pk: one for one in (plan.set_up_by, *people_with(LEADER))}
    told.pop(actor.person.pk, None)
    leave_notices(
        plan,
        "upkeep.plan_approved",
        told.values(),
        reach=Reach.OWN,
        first=plan.first_year,
        last=plan.last_year,
    )
    return plan


@transaction.atomic(durable=True)
def begin_year(
    plan_id: int, *, year: int, until: date | None, actor: Staff, version: int
) -> int:
    """Give out the works of a later year of the plan that holds."""
    plan = lock_plan(plan_id, version)
    if not rules.may_begin_year(actor, plan):
        raise NotAllowed("commitments.not_yours")
    if year not in plan.years or year > today().year + 1:
        raise Refusal("upkeep.no_such_year")
    jobs = order_within(plan, year, until, actor=actor)
    if not jobs:
        raise Refusal("upkeep.nothing_to_order", year=year)
    plan.version += 1
    plan.save(update_fields=["version"])
    record(plan, "upkeep.year_begun", actor=actor, year=year, jobs=len(jobs))
    return len(jobs)
