"""The demo town's plan of upkeep: approved in spring, most of the year's works done.

Computed by the real engine from the register, changed by hand, approved, given out,
contracted, paid; one job's day slipped, and one facility's works moved to next year.
"""

from datetime import datetime, timedelta
from typing import Any

from luoshi.commitments import actions
from luoshi.commitments.models import Commitment
from luoshi.core.clock import at, today
from luoshi.core.staff import staff_of_person
from luoshi.demo.history import Cast
from luoshi.demo.upkeep_words import DONE, MOVED, PAID, SLIPPED
from luoshi.upkeep.actions import (
    PlanTold,
    approve_plan,
    change_plan,
    note_contract,
    note_payment,
    set_up_plan,
)
from luoshi.upkeep.models import Job, PlannedWork, UpkeepPlan
from luoshi.upkeep.plans.changing import Standing
from luoshi.upkeep.plans.computing import compute_plans

# 10,000 yuan of each year, a little more from year to year.
MONEY = (240, 240, 250, 250, 260, 260, 270, 270, 280, 280)
WAN = 1_000_000
BEGUN_DAYS = 200
OPEN = 4
# Of a hundred yuan planned, so many are contracted.
CONTRACTED = 97


def plan_upkeep(cast: Cast, end: datetime) -> None:
    """Make the plan in spring, and let the year go by."""
    office = staff_of_person(cast.staff["村镇建设办"])
    leader = staff_of_person(cast.staff["leader"])
    begun = end - timedelta(days=BEGUN_DAYS)
    until = (end + timedelta(days=24)).date()
    with at(begun):
        budgets = tuple(one * WAN for one in MONEY)
        set_up_plan(PlanTold(today().year, budgets, 60), actor=office)
        plan = compute_plans(cast.town)[0]
    with at(begun + timedelta(days=6)):
        approve_plan(plan.pk, until=until, actor=leader, version=plan.version)
    jobs = list(Job.objects.filter(plan=plan).order_by("pk"))
    for place, job in enumerate(jobs):
        _work_on(cast, end, job, place, done=place < len(jobs) - OPEN)
    _slip(end, jobs[-1])
    _move(office, end, plan)


def _work_on(cast: Cast, end: datetime, job: Job, place: int, *, done: bool) -> None:
    """Take it, contract it, do it, pay it; what is not done is half paid."""
    matter = Commitment.objects.get(cases=job.case)
    owner = staff_of_person(matter.owner)
    desk = staff_of_person(cast.staff["dispatcher"])
    first = end - timedelta(days=BEGUN_DAYS - 8 - place % 20)
    planned = sum(job.works.values_list("cost_fen", flat=True))
    contracted = max(100, planned * CONTRACTED // 10_000 * 100)
    with at(first):
        actions.take_commitment(matter.pk, actor=owner)
        note_contract(job.pk, contracted, actor=desk)
    when = first + timedelta(days=40 + 3 * (place % 40))
    if not done:
        _pay(desk, when, job, contracted // 200 * 100)
        return
    with at(when):
        actions.submit_commitment(matter.pk, words=DONE[job.treatment], actor=owner)
    with at(when + timedelta(hours=20)):
        actions.accept_commitment(
            matter.pk, actor=staff_of_person(cast.staff["leader"])
        )
    _pay(desk, when + timedelta(days=5), job, contracted)


def _pay(desk: Any, when: datetime, job: Job, amount: int) -> None:
    with at(when):
        note_payment(job.pk, amount, on=today(), actor=desk, words=PAID)


def _slip(end: datetime, job: Job) -> None:
    """Let the last job's owner move its day, and say why."""
    matter = Commitment.objects.get(cases=job.case)
    with at(end - timedelta(days=3)):
        actions.extend_commitment(
            matter.pk, amount=40, reason=SLIPPED, actor=staff_of_person(matter.owner)
        )


def _move(office: Any, end: datetime, plan: UpkeepPlan) -> None:
    """Move one facility's works of next year to a later one that has room for them."""
    plan.refresh_from_db()
    standing = Standing.of(plan)
    works = PlannedWork.objects.filter(plan=plan, year=plan.first_year + 1)
    with at(end - timedelta(days=8)):
        for work in works.exclude(treatment="routine").order_by("cost_fen", "pk"):
            for effect in standing.alone(work.asset_id).choices(work.year):
                later = (effect.change.into or 0) > work.year
                if later and not effect.over and not effect.falls:
                    change_plan(
                        plan.pk,
                        effect.change,
                        actor=office,
                        version=plan.version,
                        why=MOVED,
                    )
                    return
