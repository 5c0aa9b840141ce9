"""Taking a second matter out of a case: its words, its place, its kind."""

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luoshi.cases import rules, staff_queries
from luoshi.cases.access import open_case
from luoshi.cases.actions import Second, split_case
from luoshi.cases.forms.apart import SplitForm
from luoshi.cases.queries import split_off
from luoshi.core.access import staff_only
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import DISPATCHER


@staff_only(DISPATCHER)
def split(request: StaffRequest, number: str) -> HttpResponse:
    """Show the first matter's words, ask for the second's, and make it."""
    case = open_case(request.staff, number, to=rules.may_split)
    start = {
        "text": case.text,
        "village": case.village,
        "place": case.place,
        "version": case.commitment.version,
        "form_token": secrets.token_urlsafe(24),
    }
    form = SplitForm(request.POST or None, initial=start)
    staff_queries.choices_for(form, case.commitment, case)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        kept = {"version": told.pop("version"), "form_token": told.pop("form_token")}
        try:
            new = split_case(
                case.pk, second=Second(**told), actor=request.staff, **kept
            )
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
            status = refusal.status
        else:
            done = _("%(number)s is a matter of its own now.")
            messages.success(request, done % {"number": new.number})
            return redirect("work:case", town=request.town.code, number=new.number)
    before = split_off(request.staff, case)
    context = {"case": case, "form": form, "before": before}
    return render(request, "cases/staff/split.html", context, status=status)
