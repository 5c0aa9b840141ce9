"""Lists for paper, and as one file that a phone reads without network."""

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from luoshi.alerts import queries, rules
from luoshi.alerts.access import open_alert
from luoshi.alerts.actions import take_list_out
from luoshi.alerts.models import Alert, CallLine
from luoshi.core.access import staff_only
from luoshi.core.clock import now
from luoshi.core.requests import StaffRequest

STYLE = "alerts/list.css"
# The browser inside 微信 keeps no files.
IN_WECHAT = "MicroMessenger"


def in_wechat(request: StaffRequest) -> bool:
    """Tell whether the page is opened inside 微信."""
    return IN_WECHAT in request.headers.get("User-Agent", "")


@staff_only(*rules.ROLES)
@require_POST
def sheet(request: StaffRequest, alert_id: int, what: str) -> HttpResponse:
    """Show a list with its telephones to be printed, or give it as one file."""
    alert = open_alert(request.staff, alert_id, to=rules.may_read)
    asked = request.POST.get("village", "")
    rows = _rows(request, alert, what, int(asked) if asked.isdigit() else 0)
    take_list_out(alert.pk, what, count=len(rows), actor=request.staff)
    wechat = in_wechat(request)
    keep = request.POST.get("how") == "keep" and not wechat
    context = {
        "alert": alert,
        "rows": rows,
        "what": what,
        "keep": keep,
        "wechat": wechat,
        "at": now(),
        "village": rows[0].line.village if asked and rows else None,
    }
    if not keep:
        return render(request, "alerts/list.html", context)
    context["style"] = mark_safe(_style())
    text = render_to_string("alerts/list.html", context, request)
    answer = HttpResponse(text)
    name = f"{what}-{alert.pk}.html"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _rows(
    request: StaffRequest, alert: Alert, what: str, village_id: int
) -> list[queries.CallRow] | list[queries.MoveRow]:
    if what == "moves":
        lines = queries.moves_of(alert, request.staff, village_id)
        return queries.opened_moves(lines)
    states = {"calls": CallLine.State.values, "go": queries.TO_GO}.get(what)
    if states is None:
        raise Http404
    return queries.opened(queries.lines_of(alert, request.staff, states, village_id))


def _style() -> str:
    """Return the style sheet, to lie inside the file."""
    path = finders.find(STYLE)
    if path is None:
        raise FileNotFoundError(STYLE)
    with open(path) as file:
        return file.read()
