"""The town's own rules: when it mails, nights, and how much is looked at again."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django.core.cache import cache
from django.db import transaction

from luoshi.commitments.terms import rules_asked
from luoshi.core.actions import check_administrator
from luoshi.core.actors import Staff
from luoshi.core.models import Town
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record

# Minutes in which nobody on duty need have taken what is urgent, at most.
LONGEST_WAIT = 120


@transaction.atomic(durable=True)
def change_rules(
    *, digest_at: time, leader_after: int, shares: Mapping[str, int], actor: Staff
) -> Town:
    """Change them from now on: what was drawn or mailed before stays as it is."""
    check_administrator(actor)
    if not 1 <= leader_after <= LONGEST_WAIT:
        raise Refusal("commitments.minutes_of_leader", most=LONGEST_WAIT)
    if not all(0 <= share <= 100 for share in shares.values()):
        raise Refusal("commitments.share_of_hundred")
    town = Town.objects.select_for_update().get(pk=actor.town.pk)
    told: dict[str, Any] = {
        "digest_at": digest_at.isoformat("minutes"),
        "leader_after": leader_after,
        **shares,
    }
    before = rules_asked(town)
    changed: dict[str, Any] = {
        name: (before[name], value)
        for name, value in told.items()
        if before[name] != value
    }
    if not changed:
        return town
    samples = {**town.rules.get("samples", {}), **shares}
    own = {name: told[name] for name in ("digest_at", "leader_after")}
    town.rules = {**town.rules, **own, "samples": samples}
    town.save(update_fields=["rules"])
    record(actor.person, "commitments.rules_changed", actor=actor, **changed)
    cache.delete(f"town:{town.code}")
    return town
