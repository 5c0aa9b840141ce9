"""Call-outs: all of them, one of them village by village, opened and closed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from luoshi.alerts import queries, rules
from luoshi.alerts.access import open_alert
from luoshi.alerts.actions import close_alert
from luoshi.alerts.actions import open_alert as open_new
from luoshi.alerts.forms import AlertForm
from luoshi.alerts.views.sheets import in_wechat
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.views.manage.base import done


@staff_only(*rules.ROLES)
@require_safe
def alerts(request: StaffRequest) -> HttpResponse:
    """List the call-outs."""
    context = {
        "rows": queries.alerts_for(request.staff),
        "to_go": queries.to_go(request.staff).count(),
        "may_run": rules.may_run(request.staff),
    }
    return render(request, "alerts/alerts.html", context)


@staff_only(*rules.TOWN_ROLES)
def begin(request: StaffRequest) -> HttpResponse:
    """Open a call-out."""
    form = AlertForm(
        request.POST or None,
        villages=rules.villages_of(request.staff),
        kinds=queries.kinds_for(request.staff),
    )
    if request.method == "POST":
        alert = done(form, lambda: open_new(actor=request.staff, **form.told()))
        if alert:
            return redirect("alerts:alert", town=request.town.code, alert_id=alert.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "lists": queries.village_lists(request.staff)}
    return render(request, "alerts/begin.html", context, status=status)


@staff_only(*rules.ROLES)
@require_safe
def alert(request: StaffRequest, alert_id: int) -> HttpResponse:
    """Show how far a call-out is, and who was not reached."""
    found = open_alert(request.staff, alert_id, to=rules.may_read)
    rows = queries.progress_of(found, request.staff)
    context = {
        "alert": found,
        "rows": rows,
        "total": queries.sum_of(rows),
        "settled": queries.settled_of(found, request.staff),
        "may_run": rules.may_run(request.staff) and found.closed_at is None,
        "wechat": in_wechat(request),
    }
    return render(request, "alerts/alert.html", context)


@staff_only(*rules.TOWN_ROLES)
@require_POST
def close(request: StaffRequest, alert_id: int) -> HttpResponse:
    """Close a call-out."""
    found = open_alert(request.staff, alert_id, to=rules.may_work_on)
    close_alert(found.pk, actor=request.staff)
    return redirect("alerts:alert", town=request.town.code, alert_id=found.pk)
