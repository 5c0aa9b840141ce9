"""Who is moved where, and whether they arrived; the shelters."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from luoshi.alerts import actions, queries, rules
from luoshi.alerts.access import open_alert, open_move, open_shelter
from luoshi.alerts.forms import MoveForm, PlanForm, ShelterForm
from luoshi.alerts.models import MoveLine
from luoshi.alerts.views.sheets import in_wechat
from luoshi.core.access import staff_only
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.views.manage.base import done


@staff_only(*rules.ROLES)
@require_safe
def moves(request: StaffRequest, alert_id: int) -> HttpResponse:
    """Show the evacuation list, village by village."""
    alert = open_alert(request.staff, alert_id, to=rules.may_read)
    lines = queries.moves_of(alert, request.staff)
    context = {
        "alert": alert,
        "rows": queries.named_moves(lines),
        "villages": queries.moves_by_village(alert, request.staff),
        "shelters": queries.moves_by_shelter(alert),
        "offered": queries.open_shelters(),
        "transports": MoveLine.Transport.choices,
        "open": rules.may_work_on(request.staff, alert),
        "wechat": in_wechat(request),
    }
    return render(request, "alerts/moves.html", context)


@staff_only(*rules.ROLES)
def plan(request: StaffRequest, alert_id: int) -> HttpResponse:
    """Say where a village's households go."""
    alert = open_alert(request.staff, alert_id, to=rules.may_work_on)
    form = PlanForm(
        request.POST or None,
        villages=rules.villages_of(request.staff),
        kinds=queries.kinds_for(request.staff),
        shelters=queries.open_shelters(),
    )
    if request.method == "POST":
        count = done(
            form,
            lambda: actions.plan_moves(alert.pk, actor=request.staff, **form.told()),
        )
        if count:
            said = ngettext(
                "%(count)d household is on the list.",
                "%(count)d households are on the list.",
                count,
            )
            messages.success(request, said % {"count": count})
            return redirect("alerts:moves", town=request.town.code, alert_id=alert.pk)
    status = 422 if form.errors else 200
    context = {
        "form": form,
        "alert": alert,
        "shelters": queries.moves_by_shelter(alert),
    }
    return render(request, "alerts/plan.html", context, status=status)


@staff_only(*rules.ROLES)
@require_POST
def settle(request: StaffRequest, line_id: int) -> HttpResponse:
    """Say that a household arrived, is safe elsewhere, or stays."""
    line = open_move(request.staff, line_id)
    told = request.POST.get("answer", "")
    return _act(
        request, line, lambda: actions.settle_move(line.pk, told, actor=request.staff)
    )


@staff_only(*rules.ROLES)
@require_POST
def change(request: StaffRequest, line_id: int) -> HttpResponse:
    """Send one household elsewhere, or fetch it another way."""
    line = open_move(request.staff, line_id)
    form = MoveForm(request.POST, shelters=queries.open_shelters())
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return _back(request, line)
    told = form.cleaned_data
    return _act(
        request,
        line,
        lambda: actions.change_move(
            line.pk,
            shelter_id=told["shelter"].pk,
            transport=told["transport"],
            actor=request.staff,
        ),
    )


def _act(
    request: StaffRequest, line: MoveLine, action: Callable[[], object]
) -> HttpResponse:
    try:
        action()
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return _back(request, line)


def _back(request: StaffRequest, line: MoveLine) -> HttpResponse:
    """Go back to the same household, so that the hand finds the next one."""
    url = reverse(
        "alerts:moves",
        kwargs={"town": request.town.code, "alert_id": line.alert_id},
    )
    return redirect(f"{url}#m{line.pk}")


@staff_only(*rules.ROLES)
def shelters(request: StaffRequest) -> HttpResponse:
    """List the shelters; who runs call-outs adds one."""
    may_run = rules.may_run(request.staff)
    form = ShelterForm(request.POST or None if may_run else None)
    if request.method == "POST" and may_run:
        added = done(
            form, lambda: actions.add_shelter(actor=request.staff, **form.cleaned_data)
        )
        if added:
            return redirect("alerts:shelters", town=request.town.code)
    context = {
        "rows": queries.open_shelters(),
        "form": form if may_run else None,
    }
    status = 422 if form.errors else 200
    return render(request, "alerts/shelters.html", context, status=status)


@staff_only(*rules.TOWN_ROLES)
@require_POST
def close(request: StaffRequest, shelter_id: int) -> HttpResponse:
    """Offer a shelter no more."""
    shelter = open_shelter(request.staff, shelter_id)
    actions.close_shelter(shelter.pk, actor=request.staff)
    return redirect("alerts:shelters", town=request.town.code)
