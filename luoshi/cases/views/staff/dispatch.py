"""The dispatch desk, and writing down what somebody says."""

import secrets
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luoshi.cases import staff_queries
from luoshi.cases.access import open_case
from luoshi.cases.actions import receive_case
from luoshi.cases.alike import alike_at_desk
from luoshi.cases.codes import shown
from luoshi.cases.forms.entry import EntryForm
from luoshi.cases.forms.resident import HELPER
from luoshi.cases.forms.staff import DispatchForm
from luoshi.cases.forms.there import ABOUT_THERE
from luoshi.cases.orders.systems import systems_of
from luoshi.cases.queries import cases_visible_to
from luoshi.cases.rules import may_dispatch
from luoshi.cases.signs import sign_in
from luoshi.cases.suggest.catalogue import catalogue_of_town
from luoshi.cases.suggest.desk import proposed_for
from luoshi.cases.views.staff.rows import rows_of
from luoshi.core.access import staff_only
from luoshi.core.files import files_of
from luoshi.core.queries import groups
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import DISPATCHER, DUTY_OFFICER, VILLAGE_OFFICER


@staff_only(DISPATCHER)
@require_safe
def dispatch(request: StaffRequest, number: str = "") -> HttpResponse:
    """Show one message and one decision; sending it leads to the next."""
    context: dict[str, Any] = {
        "waiting": [],
        "held": "held" in request.GET,
        "apart": staff_queries.awaiting_dispatch(request.staff, held=True).count(),
    }
    waiting = staff_queries.to_dispatch(held=context["held"])
    if not waiting and not number:
        return render(request, "cases/staff/dispatch.html", context)
    number = number or waiting[0].number
    case = open_case(request.staff, number, to=may_dispatch)
    catalogue = catalogue_of_town()
    proposed = proposed_for(case, catalogue)
    form = DispatchForm(
        initial={
            "version": case.commitment.version,
            "category": case.commitment.category_id,
            "urgent": case.commitment.urgent or proposed.urgent,
            "proposed": proposed.offers[0].category if proposed.offers else None,
        }
    )
    staff_queries.choices_for(form, case.commitment, case)
    rows = rows_of(request.staff, [one.commitment for one in waiting])
    before, following = _beside(number, [one.number for one in waiting])
    context |= {
        "before": before,
        "following": following,
        "waiting": list(zip(waiting, rows, strict=True)),
        "case": case,
        "commitment": case.commitment,
        "form": form,
        "told_files": files_of(case),
        "duties": staff_queries.duties_at_desk(catalogue.rows.values()),
        "sign": sign_in(case.text, request.town),
        "alike": alike_at_desk(case, cases_visible_to(request.staff)),
        "proposed": proposed,
    }
    return render(request, "cases/staff/dispatch.html", context)


def _beside(number: str, numbers: list[str]) -> tuple[str, str]:
    """Return the numbers before and after one in a list; empty where there is none."""
    if number not in numbers:
        return "", ""
    here = numbers.index(number)
    return "".join(numbers[:here][-1:]), "".join(numbers[here + 1 : here + 2])


@staff_only(DISPATCHER, VILLAGE_OFFICER, DUTY_OFFICER)
def enter(request: StaffRequest) -> HttpResponse:
    """Write down what somebody says by telephone or at the counter."""
    start = {"form_token": secrets.token_urlsafe(24), "answer": "none"}
    form = EntryForm(
        request.POST or None,
        request.FILES or None,
        initial=start,
        villages=staff_queries.villages(),
        groups=groups(),
        systems=systems_of(request.town),
    )
    there = None
    if request.method == "POST" and form.is_valid():
        try:
            receipt = receive_case(
                town=request.town, actor=request.staff, **form.told()
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            there = getattr(refusal, "case", None)
        else:
            request.session["entered"] = shown(request.town.prefix, receipt.code)
            return redirect("work:entered", town=request.town.code)
    status = 422 if form.errors else 200
    # What stands folded at the end of the page.
    apart = (*ABOUT_THERE, *HELPER)
    context = {"form": form, "there": there, "apart": apart}
    return render(request, "cases/staff/enter.html", context, status=status)


@staff_only(DISPATCHER, VILLAGE_OFFICER, DUTY_OFFICER)
@require_safe
def entered(request: StaffRequest) -> HttpResponse:
    """Show the code once, to be read out; it is never shown to staff again."""
    code = request.session.pop("entered", "")
    return render(request, "cases/staff/entered.html", {"code": code})
