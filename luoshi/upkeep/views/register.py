"""The register: the list, one asset, and what is written of it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.core.access import staff_only
from luoshi.core.refusals import Conflict
from luoshi.core.requests import StaffRequest
from luoshi.core.slots import parts_for
from luoshi.core.views.manage.base import done
from luoshi.ui.middleware import POLICY
from luoshi.upkeep import actions, queries, rules
from luoshi.upkeep.access import kind_in_use, open_asset
from luoshi.upkeep.drawing import HEIGHT, WIDTH
from luoshi.upkeep.forms.assets import AssetForm, FilterForm, RetireForm
from luoshi.upkeep.models import Asset


@staff_only(*rules.SEE)
@require_safe
def assets(request: StaffRequest) -> HttpResponse:
    """Show the register by the chosen filters."""
    form = FilterForm(request.GET)
    chosen = form.chosen()
    rows, more = queries.assets_for(request.staff, chosen, request.GET.get("after", ""))
    query = request.GET.copy()
    query.pop("after", None)
    total = queries.count_assets(request.staff, chosen)
    context = {
        "form": form,
        "rows": rows,
        "more": more,
        "total": total,
        "narrowed": chosen != queries.Chosen(),
        "query": query.urlencode(),
        "parts": range(0, total, queries.MOST_PLATES),
        "may_keep": rules.may_keep(request.staff),
        "may_look": rules.may_look(request.staff),
        "may_edit_kinds": rules.may_edit_kinds(request.staff),
        "kinds": queries.kinds_in_use().exists(),
    }
    return render(request, "upkeep/assets.html", context)


@staff_only(*rules.SEE)
@require_safe
def on_map(request: StaffRequest) -> HttpResponse:
    """Show what the filters leave on a map, with the list beside it."""
    form = FilterForm(request.GET)
    chosen = form.chosen()
    rows, more = queries.assets_for(request.staff, chosen, request.GET.get("after", ""))
    query = request.GET.copy()
    query.pop("after", None)
    drawing = queries.drawing_of(request.staff, chosen)
    context = {
        "form": form,
        "rows": rows,
        "more": more,
        "total": queries.count_assets(request.staff, chosen),
        "query": query.urlencode(),
        "drawing": drawing,
        "counts": queries.count_grades(drawing),
        "width": WIDTH,
        "height": HEIGHT,
    }
    answer = render(request, "upkeep/on_map.html", context)
    # The library draws in a worker of our own host, on this page alone.
    answer["Content-Security-Policy"] = f"{POLICY}; worker-src 'self'"
    return answer


def _shown(request: StaffRequest, asset: Asset) -> HttpResponse:
    return redirect("upkeep:asset", town=request.town.code, asset_id=asset.pk)


@staff_only(*rules.SEE)
@require_safe
def asset(request: StaffRequest, asset_id: int) -> HttpResponse:
    """Show one asset: what is written, what was seen, what is being mended."""
    found = open_asset(request.staff, asset_id, rules.may_see)
    context = {
        "page": queries.page_of(request.staff, found),
        "asset": found,
        "may_change": rules.may_change(request.staff, found),
        "may_look": rules.may_look_at(request.staff, found),
        "retire_form": RetireForm(),
        "more_parts": parts_for("asset", request.staff, found),
    }
    return render(request, "upkeep/asset.html", context)


@staff_only(*rules.KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """Write one down: first its kind, then the rest."""
    kind = kind_in_use(request.GET.get("kind", ""))
    if kind is None:
        context = {"kinds": queries.kinds_in_use()}
        return render(request, "upkeep/which_kind.html", context)
    posted = request.POST if request.method == "POST" else None
    form = AssetForm(posted, kind=kind)
    made = posted is not None and done(
        form, lambda: actions.add_asset(form.told(), actor=request.staff)
    )
    if made:
        messages.success(request, _("It stands in the register."))
        return _shown(request, made)
    return _written(request, form, kind=kind)


def _written(request: StaffRequest, form: forms.Form, **more: object) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, **more}
    return render(request, "upkeep/change.html", context, status=status)


@staff_only(*rules.KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, asset_id: int) -> HttpResponse:
    """Change what is written; who comes second sees what the first wrote."""
    found = open_asset(request.staff, asset_id, rules.may_change)
    posted = request.POST if request.method == "POST" else None
    form = AssetForm(posted, kind=found.kind, asset=found)
    if posted is not None and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.change_asset(
                found.pk, form.told(), version=version, actor=request.staff
            )
        except Conflict as conflict:
            form.add_error(None, conflict.sentence)
        else:
            return _shown(request, found)
    return _written(request, form, kind=found.kind, asset=found)


@staff_only(*rules.KEEP)
@require_http_methods(["POST"])
def retire(request: StaffRequest, asset_id: int) -> HttpResponse:
    """Take it out, with the reason."""
    found = open_asset(request.staff, asset_id, rules.may_change)
    form = RetireForm(request.POST)
    if not done(
        form,
        lambda: actions.retire_asset(
            found.pk, **form.cleaned_data, actor=request.staff
        ),
    ):
        for error in form.errors.values():
            messages.error(request, " ".join(map(str, error)))
    return _shown(request, found)
