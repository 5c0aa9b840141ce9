"""Putting into use what was learnt for the dispatch desk."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from luoshi.cases.models import RoutingRun
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.models import Town, TrailEntry
from luoshi.core.trail import record

MONTH = timedelta(days=30)


@transaction.atomic(durable=True)
def use_routers(
    town: Town, *, decisions: int, routers: dict[str, dict[str, Any]], actor: Actor
) -> RoutingRun:
    """Say which routers the desk asks from now on, and how good they were."""
    sent = TrailEntry.objects.filter(
        code__startswith="commitments.dispatched", at__gte=now() - MONTH
    )
    run = RoutingRun(
        town=town,
        at=now(),
        decisions=decisions,
        proposed=sent.filter(data__has_key="as_proposed").count(),
        as_proposed=sent.filter(data__as_proposed=True).count(),
        routers=routers,
    )
    run.save(force_insert=True)
    record(
        run,
        "cases.suggestions_learnt" if routers else "cases.suggestions_from_names",
        actor=actor,
        decisions=decisions,
    )
    return run
