"""The town's own rules: when it mails, and how much is looked at again."""

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


@transaction.atomic(durable=True)
def change_rules(*, digest_at: time, shares: Mapping[str, int], actor: Staff) -> Town:
    """Change them from now on: what was drawn or mailed before stays as it is."""
    check_administrator(actor)
    if not all(0 <= share <= 100 for share in shares.values()):
        raise Refusal("commitments.share_of_hundred")
    town = Town.objects.select_for_update().get(pk=actor.town.pk)
    told: dict[str, Any] = {"digest_at": digest_at.isoformat("minutes"), **shares}
    before = rules_asked(town)
    changed: dict[str, Any] = {
        name: (before[name], value)
        for name, value in told.items()
        if before[name] != value
    }
    if not changed:
        return town
    samples = {**town.rules.get("samples", {}), **shares}
    town.rules = {**town.rules, "digest_at": told["digest_at"], "samples": samples}
    town.save(update_fields=["rules"])
    record(actor.person, "commitments.rules_changed", actor=actor, **changed)
    cache.delete(f"town:{town.code}")
    return town
