"""Computes a plan in a process that can be ended: claimed, computed, stored."""

import subprocess
import sys
from dataclasses import asdict
from datetime import timedelta
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import Q

from luoshi.core.clock import now
from luoshi.core.models import Town
from luoshi.engines.planning import (
    Plan,
    PlanningError,
    Reasons,
    plan,
    put_off,
    side_by_side,
)
from luoshi.upkeep.models import PlannedWork, UpkeepPlan
from luoshi.upkeep.plans.frozen import freeze, instance_of

# A process that says nothing for so long is gone: another may begin.
SILENT = timedelta(minutes=15)
BATCH = 1000
NOTHING_TO_PLAN, NO_ROOM, REFUSED = "nothing", "no_room", "refused"


def compute_plans(town: Town) -> list[UpkeepPlan]:
    """Compute the plans that wait for it; others' work is left alone."""
    waiting = UpkeepPlan.objects.filter(town=town, state=UpkeepPlan.State.COMPUTING)
    claimed = [claim(pk) for pk in waiting.order_by("pk").values_list("pk", flat=True)]
    return [compute(one) for one in claimed if one is not None]


@transaction.atomic(durable=True)
def claim(plan_id: int) -> UpkeepPlan | None:
    """Begin with a plan; None where another process is at it."""
    free = Q(begun_at=None) | Q(begun_at__lt=now() - SILENT)
    waiting = UpkeepPlan.objects.filter(
        free, pk=plan_id, state=UpkeepPlan.State.COMPUTING
    )
    if not waiting.update(begun_at=now()):
        return None
    return UpkeepPlan.objects.get(pk=plan_id)


def compute(row: UpkeepPlan) -> UpkeepPlan:
    """Compute a plan that was claimed, and keep it; what cannot be planned says so."""
    begun = monotonic()
    row.frozen = freeze(row.first_year)
    if not row.frozen["assets"]:
        return _fail(row, NOTHING_TO_PLAN)
    try:
        made = plan(instance_of(row))
    except PlanningError:
        return _fail(row, REFUSED)
    if made.course.overdrawn or made.course.unmet:
        return _fail(row, NO_ROOM)
    told = _told(made)
    told["seconds"] = round(monotonic() - begun, 1)
    return _store(row, made, told)


def _told(made: Plan) -> dict[str, Any]:
    """Return the proof, the prices, the reasons and the what-ifs of a plan."""
    instance = made.course.instance
    reasons, waits = Reasons(made), put_off(made)
    why = {}
    for at, pk in enumerate(instance.ids):
        one = reasons.why(at)
        why[pk] = [one.code, one.year, one.loses, one.money]
    return {
        "value": made.value,
        "bound": made.bound,
        "prices": list(made.prices),
        "why": why,
        "put_off": {"loses": waits.loses, "money": waits.money},
        "outlooks": {
            name: asdict(one)
            for name, one in side_by_side(made).items()
            if name != "plan"
        },
    }


@transaction.atomic(durable=True)
def _store(row: UpkeepPlan, made: Plan, told: dict[str, Any]) -> UpkeepPlan:
    row.told, row.state, row.made_at = told, UpkeepPlan.State.READY, now()
    row.begun_at = None
    stored = UpkeepPlan.objects.filter(pk=row.pk, state=UpkeepPlan.State.COMPUTING)
    fields = ("told", "frozen", "state", "made_at", "begun_at")
    if not stored.update(**{name: getattr(row, name) for name in fields}):
        # Replaced meanwhile by a newer one.
        return row
    PlannedWork.objects.bulk_create(
        (
            PlannedWork(
                town_id=row.town_id,
                plan=row,
                asset_id=int(one.asset),
                year=row.first_year + one.year,
                treatment=one.treatment,
                cost_fen=one.cost,
            )
            for one in made.works
        ),
        batch_size=BATCH,
    )
    return row


@transaction.atomic(durable=True)
def _fail(row: UpkeepPlan, code: str) -> UpkeepPlan:
    row.state, row.failure, row.begun_at = UpkeepPlan.State.FAILED, code, None
    row.save(update_fields=["state", "failure", "begun_at"])
    return row


def start_computing(town: Town) -> None:
    """Begin in a process that can be ended; a second one sees that one is at it."""
    subprocess.Popen(
        [
            *(sys.executable, "-m", "luoshi.cli.main", "plan-upkeep"),
            *("--town", town.code),
        ],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
