"""What deputies and members asked for: the list, the entry, the public answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.cases.codes import shown
from luoshi.cases.orders.systems import systems_of
from luoshi.core.access import open_to_all, staff_only
from luoshi.core.clock import today
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest, TownRequest
from luoshi.core.roles import CONGRESS, DISPATCHER, RELEASER
from luoshi.pledges import queries, rules
from luoshi.pledges.access import open_proposal
from luoshi.pledges.actions import receive_proposal, release_answer, withdraw_answer
from luoshi.pledges.forms import AnswerForm, ProposalForm
from luoshi.pledges.terms import rule_of_proposals


@open_to_all
@require_safe
def public(request: TownRequest) -> HttpResponse:
    """Show the published answers to everybody."""
    context = {
        "page": queries.public_proposals(request.town),
        "rule": rule_of_proposals(request.town),
    }
    return render(request, "pledges/public_proposals.html", context)


@staff_only()
@require_safe
def proposals(request: StaffRequest) -> HttpResponse:
    """List what a member of staff may see; a code just made is shown once."""
    context = {
        "rows": queries.proposals_for(request.staff),
        "may_enter": rules.may_enter(request.staff),
        "rule": rule_of_proposals(request.town),
        "code": request.session.pop("proposed", ""),
    }
    return render(request, "pledges/proposals.html", context)


@staff_only(CONGRESS, DISPATCHER)
def enter(request: StaffRequest) -> HttpResponse:
    """Write one down from its paper."""
    form = ProposalForm(
        request.POST or None,
        initial={"handed_on": today()},
        systems=systems_of(request.town),
    )
    there = None
    if request.method == "POST" and form.is_valid():
        try:
            receipt = receive_proposal(form.asked(), actor=request.staff)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            there = getattr(refusal, "case", None)
        else:
            request.session["proposed"] = shown(request.town.prefix, receipt.code)
            return redirect("pledges:proposals", town=request.town.code)
    status = 422 if form.errors else 200
    context = {"form": form, "there": there}
    return render(request, "pledges/enter.html", context, status=status)


@staff_only(RELEASER)
def answer(request: StaffRequest, proposal_id: int) -> HttpResponse:
    """Write the public answer and let it go."""
    proposal = open_proposal(request.staff, proposal_id, to=rules.may_release)
    start = {"answer": proposal.answer or queries.latest_result(proposal)}
    form = AnswerForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            release_answer(proposal.pk, actor=request.staff, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The answer is on the public page."))
            return redirect("pledges:proposals", town=request.town.code)
    context = {"form": form, "proposal": proposal}
    status = 422 if form.errors else 200
    return render(request, "pledges/answer.html", context, status=status)


@staff_only(RELEASER)
@require_POST
def withdraw(request: StaffRequest, proposal_id: int) -> HttpResponse:
    """Take the answer off the public page."""
    proposal = open_proposal(request.staff, proposal_id, to=rules.may_withdraw)
    why = request.POST.get("why", "")
    try:
        withdraw_answer(proposal.pk, why=why, actor=request.staff)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("pledges:proposals", town=request.town.code)
