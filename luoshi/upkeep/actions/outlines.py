"""The outlines of the town's villages, brought in from a map."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from luoshi.core.actors import Staff
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.upkeep import rules
from luoshi.upkeep.models import VillageOutline


@transaction.atomic(durable=True)
def bring_outlines(told: Mapping[int, dict[str, Any]], *, actor: Staff) -> int:
    """Keep the outlines of these villages, in place of earlier ones; return how many.

    Villages that are not told of keep theirs; the same map twice changes nothing.
    """
    if not rules.may_edit_kinds(actor):
        raise NotAllowed("commitments.not_yours")
    if not told:
        raise Refusal("core.nothing_to_bring")
    rows = VillageOutline.objects.select_for_update(of=("self",)).order_by("pk")
    known = {one.village_id: one for one in rows.filter(village__in=told)}
    changed = 0
    for village_id in sorted(told):
        outline = known.get(village_id)
        if outline is not None and outline.geometry == told[village_id]:
            continue
        changed += 1
        VillageOutline.objects.update_or_create(
            village_id=village_id,
            defaults={"town": actor.town, "geometry": told[village_id]},
        )
    if changed:
        record(actor.person, "upkeep.outlines_brought", actor=actor, count=changed)
    return changed
