"""Villages become one: choose, look at what follows, do it, undo it while young."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.core import actions, queries
from luoshi.core.access import staff_only
from luoshi.core.forms.places import JoinForm
from luoshi.core.models import VillageMerge
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.views.manage.base import done


@staff_only(ADMINISTRATOR)
def join(request: StaffRequest) -> HttpResponse:
    """Say which villages become one; the same answers twice do it."""
    form = JoinForm(request.POST or None, villages=queries.villages())
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    joining, staff = form.joining(), request.staff
    if form.cleaned_data["looked"] != form.mark():
        plan = done(form, lambda: actions.plan_villages(joining, actor=staff))
        return _page(request, form, plan)
    merge = done(form, lambda: actions.join_villages(joining, actor=staff))
    if merge is None:
        return _page(request, form)
    return redirect("manage:joined", town=request.town.code, merge_id=merge.pk)


def _page(
    request: StaffRequest, form: JoinForm, plan: actions.Plan | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "plan": plan}
    if plan is not None:
        context |= {"mark": form.mark(), "counts": queries.counted(plan.counts)}
    status = 422 if form.errors else 200
    return render(request, "core/manage/join.html", context, status=status)


def _merge(merge_id: int) -> VillageMerge:
    merge = queries.village_merges().filter(pk=merge_id).first()
    if merge is None:
        raise Http404
    return merge


@staff_only(ADMINISTRATOR)
@require_safe
def joined(request: StaffRequest, merge_id: int) -> HttpResponse:
    """Show what became of it, and whether it can still be undone."""
    merge = _merge(merge_id)
    context = {
        "merge": merge,
        "counts": queries.counted(merge.counts),
        "why_not": actions.why_not_undone(merge),
    }
    return render(request, "core/manage/joined.html", context)


@staff_only(ADMINISTRATOR)
@require_POST
def part(request: StaffRequest, merge_id: int) -> HttpResponse:
    """Undo a wrong step."""
    merge = _merge(merge_id)
    actions.part_villages(merge.pk, actor=request.staff)
    messages.info(request, _("Undone. Each village has again what it had."))
    return redirect("manage:joined", town=request.town.code, merge_id=merge.pk)
