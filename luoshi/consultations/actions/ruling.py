"""The town's own ways to a decision: their days, steps and where these come from."""

from typing import Any

from django.core.cache import cache
from django.db import transaction

from luoshi.consultations.actions.preparing import lay_steps
from luoshi.consultations.models import Consultation
from luoshi.consultations.tracks import (
    DEFAULTS,
    LAW,
    MOST_DAYS,
    MOST_STEPS,
    MOST_WORKDAYS,
    RULE,
    Step,
    Track,
    track_of,
)
from luoshi.core.actions import check_administrator
from luoshi.core.actors import Staff
from luoshi.core.models import Town
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record


@transaction.atomic(durable=True)
def change_track(track: Track, *, actor: Staff) -> Town:
    """Let a way have other days and steps; what is open keeps those it began with."""
    check_administrator(actor)
    _check(track)
    town = Town.objects.select_for_update().get(pk=actor.town.pk)
    before = track_of(town, track.code)
    if before == track:
        raise Refusal("consultations.track_same")
    own = {
        "days": track.days,
        "most_days": track.most_days,
        "source": track.source,
        "steps": [vars(step) for step in track.steps],
    }
    _keep(town, {**town.rules.get(RULE, {}), track.code: own})
    _tell(town, before, actor)
    return town


@transaction.atomic(durable=True)
def restore_track(code: str, *, actor: Staff) -> Town:
    """Let a way be again as it came with Luoshi."""
    check_administrator(actor)
    town = Town.objects.select_for_update().get(pk=actor.town.pk)
    own = dict(town.rules.get(RULE, {}))
    if code not in own:
        raise Refusal("consultations.track_same")
    before = track_of(town, code)
    del own[code]
    _keep(town, own)
    _tell(town, before, actor)
    return town


def _check(track: Track) -> None:
    """Refuse what no town can mean, and less than the law asks."""
    if track.code not in DEFAULTS:
        raise Refusal("consultations.no_such_track")
    if not 1 <= track.days <= MOST_DAYS:
        raise Refusal("consultations.track_days", most=MOST_DAYS)
    if track.most_days is not None and not track.days <= track.most_days <= MOST_DAYS:
        raise Refusal("consultations.track_most")
    if not track.source:
        raise Refusal("consultations.track_source")
    _check_steps(track.steps)
    law = LAW.get(track.code)
    if law is None:
        return
    if track.days < law.days:
        raise Refusal("consultations.track_law_days", least=law.days)
    if max(step.workdays for step in track.steps) < law.workdays:
        raise Refusal("consultations.track_law_check", least=law.workdays)


def _check_steps(steps: tuple[Step, ...]) -> None:
    if not 1 <= len(steps) <= MOST_STEPS:
        raise Refusal("consultations.track_steps", most=MOST_STEPS)
    if len({step.name for step in steps}) < len(steps):
        raise Refusal("consultations.track_step_twice")
    if any(not 0 <= step.workdays <= MOST_WORKDAYS for step in steps):
        raise Refusal("consultations.track_workdays", most=MOST_WORKDAYS)


def _keep(town: Town, own: dict[str, Any]) -> None:
    town.rules[RULE] = own
    town.save(update_fields=["rules"])
    cache.delete(f"town:{town.code}")


def _tell(town: Town, before: Track, actor: Staff) -> None:
    """Give the new steps to what is still prepared, and write down what moved."""
    after = track_of(town, before.code)
    begun = Consultation.objects.filter(steps__done_on__isnull=False)
    drafts = Consultation.objects.filter(track=after.code, state="draft")
    for draft in drafts.exclude(pk__in=begun).select_for_update(of=("self",)):
        lay_steps(draft, after)
    record(
        town,
        "consultations.track_changed",
        actor=actor,
        track=after.code,
        days=(before.days, after.days),
        most_days=(before.most_days, after.most_days),
        steps=([step.name for step in before.steps], [s.name for s in after.steps]),
    )
