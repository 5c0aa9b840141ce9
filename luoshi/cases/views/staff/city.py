"""The city's published figures beside our own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from luoshi.cases import rules
from luoshi.cases.access import open_city_figure
from luoshi.cases.actions.city import (
    keep_city_figure,
    keep_city_figures,
    remove_city_figure,
)
from luoshi.cases.figures.city import city_figures
from luoshi.cases.figures.city_sheet import Row, read_city_figures
from luoshi.cases.forms.city import CityFigureForm, CitySheetForm
from luoshi.cases.orders.systems import FIRST, systems_of
from luoshi.core.access import staff_only
from luoshi.core.clock import now
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import DISPATCHER, INSPECTOR, LEADER
from luoshi.core.sheets import BadSheet, keep_sheet, sheet_of

# Two forms of one page name their fields apart.
BRING = "bring_%s"


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
    return _show(
        request, form, CitySheetForm(auto_id=BRING, systems=systems_of(request.town))
    )


def _show(
    request: StaffRequest,
    form: CityFigureForm,
    sheet: CitySheetForm,
    faults: list[Row] | None = None,
) -> HttpResponse:
    may_keep = rules.may_keep_city_figures(request.staff)
    context = {
        "rows": city_figures(request.town),
        "form": form if may_keep else None,
        "sheet": sheet,
        "faults": faults or [],
        "behind": reverse("work:behind", kwargs={"town": request.town.code}),
        "counted_at": now(),
    }
    status = 422 if form.errors or sheet.errors or faults else 200
    return render(request, "cases/staff/city.html", context, status=status)


@staff_only(INSPECTOR, DISPATCHER)
@require_POST
def bring(request: StaffRequest) -> HttpResponse:
    """Take a table of figures: all of it, or none and what is wrong in which row."""
    systems = systems_of(request.town)
    sheet = CitySheetForm(request.POST, request.FILES, auto_id=BRING, systems=systems)
    faults: list[Row] = []
    if sheet.is_valid():
        try:
            rows = _rows_of(request, sheet)
            faults = [one for one in rows if one.fault]
            told = [one.told for one in rows if one.told]
            if not faults:
                count = keep_city_figures(told, actor=request.staff)
                words = ngettext(
                    "%(count)d figure was kept.", "%(count)d figures were kept.", count
                )
                messages.success(request, words % {"count": count})
                return redirect("work:city-figures", town=request.town.code)
        except BadSheet as error:
            sheet.add_error("sheet", str(error))
        except Refusal as refusal:
            sheet.add_error(None, refusal.sentence)
    blank = CityFigureForm(systems=systems, initial={"system": FIRST})
    return _show(request, blank, sheet, faults)


def _rows_of(request: StaffRequest, sheet: CitySheetForm) -> list[Row]:
    file = sheet.cleaned_data["sheet"]
    job = keep_sheet(request.town, file.name, file.chunks())
    path = sheet_of(request.town, job)
    assert path is not None
    try:
        return read_city_figures(path, sheet.cleaned_data["system"])
    finally:
        path.unlink()


@staff_only(INSPECTOR, DISPATCHER)
@require_POST
def remove(request: StaffRequest, figure_id: int) -> HttpResponse:
    """Take a figure away."""
    figure = open_city_figure(request.staff, figure_id)
    remove_city_figure(figure.pk, actor=request.staff)
    messages.success(request, _("Taken off."))
    return redirect("work:city-figures", town=request.town.code)
