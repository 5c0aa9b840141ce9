"""A leader's and an inspector's short lists, each whole list, and one sample."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luoshi.cases.access import open_sample
from luoshi.cases.attention import (
    INSPECTOR_LISTS,
    LEADER_LISTS,
    LISTS,
    list_page,
    looks_of,
)
from luoshi.cases.attention.lists import why_drawn
from luoshi.cases.forms.sampling import LookForm
from luoshi.cases.queries import evidence_of
from luoshi.commitments.actions import look_at_sample
from luoshi.commitments.terms import share_of
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import INSPECTOR, LEADER
from luoshi.core.views.manage.base import done

WHOSE = {"mine": gettext_lazy("My offices"), "town": gettext_lazy("The whole town")}


def _whose(request: StaffRequest) -> str:
    """Return whose matters are asked for; a leader's own offices come first."""
    if not request.staff.oversees:
        return "town"
    asked = request.GET.get("whose", "mine")
    return asked if asked in WHOSE else "mine"


@staff_only(LEADER)
@require_safe
def leader(request: StaffRequest) -> HttpResponse:
    """Show a leader what is to be looked at first."""
    whose = _whose(request)
    context = {
        "title": _("Look at these first"),
        "looks": looks_of(request.staff, LEADER_LISTS, whose),
        "whose": whose,
        "tabs": list(WHOSE.items()) if request.staff.oversees else [],
    }
    return render(request, "cases/staff/attention.html", context)


@staff_only(INSPECTOR)
@require_safe
def inspector(request: StaffRequest) -> HttpResponse:
    """Show an inspector what waits, what was drawn and what was found."""
    shares = {
        "work": share_of(request.town, "work"),
        "endings": share_of(request.town, "other"),
    }
    say = _(
        "Chance draws %(work)d of 100 accepted results, and %(endings)d of 100 of "
        "those that ended without a verdict or with another body. Who did the work "
        "does not look at it."
    )
    context = {
        "title": _("Accept and look again"),
        "say": say % shares,
        "looks": looks_of(request.staff, INSPECTOR_LISTS),
        "whose": "town",
    }
    return render(request, "cases/staff/attention.html", context)


@staff_only(LEADER, INSPECTOR)
@require_safe
def whole(request: StaffRequest, list_name: str) -> HttpResponse:
    """Show one list whole."""
    if list_name not in LISTS:
        raise Http404
    whose = request.GET.get("whose", "town")
    whose = whose if whose in WHOSE else "town"
    look, older = list_page(
        request.staff, list_name, whose, request.GET.get("after", "")
    )
    context = {"look": look, "older": older, "whose": whose}
    return render(request, "cases/staff/attention_list.html", context)


@staff_only(LEADER, INSPECTOR)
def sample(request: StaffRequest, sample_id: int) -> HttpResponse:
    """Ask what was found in a sample that nobody looked at yet."""
    drawn = open_sample(request.staff, sample_id)
    form = LookForm(request.POST or None)

    def act() -> object:
        told = form.cleaned_data
        return look_at_sample(drawn.pk, actor=request.staff, **told)

    if request.method == "POST" and done(form, act):
        messages.success(request, _("Written down."))
        back = "inspector" if request.staff.has(INSPECTOR) else "leader"
        return redirect(f"work:{back}", town=request.town.code)
    context = {
        "form": form,
        "sample": drawn,
        "commitment": drawn.commitment,
        "evidence": evidence_of(drawn.commitment),
        "why": why_drawn(drawn),
        "title": _("Look at it again"),
    }
    status = 422 if form.errors else 200
    return render(request, "cases/staff/sample.html", context, status=status)
