"""The only doors through which assets, kinds and rules enter a view."""

from collections.abc import Callable

from django.db.models import Prefetch
from django.http import Http404
from django_scopes import scopes_disabled

from luoshi.core.actors import Staff
from luoshi.upkeep import rules
from luoshi.upkeep.models import (
    Asset,
    AssetKind,
    Job,
    Responsible,
    RoundRule,
    UpkeepPlan,
)
from luoshi.upkeep.queries import (
    assets_visible_to,
    jobs_visible_to,
    plans_visible_to,
)


def open_asset(
    staff: Staff, asset_id: int, to: Callable[[Staff, Asset], bool]
) -> Asset:
    """Return an asset that this person may see and handle so, else 404."""
    rows = assets_visible_to(staff).select_related(
        "kind__category", "kind__keeper", "village", "keeper", "town"
    )
    people = Prefetch("responsible", Responsible.objects.order_by("pk"))
    asset = rows.filter(pk=asset_id).prefetch_related(people).first()
    if asset is None or not to(staff, asset):
        raise Http404
    return asset


def public_asset(code: str) -> Asset:
    """Return an asset that still stands, by the code on its plate, else 404."""
    rows = Asset.objects.filter(code=code.upper(), retired_on=None)
    asset = rows.select_related("kind__category", "village", "keeper", "town").first()
    if asset is None:
        raise Http404
    return asset


def found_by_code(code: str) -> Asset | None:
    """Return the asset of a printed code, whichever town it is of."""
    with scopes_disabled():
        rows = Asset.objects.filter(code=code.upper()).select_related("town")
        return rows.first()


def kind_in_use(kind_id: str) -> AssetKind | None:
    """Return the kind of an address, where it is one that is in use."""
    if not kind_id.isdecimal():
        return None
    return AssetKind.objects.filter(pk=int(kind_id), retired_at=None).first()


def open_kind(staff: Staff, kind_id: int) -> AssetKind:
    """Return a kind for an administrator, else 404."""
    kind = AssetKind.objects.filter(pk=kind_id).first()
    if kind is None or not rules.may_edit_kinds(staff):
        raise Http404
    return kind


def open_rule(staff: Staff, rule_id: int) -> RoundRule:
    """Return a rule that holds for an administrator, else 404."""
    rows = RoundRule.objects.filter(retired_at=None).select_related("kind")
    rule = rows.filter(pk=rule_id).first()
    if rule is None or not rules.may_edit_kinds(staff):
        raise Http404
    return rule


def open_plan(
    staff: Staff, plan_id: int, to: Callable[[Staff, UpkeepPlan], bool]
) -> UpkeepPlan:
    """Return a plan that this person may see and handle so, else 404."""
    plan = plans_visible_to(staff).filter(pk=plan_id).first()
    if plan is None or not to(staff, plan):
        raise Http404
    return plan


def open_job(staff: Staff, job_id: int, to: Callable[[Staff, Job], bool]) -> Job:
    """Return a job that this person may see and handle so, else 404."""
    rows = jobs_visible_to(staff).select_related(
        *("kind", "office", "plan", "town", "case__commitment__town"),
        *("case__commitment__owner", "case__commitment__extension"),
    )
    job = rows.filter(pk=job_id).first()
    if job is None or not to(staff, job):
        raise Http404
    return job
