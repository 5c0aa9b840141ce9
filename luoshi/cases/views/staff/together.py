"""Doing one matter together with another: choose the head, look at both, confirm."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.cases import queries, rules
from luoshi.cases.access import open_case
from luoshi.commitments.actions import merge_commitments, undo_merge
from luoshi.core.access import staff_only
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import DISPATCHER


@staff_only(DISPATCHER)
def merge(request: StaffRequest, number: str) -> HttpResponse:
    """Find the matter that this one belongs to, and do both together."""
    case = open_case(request.staff, number, to=rules.may_merge)
    head, refused = request.POST.get("head", ""), ""
    if request.method == "POST" and head:
        chosen = open_case(request.staff, head)
        try:
            merge_commitments(
                case.commitment_id, head_id=chosen.commitment_id, actor=request.staff
            )
        except Refusal as refusal:
            refused = refusal.sentence
        else:
            return redirect("work:case", town=request.town.code, number=chosen.number)
    return _show(request, case, refused)


def _show(request: StaffRequest, case: Any, refused: str) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    context = {
        "case": case,
        "words": words,
        "heads": queries.possible_heads(request.staff, case, words),
        "refused": refused,
        "title": _("Do it together with another matter"),
    }
    status = 409 if refused else 200
    return render(request, "cases/staff/merge.html", context, status=status)


@staff_only(DISPATCHER)
@require_POST
def unmerge(request: StaffRequest, number: str) -> HttpResponse:
    """Let a merged matter go its own way again."""
    case = open_case(request.staff, number)
    undo_merge(queries.merge_to_undo(case), actor=request.staff)
    return redirect("work:case", town=request.town.code, number=number)
