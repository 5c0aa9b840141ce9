"""Writing assets into the register, changing them and taking them out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from luoshi.cases.codes import fresh_code
from luoshi.commitments.actions.base import required
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.models import Town
from luoshi.core.numbers import next_number
from luoshi.core.refusals import Conflict, NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.upkeep import rules
from luoshi.upkeep.actions.due import plan_within
from luoshi.upkeep.models import Asset, Responsible

# Who answers for it: duty, name, position.
Named = tuple[str, str, str]


@dataclass(frozen=True)
class AssetTold:
    """What is written of an asset; what is not among the facts stays as it is."""

    facts: dict[str, Any]
    responsible: tuple[Named, ...] | None = None
    number: str = ""


@dataclass(frozen=True)
class Brought:
    """What came of a table or a map."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    # What is there and the table does not name: it stays.
    stayed: int = 0


@dataclass
class _Counts:
    added: list[Asset] = field(default_factory=list)
    changed: list[Asset] = field(default_factory=list)
    unchanged: int = 0


@transaction.atomic(durable=True)
def add_asset(told: AssetTold, *, actor: Staff) -> Asset:
    """Write one asset into the register and open its rounds."""
    if not rules.may_keep(actor):
        raise NotAllowed("commitments.not_yours")
    asset = _write_within(told, actor)
    record(asset, "upkeep.added", actor=actor, number=asset.number)
    return asset


@transaction.atomic(savepoint=False)
def enter_built_within(told: AssetTold, *, actor: Staff) -> Asset:
    """Write down what was built; that somebody may say so was judged where it was."""
    asset = _write_within(told, actor)
    record(asset, "upkeep.built", actor=actor, number=asset.number)
    return asset


def _write_within(told: AssetTold, actor: Staff) -> Asset:
    number = told.number.strip() or _next_number(actor.town)
    if Asset.objects.filter(number=number).exists():
        raise Refusal("upkeep.number_taken", number=number)
    asset = _fresh(actor.town, number, told)
    asset.save(force_insert=True)
    _name(asset, told)
    plan_within([asset])
    return asset


@transaction.atomic(durable=True)
def change_asset(
    asset_id: int, told: AssetTold, *, version: int, actor: Staff
) -> Asset:
    """Change what is written; `Conflict` if somebody changed it meanwhile."""
    asset = lock_asset(asset_id)
    if not rules.may_change(actor, asset):
        raise NotAllowed("commitments.not_yours")
    if asset.version != version:
        raise Conflict("upkeep.changed_meanwhile")
    changed = _change(asset, told, actor)
    if changed:
        plan_within([asset])
    return asset


@transaction.atomic(durable=True)
def retire_asset(asset_id: int, *, why: str, actor: Staff) -> Asset:
    """Take an asset out with the reason; what was seen of it stays to be read."""
    asset = lock_asset(asset_id)
    if not rules.may_change(actor, asset):
        raise NotAllowed("commitments.not_yours")
    withdraw_within(asset, why=why, actor=actor)
    return asset


@transaction.atomic(savepoint=False)
def withdraw_within(asset: Asset, *, why: str, actor: Staff) -> None:
    """Take a locked asset out; nothing if it is out already."""
    if asset.retired_on is not None:
        return
    asset.retired_why = required(why, "commitments.reason_missing")[:200]
    asset.retired_on = today()
    _keep_standing(asset)
    record(asset, "upkeep.retired", actor=actor, words=asset.retired_why)


@transaction.atomic(savepoint=False)
def return_within(asset: Asset, told: AssetTold, *, actor: Staff) -> None:
    """Let a locked asset stand again under its number, with its plate and its past."""
    if asset.retired_on is not None:
        asset.retired_on, asset.retired_why = None, ""
        _keep_standing(asset)
        record(asset, "upkeep.returned", actor=actor)
    if _change(asset, told, actor):
        plan_within([asset])


def _keep_standing(asset: Asset) -> None:
    asset.version += 1
    asset.save(update_fields=["retired_why", "retired_on", "version"])
    plan_within([asset])


@transaction.atomic(durable=True)
def bring_assets(told: Iterable[AssetTold], *, actor: Staff) -> Brought:
    """Bring a table's assets in, by their numbers; the same table twice changes none.

    An empty cell says nothing: what was known before stays.
    """
    if not rules.may_keep(actor):
        raise NotAllowed("commitments.not_yours")
    every = list(told)
    if not every:
        raise Refusal("core.nothing_to_bring")
    # One table at a time: two would bring the same numbers.
    Town.objects.select_for_update().get(pk=actor.town.pk)
    rows = Asset.objects.select_related("kind", "village", "keeper")
    known = {one.number: one for one in rows.prefetch_related("responsible")}
    counts = _Counts()
    for one in every:
        _bring(one, known, counts, actor)
    plan_within([*counts.added, *counts.changed])
    return Brought(len(counts.added), len(counts.changed), counts.unchanged)


def _bring(
    told: AssetTold, known: dict[str, Asset], counts: _Counts, actor: Staff
) -> None:
    asset = known.get(told.number)
    if asset is None:
        asset = _fresh(actor.town, told.number, told)
        asset.save(force_insert=True)
        _name(asset, told)
        known[told.number] = asset
        counts.added.append(asset)
        record(asset, "upkeep.brought", actor=actor, number=asset.number)
    elif asset.retired_on is None and _change(asset, told, actor):
        counts.changed.append(asset)
    else:
        counts.unchanged += 1


def lock_asset(asset_id: int) -> Asset:
    """Return an asset under a row lock."""
    rows = Asset.objects.select_for_update(of=("self",)).select_related(
        "kind", "village", "keeper", "town"
    )
    return rows.get(pk=asset_id)


def _next_number(town: Town) -> str:
    """Return a number that no table brought in before."""
    while True:
        number = f"SS-{next_number(town.pk, 'asset'):04d}"
        if not Asset.objects.filter(number=number).exists():
            return number


def _fresh(town: Town, number: str, told: AssetTold) -> Asset:
    return Asset(
        town=town, number=number, code=fresh_code(), added_at=now(), **told.facts
    )


def _name(asset: Asset, told: AssetTold) -> None:
    Responsible.objects.bulk_create(
        Responsible(
            town_id=asset.town_id, asset=asset, duty=duty, name=name, position=position
        )
        for duty, name, position in told.responsible or ()
    )


def _change(asset: Asset, told: AssetTold, actor: Staff) -> bool:
    """Save what is told otherwise and write it down; tell whether anything was."""
    changed = [
        name for name, value in told.facts.items() if getattr(asset, name) != value
    ]
    before = {(one.duty, one.name, one.position) for one in asset.responsible.all()}
    renamed = told.responsible is not None and set(told.responsible) != before
    if not changed and not renamed:
        return False
    for name in changed:
        setattr(asset, name, told.facts[name])
    asset.version += 1
    asset.save(update_fields=[*changed, "version"])
    if renamed:
        asset.responsible.all().delete()
        _name(asset, told)
        changed.append("responsible")
    fields = sorted(name.removesuffix("_id") for name in changed)
    record(asset, "upkeep.changed", actor=actor, fields=fields)
    return True
