"""Lists of the years before: written down one by one, or brought in from a table."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luoshi.core.access import staff_only
from luoshi.core.actions import Brought
from luoshi.core.actors import Staff
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.sheets import sheet_bytes
from luoshi.core.views.manage import bring
from luoshi.core.views.manage.base import done
from luoshi.projects import queries, rules
from luoshi.projects.actions.earlier import bring_earlier, forget_earlier, remember
from luoshi.projects.earlier_sheet import Told, earlier_rows, head, read_earlier
from luoshi.projects.forms.earlier import EarlierForm


def _bring(rows: list[Told], staff: Staff) -> Brought:
    return bring_earlier([one.past for one in rows if one.past], actor=staff)


def _cells(row: Told) -> list[Any]:
    return list(row.cells)


EARLIER = bring.Bringing(
    name="projects:earlier-bring",
    back="projects:earlier",
    title=gettext_lazy("Lists of the years before"),
    say=gettext_lazy(
        "A table with one row for each project. The columns are found by their names; "
        "what nobody knows any more stays empty. The same file twice changes nothing."
    ),
    labels={
        "year": gettext_lazy("Year"),
        "title": gettext_lazy("Project"),
        "cost": gettext_lazy("Cost of building"),
        "years_of_use": gettext_lazy("Years that it serves"),
        "people_a_day": gettext_lazy("People who use it a day"),
        "upkeep_yearly": gettext_lazy("Upkeep in a year"),
        "asked": gettext_lazy("Who asked for it"),
        "kind": gettext_lazy("What kind of thing it is"),
        "appearance": gettext_lazy("For looks"),
    },
    read=read_earlier,
    bring=_bring,
    cells=_cells,
    example=[
        head(),
        [2024, "青溪村到小学的路补平", 38, 22, 420, 0.8, "群众", "路", 0],
        [2024, "村口牌楼", 18, 8, 20, 0, "单位", "牌子和屏", 16],
    ],
    page="projects/earlier_bring.html",
)


@staff_only(*rules.REMEMBER)
def listed(request: StaffRequest) -> HttpResponse:
    """Show the lists of the years before, and write one more line down."""
    form = EarlierForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: remember(form.past(), actor=request.staff)
    ):
        messages.success(request, _("Written down."))
        return redirect("projects:earlier", town=request.town.code)
    context = {"form": form, "years": queries.earlier_years(request.town)}
    status = 422 if form.errors else 200
    return render(request, "projects/earlier.html", context, status=status)


@staff_only(*rules.REMEMBER)
@require_POST
def take_off(request: StaffRequest, line_id: int) -> HttpResponse:
    """Take a line off."""
    try:
        forget_earlier(line_id, actor=request.staff)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Taken off."))
    return redirect("projects:earlier", town=request.town.code)


@staff_only(*rules.REMEMBER)
@require_safe
def sheet(request: StaffRequest) -> HttpResponse:
    """Give the lists out as a table that can be brought in again."""
    rows = earlier_rows(list(queries.earlier_of(request.town)))
    return bring.sheet_answer("earlier-years", sheet_bytes(rows))


@staff_only(*rules.REMEMBER)
def bring_in(request: StaffRequest) -> HttpResponse:
    """Take the table."""
    return bring.ask(request, EARLIER)


@staff_only(*rules.REMEMBER)
def look(request: StaffRequest, job: str) -> HttpResponse:
    """Look at the table, and bring it in."""
    return bring.look(request, EARLIER, job)


@staff_only(*rules.REMEMBER)
@require_safe
def example(request: StaffRequest) -> HttpResponse:
    """Give a table to fill in."""
    return bring.example(EARLIER)
