"""Bringing cases in from a spreadsheet: upload, look, begin, see how far it is."""

from django import forms
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luoshi.cases.importing import preview
from luoshi.cases.importing.jobs import start_import, status_of
from luoshi.core.access import staff_only
from luoshi.core.forms.sheet import SheetForm
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR, DISPATCHER
from luoshi.core.sheets import BadSheet, keep_sheet, sheet_of
from luoshi.ui.sources import derived


class ModeForm(forms.Form):
    """As history or as open cases."""

    sources = derived(mode="the page: history, until somebody says open")

    mode = forms.ChoiceField(
        label=gettext_lazy("What becomes of them"),
        choices=[
            ("history", gettext_lazy("History: closed, no clock, nobody is told")),
            ("open", gettext_lazy("Open: to dispatch, the clock begins now")),
        ],
        initial="history",
        widget=forms.RadioSelect,
    )


@staff_only(ADMINISTRATOR, DISPATCHER)
def bring_in(request: StaffRequest) -> HttpResponse:
    """Take the file and show what is in it."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        job = keep_sheet(request.town, sheet.name, sheet.chunks())
        return redirect("work:import-look", town=request.town.code, job=job)
    status = 422 if form.errors else 200
    return render(request, "cases/staff/import.html", {"form": form}, status=status)


@staff_only(ADMINISTRATOR, DISPATCHER)
def look(request: StaffRequest, job: str) -> HttpResponse:
    """Show the columns and the first rows; begin when asked to."""
    path = sheet_of(request.town, job)
    if path is None:
        raise Http404
    try:
        found = preview(path)
    except BadSheet as error:
        context: dict[str, object] = {"form": SheetForm(), "fault": str(error)}
        return render(request, "cases/staff/import.html", context, status=422)
    form = ModeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        history = form.cleaned_data["mode"] == "history"
        start_import(request.town, job, history=history, person=request.staff.person)
        return redirect("work:import-progress", town=request.town.code, job=job)
    context = {"form": form, "found": found}
    return render(request, "cases/staff/import_look.html", context)


@staff_only(ADMINISTRATOR, DISPATCHER)
@require_safe
def progress(request: StaffRequest, job: str) -> HttpResponse:
    """Show how far it is; the page loads itself again until it is done."""
    status = status_of(request.town, job)
    if status is None:
        raise Http404
    context = {"status": status, "job": job}
    return render(request, "cases/staff/import_progress.html", context)


@staff_only(ADMINISTRATOR, DISPATCHER)
@require_safe
def rejects(request: StaffRequest, job: str) -> FileResponse:
    """Give the rows that stayed out, with the reason for each."""
    sheet = sheet_of(request.town, job)
    path = sheet.with_suffix(".rejected.xlsx") if sheet else None
    if path is None or not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
