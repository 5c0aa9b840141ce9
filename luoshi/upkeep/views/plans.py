"""The plan: set up, read, changed by hand, approved, and its years begun."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from luoshi.core.access import staff_only
from luoshi.core.clock import today
from luoshi.core.requests import StaffRequest
from luoshi.core.views.manage.base import done
from luoshi.upkeep import actions, queries, rules
from luoshi.upkeep.access import open_asset, open_plan
from luoshi.upkeep.forms.plans import ApproveForm, ChoiceForm, PlanForm, WantedForm
from luoshi.upkeep.models import UpkeepPlan
from luoshi.upkeep.plans.computing import start_computing
from luoshi.upkeep.plans.wording import failure_said


@staff_only(*rules.SEE)
@require_safe
def plans(request: StaffRequest) -> HttpResponse:
    """Show the newest plan, or how one begins."""
    newest = queries.newest_plan(request.staff)
    if newest is not None:
        return _shown(request, newest)
    context = {"may_plan": rules.may_plan(request.staff)}
    return render(request, "upkeep/plan_none.html", context)


def _shown(request: StaffRequest, plan: UpkeepPlan) -> HttpResponse:
    return redirect("upkeep:plan", town=request.town.code, plan_id=plan.pk)


@staff_only(*rules.PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: StaffRequest) -> HttpResponse:
    """Say what is planned with which money; it is computed aside."""
    posted = request.method == "POST"
    before = queries.newest_plan(request.staff)
    form = PlanForm(request.POST if posted else None, before=before)
    made = posted and done(
        form, lambda: actions.set_up_plan(form.told(), actor=request.staff)
    )
    if made:
        start_computing(request.town)
        return _shown(request, made)
    status = 422 if form.errors else 200
    return render(request, "upkeep/plan_new.html", {"form": form}, status=status)


@staff_only(*rules.SEE)
@require_safe
def plan(request: StaffRequest, plan_id: int) -> HttpResponse:
    """Show a plan: a year's works, and what it proves."""
    found = open_plan(request.staff, plan_id, rules.may_see_plan)
    context = {
        "plan": found,
        "others": queries.plans_beside(found, request.staff),
        "may_plan": rules.may_plan(request.staff),
        "may_change": rules.may_change_plan(request.staff, found),
    }
    if found.made_at is None:
        context["failure"] = failure_said(found)
        return render(request, "upkeep/plan_waits.html", context)
    form = WantedForm(request.GET, plan=found)
    wanted = form.wanted()
    query = request.GET.copy()
    query.pop("first", None)
    may_begin = rules.may_begin_year(request.staff, found)
    context |= {
        "page": queries.plan_page(found, wanted),
        "form": form,
        "query": query.urlencode(),
        "approve": ApproveForm(initial=_by_the_end(found, wanted.year)),
        "may_approve": rules.may_approve_plan(request.staff, found),
        "may_begin": may_begin and today().year <= wanted.year <= today().year + 1,
    }
    return render(request, "upkeep/plan.html", context)


def _by_the_end(found: UpkeepPlan, year: int) -> dict[str, object]:
    """Return the usual day: the end of the year, before the winter's frost."""
    return {"until": date(year, 11, 30), "version": found.version}


@staff_only(*rules.SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_asset(request: StaffRequest, plan_id: int, asset_id: int) -> HttpResponse:
    """Show one facility in a plan with every choice; one button does one of them."""
    found = open_plan(request.staff, plan_id, rules.may_see_plan)
    asset = open_asset(request.staff, asset_id, rules.may_see)
    form = ChoiceForm(
        request.POST if request.method == "POST" else None,
        initial={"version": found.version},
    )
    if request.method == "POST":
        open_plan(request.staff, plan_id, rules.may_change_plan)
        if done(
            form,
            lambda: actions.change_plan(
                found.pk,
                form.change(asset.pk),
                actor=request.staff,
                version=form.cleaned_data["version"],
                why=form.cleaned_data["why"],
            ),
        ):
            messages.success(request, _("The plan is changed."))
            return redirect(request.get_full_path())
    asked = request.GET.get("out", "")
    page = queries.asset_in_plan(
        found, asset, int(asked) if asked.isdecimal() and len(asked) == 4 else None
    )
    if page is None:
        raise Http404
    context = {
        "page": page,
        "form": form,
        "may_change": rules.may_change_plan(request.staff, found),
    }
    status = 422 if form.errors else 200
    return render(request, "upkeep/plan_asset.html", context, status=status)


@staff_only(*rules.APPROVE)
@require_POST
def approve(request: StaffRequest, plan_id: int) -> HttpResponse:
    """Approve a plan; its first year's works are given out."""
    found = open_plan(request.staff, plan_id, rules.may_approve_plan)
    form = ApproveForm(request.POST)
    if done(
        form,
        lambda: actions.approve_plan(
            found.pk, actor=request.staff, **form.cleaned_data
        ),
    ):
        messages.success(request, _("It is approved, and who does the works was told."))
    else:
        _say_errors(request, form)
    return _shown(request, found)


@staff_only(*rules.APPROVE)
@require_POST
def begin(request: StaffRequest, plan_id: int, year: int) -> HttpResponse:
    """Give out a later year's works."""
    found = open_plan(request.staff, plan_id, rules.may_begin_year)
    form = ApproveForm(request.POST)
    if done(
        form,
        lambda: actions.begin_year(
            found.pk, year=year, actor=request.staff, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Who does the works was told."))
    else:
        _say_errors(request, form)
    return _shown(request, found)


def _say_errors(request: StaffRequest, form: ApproveForm) -> None:
    for told in form.errors.values():
        for error in told:
            messages.error(request, str(error))


@staff_only(*rules.SEE)
@require_safe
def spread(request: StaffRequest, plan_id: int) -> HttpResponse:
    """Show what each village gets of a plan."""
    found = open_plan(request.staff, plan_id, rules.may_see_plan)
    if found.made_at is None:
        raise Http404
    told, villages = queries.balance_of(found)
    context = {"plan": found, "balance": told, "villages": villages}
    return render(request, "upkeep/plan_spread.html", context)
