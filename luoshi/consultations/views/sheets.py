"""Sheets of paper: printed blank, typed in by number, corrected, taken out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from luoshi.consultations import actions, answers, queries, rules, staff_queries
from luoshi.consultations.access import open_consultation
from luoshi.consultations.forms.staff import NumberForm, SheetForm
from luoshi.consultations.habits.people import bands_asked
from luoshi.consultations.views.preparing import to_page, tried
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.views.manage.base import done

# So many statements on a sheet can be read and ticked at the door.
ON_A_SHEET = 20


@staff_only(*rules.SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: StaffRequest, number: int) -> HttpResponse:
    """List what is typed in, and ask for the next number."""
    found = open_consultation(request.staff, number, rules.may_see)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {
            "town": request.town.code,
            "number": found.number,
            "sheet": form.cleaned_data["sheet"],
        }
        return redirect(reverse("consultations:sheet", kwargs=told))
    context = {
        "consultation": found,
        "form": form,
        "rows": answers.sheets_in(found),
        "may": staff_queries.may_now(request.staff, found),
    }
    status = 422 if form.errors else 200
    return render(request, "consultations/sheets.html", context, status=status)


@staff_only(*rules.ENTER)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: StaffRequest, number: int, sheet: int) -> HttpResponse:
    """Type one sheet in, or correct it."""
    found = open_consultation(request.staff, number, rules.may_enter)
    voter = answers.sheet_of(found, sheet)
    posted = request.method == "POST"
    form = SheetForm(
        request.POST if posted else None,
        consultation=found,
        voter=voter,
        initial={"sheet": sheet},
    )
    correcting = request.POST.get("correcting") == "yes" if posted else bool(voter)
    if posted and done(
        form,
        lambda: actions.enter_sheet(
            found.pk, form.sheet_told(), correcting=correcting, actor=request.staff
        ),
    ):
        words = _("Sheet %(number)d is typed in. The next one?") % {"number": sheet}
        messages.success(request, words)
        return to_page(request, "sheets", found)
    context = {
        "consultation": found,
        "form": form,
        "sheet": sheet,
        "voter": voter,
        "correcting": correcting,
    }
    status = 422 if form.errors else 200
    return render(request, "consultations/sheet.html", context, status=status)


@staff_only(*rules.ENTER)
@require_POST
def drop(request: StaffRequest, number: int, sheet: int) -> HttpResponse:
    """Take a sheet out that should not count."""
    found = open_consultation(request.staff, number, rules.may_enter)
    tried(
        request,
        lambda: actions.drop_sheet(
            found.pk, sheet, why=request.POST.get("why", ""), actor=request.staff
        ),
        _("The sheet counts no more."),
    )
    return to_page(request, "sheets", found)


@staff_only(*rules.SEE)
@require_safe
def blank(request: StaffRequest, number: int) -> HttpResponse:
    """Show a blank sheet to print, with the statements there are."""
    found = open_consultation(request.staff, number, rules.may_see)
    shown = list(queries.shown_statements(found).order_by("number")[:ON_A_SHEET])
    context = {
        "consultation": found,
        "statements": shown,
        "lines": range(3),
        "asks": getattr(found, "questionnaire", None),
        "bands": bands_asked(found),
    }
    return render(request, "consultations/blank.html", context)
