"""A table brought in by the administrator: upload, look at every row, bring in."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.core.actors import Staff
from luoshi.core.forms.sheet import SmallSheetForm
from luoshi.core.models import Town
from luoshi.core.requests import StaffRequest
from luoshi.core.sheets import BadSheet, Preview, keep_sheet, sheet_bytes, sheet_of
from luoshi.core.views.manage.base import done

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 50


@dataclass(frozen=True)
class Bringing:
    """One sort of table: its addresses, how it is read and what brings it in."""

    name: str
    back: str
    title: Promise | str
    say: Promise | str
    # What each column is called on the page, in the order of `cells`.
    labels: dict[str, Promise | str]
    read: Callable[[Path], Preview[Any]]
    bring: Callable[[list[Any], Staff], Any]
    cells: Callable[[Any], list[Any]]
    example: list[list[Any]]
    # How many columns the page shows of a wide table; the file to mend has all.
    wide: int | None = None
    # The page that asks for it, and what finds the file that was handed in.
    page: str = "core/manage/bring.html"
    find: Callable[[Town, str], Path | None] = sheet_of

    @property
    def heads(self) -> list[Promise | str]:
        """Return what the first rows' columns are called."""
        return list(self.labels.values())[: self.wide]


def ask(request: StaffRequest, kind: Bringing) -> HttpResponse:
    """Take the file and go on to look at it."""
    form = SmallSheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        job = keep_sheet(request.town, sheet.name, sheet.chunks())
        return redirect(f"{kind.name}-look", town=request.town.code, job=job)
    return _asked(request, kind, form)


def _asked(
    request: StaffRequest, kind: Bringing, form: SmallSheetForm, fault: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "kind": kind,
        "example": f"{kind.name}-example",
        "fault": fault,
    }
    status = 422 if form.errors or fault else 200
    return render(request, kind.page, context, status=status)


def look(request: StaffRequest, kind: Bringing, job: str) -> HttpResponse:
    """Show the columns and the rows with their faults; bring them in when asked."""
    path = kind.find(request.town, job)
    if path is None:
        raise Http404
    try:
        found = kind.read(path)
    except BadSheet as error:
        return _asked(request, kind, SmallSheetForm(), str(error))
    if request.method == "GET" and "mend" in request.GET:
        return _rows_to_mend(kind, found)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        brought = done(form, lambda: kind.bring(found.rows, request.staff))
        if brought:
            path.unlink(missing_ok=True)
            messages.info(request, _told(brought, found.faulty))
            if brought.stayed:
                messages.info(request, _stayed(brought.stayed))
            return redirect(kind.back, town=request.town.code)

    def shown(row: Any) -> tuple[Any, list[Any]]:
        return row, kind.cells(row)[: kind.wide]

    context = {
        "form": form,
        "kind": kind,
        "found": found,
        "columns": [(name, kind.labels[key]) for name, key in found.columns],
        "good": found.read - found.faulty,
        "faulty": [shown(row) for row in found.rows if row.fault][:MOST_SHOWN],
        "first": [shown(row) for row in found.rows if not row.fault][:5],
    }
    status = 422 if form.errors else 200
    return render(request, "core/manage/bring_look.html", context, status=status)


def _told(brought: Any, faulty: int) -> str:
    """Say what came of the table."""
    told = {
        "added": brought.added,
        "changed": brought.changed,
        "unchanged": brought.unchanged,
        "faulty": faulty,
    }
    return (
        _(
            "%(added)d new, %(changed)d changed, %(unchanged)d as before, "
            "%(faulty)d left out."
        )
        % told
    )


def _stayed(count: int) -> str:
    return ngettext(
        "%(count)d line that the table does not name stays. Take it off if it is "
        "no longer true.",
        "%(count)d lines that the table does not name stay. Take off what is no "
        "longer true.",
        count,
    ) % {"count": count}


def example(kind: Bringing) -> HttpResponse:
    """Give a sheet to fill in."""
    return sheet_answer(kind.name.replace(":", "-"), sheet_bytes(kind.example))


def sheet_answer(name: str, sheet: bytes) -> HttpResponse:
    """Give a sheet as a file to keep."""
    answer = HttpResponse(sheet, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _rows_to_mend(kind: Bringing, found: Preview[Any]) -> HttpResponse:
    """Give the rows that stay out, each with what is wrong; mended, they come back."""
    rows = [[*kind.cells(row), row.line, row.fault] for row in found.rows if row.fault]
    # Under the names that the columns had, so that they are found again.
    named = {key: name for name, key in found.columns}
    names = [named.get(key, str(label)) for key, label in kind.labels.items()]
    head = [*names, _("Row"), _("What is wrong")]
    name = f"{kind.name.replace(':', '-')}-to-mend"
    return sheet_answer(name, sheet_bytes([head, *rows]))
