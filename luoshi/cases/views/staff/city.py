"""The city's published figures beside our own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.cases import rules
from luoshi.cases.access import open_city_figure
from luoshi.cases.actions.city import keep_city_figure, remove_city_figure
from luoshi.cases.figures.city import city_figures
from luoshi.cases.forms.city import CityFigureForm
from luoshi.cases.orders.systems import FIRST, systems_of
from luoshi.core.access import staff_only
from luoshi.core.clock import now
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import DISPATCHER, INSPECTOR, LEADER


@staff_only(LEADER, INSPECTOR, DISPATCHER)
def city(request: StaffRequest) -> HttpResponse:
    """Show both side by side; who keeps them writes another one down."""
    may_keep = rules.may_keep_city_figures(request.staff)
    typed = request.POST or None if may_keep else None
    form = CityFigureForm(
        typed, systems=systems_of(request.town), initial={"system": FIRST}
    )
    if request.method == "POST" and may_keep and form.is_valid():
        try:
            keep_city_figure(form.published(), actor=request.staff)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Kept."))
            return redirect("work:city-figures", town=request.town.code)
    context = {
        "rows": city_figures(request.town),
        "form": form if may_keep else None,
        "behind": reverse("work:behind", kwargs={"town": request.town.code}),
        "counted_at": now(),
    }
    status = 422 if form.errors else 200
    return render(request, "cases/staff/city.html", context, status=status)


@staff_only(INSPECTOR, DISPATCHER)
@require_POST
def remove(request: StaffRequest, figure_id: int) -> HttpResponse:
    """Take a figure away."""
    figure = open_city_figure(request.staff, figure_id)
    remove_city_figure(figure.pk, actor=request.staff)
    messages.success(request, _("Taken off."))
    return redirect("work:city-figures", town=request.town.code)
