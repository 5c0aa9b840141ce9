"""Looking at assets: one with its grade, or many where nothing was found."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from luoshi.commitments.actions.base import required
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.upkeep import rules
from luoshi.upkeep.actions.due import close_within
from luoshi.upkeep.actions.register import lock_asset
from luoshi.upkeep.actions.repairs import Found, open_repair_within
from luoshi.upkeep.models import Asset, Inspection

MOST_AT_ONCE = 300


@dataclass(frozen=True)
class Seen:
    """What somebody saw: the grade, and a defect where there is one."""

    grade: int
    severity: str = ""
    words: str = ""


@transaction.atomic(durable=True)
def look_at_asset(
    asset_id: int, seen: Seen, *, actor: Staff, uploads: Iterable[UploadedFile] = ()
) -> Inspection:
    """Write down what one asset looks like; a defect is given to who keeps it up."""
    asset = lock_asset(asset_id)
    if not rules.may_look_at(actor, asset):
        raise NotAllowed("commitments.not_yours")
    if seen.grade not in range(1, 6):
        raise Refusal("upkeep.no_grade")
    if seen.severity:
        required(seen.words, "upkeep.say_what")
    before, asset.grade, asset.looked_on = asset.grade, seen.grade, today()
    asset.save(update_fields=["grade", "looked_on"])
    look = _look(asset, actor, seen.grade, found=bool(seen.severity))
    look.save(force_insert=True)
    close_within({asset.pk: asset}, [look])
    record(asset, "upkeep.looked", actor=actor, grade=seen.grade, before=before)
    if seen.severity:
        found = Found(asset, look, seen.severity, seen.words, tuple(uploads))
        open_repair_within(found, actor=actor)
    return look


@transaction.atomic(durable=True)
def find_nothing(asset_ids: Iterable[int], *, actor: Staff) -> int:
    """Close the rounds of many assets in which nothing was found; return how many.

    The grades stay. What this person looked at today already is not counted again.
    """
    if not rules.may_look(actor):
        raise NotAllowed("commitments.not_yours")
    ids = sorted(set(asset_ids))
    if not ids:
        raise Refusal("upkeep.none_chosen")
    if len(ids) > MOST_AT_ONCE:
        raise Refusal("upkeep.too_many", most=MOST_AT_ONCE)
    seen_today = Inspection.objects.filter(asset__in=ids, on=today(), by=actor.person)
    done = set(seen_today.values_list("asset_id", flat=True))
    rows = Asset.objects.select_for_update(of=("self",)).filter(
        pk__in=[pk for pk in ids if pk not in done], retired_on=None
    )
    assets = {one.pk: one for one in rows.order_by("pk")}
    looks = [_look(one, actor, None, found=False) for one in assets.values()]
    Inspection.objects.bulk_create(looks)
    for one in assets.values():
        one.looked_on = today()
    Asset.objects.filter(pk__in=assets).update(looked_on=today())
    close_within(assets, looks)
    if looks:
        record(actor.person, "upkeep.nothing_found", actor=actor, count=len(looks))
    return len(looks)


def _look(asset: Asset, actor: Staff, grade: int | None, *, found: bool) -> Inspection:
    return Inspection(
        town_id=asset.town_id,
        asset=asset,
        on=today(),
        at=now(),
        by=actor.person,
        grade=grade,
        found=found,
    )
