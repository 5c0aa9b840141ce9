"""Emergency mode: what is on, what was, and the leader's two steps."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from luoshi.commitments import actions, rules
from luoshi.commitments.forms.emergency import DeclareForm, EndForm
from luoshi.commitments.queries.emergency import emergencies, emergency_now
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import LEADER
from luoshi.core.views.manage.base import done, page

TEMPLATE = "commitments/emergency"
# What is stopped or started while somebody waits; the scheduler does the rest.
AT_ONCE = 5


def _show(request: StaffRequest, form: DeclareForm | EndForm) -> HttpResponse:
    return page(
        request,
        TEMPLATE,
        form,
        "",
        on=emergency_now(),
        rows=emergencies(),
        may_declare=rules.may_declare_emergency(request.staff),
    )


@staff_only()
@require_safe
def emergency(request: StaffRequest) -> HttpResponse:
    """Show the emergency that is on, and those before."""
    return _show(request, EndForm() if emergency_now() else DeclareForm())


@staff_only(LEADER)
def declare(request: StaffRequest) -> HttpResponse:
    """Switch the emergency mode on."""
    form = DeclareForm(request.POST or None)
    if request.method == "POST" and done(
        form,
        lambda: actions.declare_emergency(**form.cleaned_data, actor=request.staff),
    ):
        actions.carry_on_in(request.town, AT_ONCE)
        return redirect("emergency:emergency", town=request.town.code)
    return _show(request, form)


@staff_only(LEADER)
def end(request: StaffRequest) -> HttpResponse:
    """Switch the emergency mode off."""
    on = emergency_now()
    if on is None:
        raise Http404
    form = EndForm(request.POST or None)
    if request.method == "POST" and done(
        form,
        lambda: actions.end_emergency(on.pk, **form.cleaned_data, actor=request.staff),
    ):
        actions.carry_on_in(request.town, AT_ONCE)
        return redirect("emergency:emergency", town=request.town.code)
    return _show(request, form)
