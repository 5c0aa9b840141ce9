"""Who was told, and what is done where a message did not arrive."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.cases import rules
from luoshi.cases.access import open_case, open_notice
from luoshi.cases.unreached import unreached_count, unreached_page
from luoshi.commitments.actions import send_again, settle_notice
from luoshi.core.access import staff_only
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest


@staff_only()
@require_safe
def unreached(request: StaffRequest) -> HttpResponse:
    """List the messages that reached no telephone, with what to do."""
    after = request.GET.get("after", "")
    rows, older = unreached_page(request.staff, int(after) if after.isdigit() else 0)
    context = {"rows": rows, "older": older, "total": unreached_count(request.staff)}
    return render(request, "cases/staff/unreached.html", context)


@staff_only()
@require_POST
def again(request: StaffRequest, number: str, notice_id: int) -> HttpResponse:
    """Send a notice that failed once more."""
    done = _("It is sent again. If it fails once more, it stands here again.")
    return _act(request, number, notice_id, send_again, done)


@staff_only()
@require_POST
def told(request: StaffRequest, number: str, notice_id: int) -> HttpResponse:
    """Say that the person was told another way."""
    done = _("Written down: the person was told another way.")
    return _act(request, number, notice_id, settle_notice, done)


def _act(
    request: StaffRequest, number: str, notice_id: int, action: Any, done: str
) -> HttpResponse:
    case = open_case(request.staff, number, to=rules.may_follow_notice)
    notice = open_notice(case, notice_id)
    try:
        action(notice.pk, actor=request.staff)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    if request.POST.get("from") == "list":
        return redirect("work:unreached", town=request.town.code)
    return redirect("work:case", town=request.town.code, number=number)
