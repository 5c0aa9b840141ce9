"""Jobs of the plan, their money, and what residents are promised."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.core.access import open_to_all, staff_only
from luoshi.core.clock import today
from luoshi.core.requests import StaffRequest, TownRequest
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.views.manage.base import done
from luoshi.core.villages import village_now
from luoshi.upkeep import actions, queries, rules
from luoshi.upkeep.access import open_job, open_kind, open_plan
from luoshi.upkeep.forms.plans import (
    CareForm,
    ContractForm,
    PaymentForm,
    WantedForm,
)
from luoshi.upkeep.plans.care import care_of


@staff_only(*rules.SEE)
@require_safe
def jobs(request: StaffRequest, plan_id: int) -> HttpResponse:
    """Show a year's jobs: who, until when, and money planned, contracted and paid."""
    found = open_plan(request.staff, plan_id, rules.may_see_plan)
    form = WantedForm(request.GET, plan=found)
    year = form.wanted().year
    context = {
        "plan": found,
        "form": form,
        "year": year,
        "rows": queries.jobs_of(request.staff, found, year),
        "money": queries.money_by_year(found)[year],
    }
    return render(request, "upkeep/jobs.html", context)


@staff_only(*rules.SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def job(request: StaffRequest, job_id: int) -> HttpResponse:
    """Show a job with its works and money; who may writes its money down."""
    found = open_job(request.staff, job_id, rules.may_see_job)
    contract = ContractForm(initial={"amount": found.contracted_fen})
    payment = PaymentForm(initial={"on": today()})
    if request.method == "POST":
        open_job(request.staff, job_id, rules.may_note_money)
        paying = "on" in request.POST
        form: ContractForm | PaymentForm
        if paying:
            form = payment = PaymentForm(request.POST)
        else:
            form = contract = ContractForm(request.POST)
        if done(form, lambda: _note(request, found.pk, form)):
            messages.success(request, _("It is written down."))
            return redirect("upkeep:job", town=request.town.code, job_id=found.pk)
    context = {
        "job": found,
        "page": queries.job_page(found),
        "contract": contract,
        "payment": payment,
        "may_note": rules.may_note_money(request.staff, found),
    }
    status = 422 if contract.errors or payment.errors else 200
    return render(request, "upkeep/job.html", context, status=status)


def _note(
    request: StaffRequest, job_id: int, form: ContractForm | PaymentForm
) -> object:
    told = dict(form.cleaned_data)
    amount = told.pop("amount")
    if isinstance(form, PaymentForm):
        return actions.note_payment(job_id, amount, actor=request.staff, **told)
    return actions.note_contract(job_id, amount, actor=request.staff)


@staff_only(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def care(request: StaffRequest, kind_id: int) -> HttpResponse:
    """Write down what works on a kind cost here, and how long it lasts."""
    found = open_kind(request.staff, kind_id)
    posted = request.POST if request.method == "POST" else None
    form = CareForm(posted, care=care_of(found))
    if posted is not None and done(
        form, lambda: actions.write_care(found.pk, form.told(), actor=request.staff)
    ):
        messages.success(request, _("It is written down."))
        return redirect("upkeep-manage:kind", town=request.town.code, kind_id=found.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "kind": found}
    return render(request, "upkeep/care.html", context, status=status)


@open_to_all
@require_safe
def promised(request: TownRequest, village_id: int) -> HttpResponse:
    """Show what is mended in a village, until when, and what slipped and why."""
    village = village_now(village_id)
    if village is None:
        raise Http404
    page = queries.promises_of(village)
    return render(request, "upkeep/promised.html", {"page": page})
