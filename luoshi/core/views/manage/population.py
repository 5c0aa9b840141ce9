"""How many people live where, from a table."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from luoshi.core import actions
from luoshi.core.access import staff_only
from luoshi.core.actors import Staff
from luoshi.core.population import table_now
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.sheets.population import Figure, figures_sheet, read_figures
from luoshi.core.views.manage import bring


def _bring(rows: list[Figure], staff: Staff) -> actions.Brought:
    return actions.bring_population(rows, actor=staff)


def _cells(row: Figure) -> list[Any]:
    return [row.village, row.sex_shown, row.band, row.people, row.on or ""]


POPULATION = bring.Bringing(
    name="manage:population",
    back="manage:population-table",
    title=_("How many people live there"),
    say=_(
        "A table with one row for each village, sex and age band. The columns are "
        "found by their names; the same file twice changes nothing."
    ),
    labels={
        "village": _("Village"),
        "sex": _("Sex"),
        "band": _("Age band"),
        "people": _("People"),
        "on": _("Day"),
    },
    read=read_figures,
    bring=_bring,
    cells=_cells,
    # Column names in the town's own language: that is what is looked for.
    example=[
        ["村", "性别", "年龄段", "人数", "日期"],
        ["青溪村", "女", "0-14岁", 86, "2026-06-30"],
        ["青溪村", "女", "15-59岁", 402, "2026-06-30"],
        ["青溪村", "女", "60岁以上", 168, "2026-06-30"],
        ["青溪村", "男", "0-14岁", 91, "2026-06-30"],
        ["青溪村", "男", "15-59岁", 415, "2026-06-30"],
        ["青溪村", "男", "60岁以上", 152, "2026-06-30"],
    ],
)


@staff_only(ADMINISTRATOR)
def population(request: StaffRequest) -> HttpResponse:
    """Take the table."""
    return bring.ask(request, POPULATION)


@staff_only(ADMINISTRATOR)
def population_look(request: StaffRequest, job: str) -> HttpResponse:
    """Look at the table, and bring it in."""
    return bring.look(request, POPULATION, job)


@staff_only(ADMINISTRATOR)
@require_safe
def population_example(request: StaffRequest) -> HttpResponse:
    """Give a table to fill in."""
    return bring.example(POPULATION)


@staff_only(ADMINISTRATOR)
@require_safe
def population_table(request: StaffRequest) -> HttpResponse:
    """Show the newest figures of each village."""
    context = {"title": POPULATION.title, "table": table_now()}
    return render(request, "core/manage/population.html", context)


@staff_only(ADMINISTRATOR)
@require_safe
def population_sheet(request: StaffRequest) -> HttpResponse:
    """Give the newest figures as a table that can be brought in again."""
    return bring.sheet_answer("population", figures_sheet())
