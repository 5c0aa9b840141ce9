"""What kinds of assets a town has, and when each is looked at."""

from dataclasses import asdict, dataclass

from django.db import transaction

from luoshi.commitments.actions.base import required
from luoshi.commitments.models import Category
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.models import Organisation, Town
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.upkeep import rules
from luoshi.upkeep.actions.due import plan_within
from luoshi.upkeep.defaults import USUAL, UsualKind
from luoshi.upkeep.models import Asset, AssetKind, Round, RoundRule


@dataclass(frozen=True)
class KindTold:
    """What an administrator writes of a kind."""

    name: str
    measure: str
    is_road: bool
    has_responsible: bool
    looks: list[str]
    faults: list[str]
    danger_days: int
    serious_days: int
    slight_days: int
    keeper: Organisation | None
    category: Category | None


@dataclass(frozen=True)
class RuleTold:
    """What an administrator writes of a rule."""

    name: str
    months: int
    basis: str
    season_from: int
    season_to: int
    grade_from: int
    lead_days: int


@transaction.atomic(durable=True)
def take_usual_kinds(*, actor: Staff) -> int:
    """Begin with the usual kinds and their rules; return how many are new."""
    _check(actor)
    Town.objects.select_for_update().get(pk=actor.town.pk)
    known = set(AssetKind.objects.values_list("name", flat=True))
    fresh = [one for one in USUAL if one.name not in known]
    if not fresh:
        raise Refusal("upkeep.kinds_there")
    for position, usual in enumerate(fresh, len(known)):
        kind = AssetKind.objects.create(
            town=actor.town, position=position, **_facts_of(usual)
        )
        RoundRule.objects.bulk_create(_rules_of(usual, kind))
    record(actor.person, "upkeep.kinds_taken", actor=actor, count=len(fresh))
    return len(fresh)


def _facts_of(usual: UsualKind) -> dict[str, object]:
    danger, serious, slight = usual.days
    return {
        "name": usual.name,
        "measure": usual.measure,
        "is_road": usual.is_road,
        "has_responsible": usual.has_responsible,
        "looks": list(usual.looks),
        "faults": list(usual.faults),
        "danger_days": danger,
        "serious_days": serious,
        "slight_days": slight,
    }


def _rules_of(usual: UsualKind, kind: AssetKind) -> list[RoundRule]:
    return [
        RoundRule(
            town_id=kind.town_id,
            kind=kind,
            name=one.name,
            months=one.months,
            basis=one.basis,
            season_from=one.season[0],
            season_to=one.season[1],
            grade_from=one.grade_from,
            lead_days=one.lead_days,
        )
        for one in usual.rules
    ]


@transaction.atomic(durable=True)
def add_kind(told: KindTold, *, actor: Staff) -> AssetKind:
    """Add a kind of the town's own."""
    _check(actor)
    _check_kind(told)
    position = AssetKind.objects.count()
    kind = AssetKind.objects.create(
        town=actor.town, position=position, **_written(told)
    )
    record(kind, "upkeep.kind_added", actor=actor, name=kind.name)
    return kind


@transaction.atomic(durable=True)
def change_kind(kind_id: int, told: KindTold, *, actor: Staff) -> AssetKind:
    """Change a kind; what was found before keeps the day that it was given."""
    _check(actor)
    kind = AssetKind.objects.select_for_update().get(pk=kind_id)
    _check_kind(told, kind)
    written = _written(told)
    for name, value in written.items():
        setattr(kind, name, value)
    kind.save(update_fields=list(written))
    record(kind, "upkeep.kind_changed", actor=actor, name=kind.name)
    return kind


def _written(told: KindTold) -> dict[str, object]:
    return {name: getattr(told, name) for name in told.__dataclass_fields__}


def _check_kind(told: KindTold, kind: AssetKind | None = None) -> None:
    required(told.name, "upkeep.name_missing")
    same = AssetKind.objects.filter(name=told.name)
    if same.exclude(pk=kind.pk if kind else 0).exists():
        raise Refusal("upkeep.kind_there", name=told.name)
    if len(told.looks) != 5 or not all(told.looks):
        raise Refusal("upkeep.five_looks")
    if not 1 <= told.danger_days <= told.serious_days <= told.slight_days:
        raise Refusal("upkeep.worst_first")


@transaction.atomic(durable=True)
def add_rule(kind_id: int, told: RuleTold, *, actor: Staff) -> RoundRule:
    """Let a kind be looked at by one more rule, from today on."""
    _check(actor)
    kind = AssetKind.objects.select_for_update().get(pk=kind_id)
    required(told.name, "upkeep.name_missing")
    if bool(told.season_from) != bool(told.season_to):
        raise Refusal("upkeep.whole_season")
    rule = RoundRule.objects.create(town=actor.town, kind=kind, **asdict(told))
    plan_within(Asset.objects.filter(kind=kind, retired_on=None))
    record(kind, "upkeep.rule_added", actor=actor, name=rule.name)
    return rule


@transaction.atomic(durable=True)
def end_rule(rule_id: int, *, actor: Staff) -> RoundRule:
    """End a rule: its open rounds go, what was done by it stays."""
    _check(actor)
    rows = RoundRule.objects.select_for_update(of=("self",)).select_related("kind")
    rule = rows.get(pk=rule_id)
    if rule.retired_at is not None:
        raise Refusal("upkeep.rule_ended")
    rule.retired_at = now()
    rule.save(update_fields=["retired_at"])
    Round.objects.filter(rule=rule, done_on=None).delete()
    record(rule.kind, "upkeep.rule_ended", actor=actor, name=rule.name)
    return rule


def _check(actor: Staff) -> None:
    if not rules.may_edit_kinds(actor):
        raise NotAllowed("commitments.not_yours")
