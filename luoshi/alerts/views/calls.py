"""Calling, one household after the other, and going to the doors that remain."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.alerts import actions, queries, rules
from luoshi.alerts.access import open_alert, open_call
from luoshi.alerts.models import Alert, CallLine
from luoshi.alerts.views.sheets import in_wechat
from luoshi.core.access import staff_only
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest


def _calling(request: StaffRequest, alert_id: int, last: int = 0) -> HttpResponse:
    """Go to the calling page; its answer may name the line settled last."""
    url = reverse(
        "alerts:calling", kwargs={"town": request.town.code, "alert_id": alert_id}
    )
    return redirect(f"{url}?last={last}" if last else url)


@staff_only(*rules.ROLES)
@require_safe
def calling(request: StaffRequest, alert_id: int) -> HttpResponse:
    """Show the household in hand with its telephone, or how many wait."""
    alert = open_alert(request.staff, alert_id, to=rules.may_work_on)
    line = queries.line_in_hand(alert, request.staff)
    asked = request.GET.get("last", "")
    rows = queries.progress_of(alert, request.staff)
    context = {
        "alert": alert,
        "row": queries.opened([line])[0] if line else None,
        "last": queries.last_answer(
            int(asked) if asked.isdigit() else 0, request.staff
        ),
        "rows": rows,
        "total": queries.sum_of(rows),
    }
    return render(request, "alerts/calling.html", context)


@staff_only(*rules.ROLES)
@require_POST
def take(request: StaffRequest, alert_id: int) -> HttpResponse:
    """Put the next household into the caller's hands."""
    alert = open_alert(request.staff, alert_id, to=rules.may_work_on)
    _take(request, alert.pk)
    return _calling(request, alert.pk)


def _take(request: StaffRequest, alert_id: int) -> None:
    try:
        actions.take_next(alert_id, actor=request.staff)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)


@staff_only(*rules.ROLES)
@require_POST
def answer(request: StaffRequest, line_id: int) -> HttpResponse:
    """Say how the call went, and take the next household."""
    line = open_call(request.staff, line_id)
    try:
        told = request.POST.get("answer", "")
        actions.settle_call(line.pk, told, actor=request.staff)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return _calling(request, line.alert_id)
    _take(request, line.alert_id)
    return _calling(request, line.alert_id, line.pk)


@staff_only(*rules.ROLES)
@require_POST
def undo(request: StaffRequest, line_id: int) -> HttpResponse:
    """Undo one's own last answer."""
    line = open_call(request.staff, line_id)
    try:
        actions.take_back(line.pk, actor=request.staff)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return _calling(request, line.alert_id)


@staff_only(*rules.ROLES)
@require_safe
def go(request: StaffRequest, alert_id: int) -> HttpResponse:
    """List the doors to go to, with names and without telephones."""
    alert = open_alert(request.staff, alert_id, to=rules.may_read)
    return _doors(request, alert)


def _doors(
    request: StaffRequest, alert: Alert, read: CallLine | None = None
) -> HttpResponse:
    lines = queries.lines_of(alert, request.staff, queries.TO_GO)
    context = {
        "alert": alert,
        "rows": queries.named(lines),
        "read": queries.opened([read])[0] if read else None,
        "open": rules.may_work_on(request.staff, alert),
        "wechat": in_wechat(request),
    }
    return render(request, "alerts/go.html", context)


@staff_only(*rules.ROLES)
@require_POST
def phone(request: StaffRequest, line_id: int) -> HttpResponse:
    """Show one telephone on the list of doors, and write that down."""
    line = open_call(request.staff, line_id)
    read = actions.read_phone(line.pk, actor=request.staff)
    return _doors(request, line.alert, read)


@staff_only(*rules.ROLES)
@require_POST
def visit(request: StaffRequest, line_id: int) -> HttpResponse:
    """Say at the door that they were told, or that nobody was there."""
    line = open_call(request.staff, line_id)
    told = request.POST.get("told") == "yes"
    try:
        actions.settle_visit(line.pk, told=told, actor=request.staff)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        if not told:
            messages.info(request, _("Written down. It stays on the list."))
    return redirect("alerts:go", town=request.town.code, alert_id=line.alert_id)
