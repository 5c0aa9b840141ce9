"""A plan from afar: what-ifs, five years, and one page for the people's congress."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.papers.views.word import word_file
from luoshi.upkeep import queries, rules
from luoshi.upkeep.access import open_plan
from luoshi.upkeep.models import UpkeepPlan
from luoshi.upkeep.plans.sheet import sheet_pdf, sheet_word


def _computed(request: StaffRequest, plan_id: int) -> UpkeepPlan:
    """Return a plan that is there to be looked at, else 404."""
    found = open_plan(request.staff, plan_id, rules.may_see_plan)
    if found.made_at is None:
        raise Http404
    return found


def _page(
    request: StaffRequest,
    plan_id: int,
    template: str,
    read: Callable[[UpkeepPlan], object],
) -> HttpResponse:
    return render(request, template, {"page": read(_computed(request, plan_id))})


@staff_only(*rules.SEE)
@require_safe
def what_if(request: StaffRequest, plan_id: int) -> HttpResponse:
    """Show the plan beside less and more money, and beside the habits."""
    return _page(request, plan_id, "upkeep/what_if.html", queries.what_ifs_of)


@staff_only(*rules.SEE)
@require_safe
def five_years(request: StaffRequest, plan_id: int) -> HttpResponse:
    """Show the first five years: money, condition, and what is done."""
    return _page(request, plan_id, "upkeep/five_years.html", queries.five_years_of)


@staff_only(*rules.SEE)
@require_safe
def as_pdf(request: StaffRequest, plan_id: int) -> HttpResponse:
    """Give the page for the people's congress out as a PDF."""
    found = _computed(request, plan_id)
    response = HttpResponse(sheet_pdf(found), content_type="application/pdf")
    name = _("upkeep plan %(years)s") % {"years": found} + ".pdf"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "no-store"
    return response


@staff_only(*rules.SEE)
@require_safe
def as_word(request: StaffRequest, plan_id: int) -> HttpResponse:
    """Give the page for the people's congress out as a Word document."""
    found = _computed(request, plan_id)
    name = _("upkeep plan %(years)s") % {"years": found} + ".docx"
    return word_file(sheet_word(found), name)
