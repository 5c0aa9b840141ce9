"""The register as a file: brought in and given out, as a table, a map or plates."""

import json
from functools import partial
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from luoshi.core.access import staff_only
from luoshi.core.actors import Staff
from luoshi.core.models import Town
from luoshi.core.requests import StaffRequest
from luoshi.core.sheets import folder_of, sheet_bytes
from luoshi.core.sheets.keep import NAME, keep_as
from luoshi.core.views.manage import bring
from luoshi.upkeep import actions, queries, rules
from luoshi.upkeep.forms.assets import FilterForm
from luoshi.upkeep.forms.kinds import MapForm, meant_in
from luoshi.upkeep.plates import plates_pdf
from luoshi.upkeep.sheets import (
    HEADER,
    AssetRow,
    as_geojson,
    read_assets,
    read_map,
    sheet_rows,
)

LABELS: dict[str, Promise | str] = {
    "number": _("Number"),
    "kind": _("Kind of facility"),
    "name": _("Name of the facility"),
    "village": _("Village"),
    "place": _("Where exactly"),
    "road_class": _("Class of road"),
    "amount": _("Length or count"),
    "built_year": _("Built in the year"),
    "project": _("From which project"),
    "people_served": _("People who use it"),
    "owner": _("Whose it is"),
    "keeper": _("Who keeps it up"),
    "cost": _("What it would cost to replace, in yuan"),
    "yearly": _("Upkeep in a year"),
    "works_on": _("Last works on"),
    "works": _("What was done then"),
    "leads": _("Answers for the administration"),
    "technical": _("Answers for the technique"),
    "watches": _("Goes there and looks"),
    "longitude": _("Longitude"),
    "latitude": _("Latitude"),
    "system": _("System of the coordinates"),
}
# Number, kind, name and village tell a row from the others.
WIDE = 4
MAPS = "maps"


def _bring(rows: list[AssetRow], staff: Staff) -> actions.Brought:
    told = [row.told for row in rows if row.told is not None]
    return actions.bring_assets(told, actor=staff)


def _cells(row: AssetRow) -> list[Any]:
    return list(row.shown)


TABLE = bring.Bringing(
    name="upkeep:bring",
    back="upkeep:assets",
    title=_("Bring the register in"),
    say=_(
        "A table with one facility a row: its number, kind and name; the other columns "
        "are found by their names. What has a number that is there already is brought "
        "up to date; an empty cell changes nothing, and the same file twice neither."
    ),
    labels=LABELS,
    read=read_assets,
    bring=_bring,
    cells=_cells,
    wide=WIDE,
    page="upkeep/bring.html",
    # Column names in the town's own language: that is what is looked for.
    example=[
        HEADER,
        [
            *("QX-001", "农村公路", "青溪村主路", "青溪村", "村口到小学", "村道"),
            *(1850, 2016, "通村公路", 620, "青溪村集体", "青溪村委", 830000, 5000),
            *("2024-09-12", "补坑、灌缝", "", "", "", "", "", ""),
        ],
        [
            *("QX-002", "山塘", "青溪上塘", "青溪村", "", "", 1, 1998, "", 300),
            *("青溪村集体", "青溪村委", 600000, "", "", "", "王建国（副镇长）"),
            *("李敏（水利站）", "张强（村民）", 118.912345, 28.876543, "WGS-84"),
        ],
    ],
)


@staff_only(*rules.KEEP)
def table(request: StaffRequest) -> HttpResponse:
    """Take a table."""
    return bring.ask(request, TABLE)


@staff_only(*rules.KEEP)
def table_look(request: StaffRequest, job: str) -> HttpResponse:
    """Look at a table, and bring it in."""
    return bring.look(request, TABLE, job)


@staff_only(*rules.KEEP)
@require_safe
def example(request: StaffRequest) -> HttpResponse:
    """Give a table to fill in."""
    return bring.example(TABLE)


@staff_only(*rules.KEEP)
def map_in(request: StaffRequest) -> HttpResponse:
    """Take a map, and ask how its numbers are meant."""
    form = MapForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        job = keep_as(request.town, ".geojson", told["sheet"].chunks(), MAPS)
        return redirect(
            "upkeep:map-look",
            town=request.town.code,
            system=told["system"],
            order=told["order"],
            job=job,
        )
    status = 422 if form.errors else 200
    return render(request, "upkeep/map_in.html", {"form": form}, status=status)


def _map_of(town: Town, job: str) -> Path | None:
    path = folder_of(town, MAPS) / f"{job}.geojson"
    return path if NAME.match(job) and path.exists() else None


def _map_kind(system: str, order: str) -> bring.Bringing:
    meant = meant_in(system, order)
    if meant is None:
        raise Http404
    return bring.Bringing(
        name="upkeep:map",
        back="upkeep:assets",
        title=_("Bring a map in"),
        say=TABLE.say,
        labels=LABELS,
        read=partial(read_map, meant=meant),
        bring=_bring,
        cells=_cells,
        wide=WIDE,
        page="upkeep/bring.html",
        find=_map_of,
        example=TABLE.example,
    )


@staff_only(*rules.KEEP)
def map_look(request: StaffRequest, system: str, order: str, job: str) -> HttpResponse:
    """Look at a map, and bring it in."""
    return bring.look(request, _map_kind(system, order), job)


@staff_only(*rules.SEE)
@require_safe
def as_table(request: StaffRequest) -> HttpResponse:
    """Give what the filters leave as a table that can be brought in again."""
    rows = queries.every_asset(request.staff, FilterForm(request.GET).chosen())
    answer = HttpResponse(sheet_bytes(sheet_rows(rows)), content_type=bring.XLSX)
    answer["Content-Disposition"] = 'attachment; filename="register.xlsx"'
    return answer


@staff_only(*rules.SEE)
@require_safe
def as_map(request: StaffRequest) -> HttpResponse:
    """Give what the filters leave as a map in WGS-84."""
    rows = queries.every_asset(request.staff, FilterForm(request.GET).chosen())
    told = json.dumps(as_geojson(rows), ensure_ascii=False)
    answer = HttpResponse(told, content_type="application/geo+json")
    answer["Content-Disposition"] = 'attachment; filename="register.geojson"'
    return answer


@staff_only(*rules.SEE)
@require_safe
def plates(request: StaffRequest) -> HttpResponse:
    """Give the plates of what the filters leave, eight a sheet, as a PDF."""
    chosen = FilterForm(request.GET).chosen()
    begin = request.GET.get("from", "0")
    first = int(begin) if begin.isdecimal() else 0
    one = request.GET.get("asset", "")
    found = queries.plates_for(
        request.staff, chosen, first, int(one) if one.isdecimal() else 0
    )
    if not found:
        raise Http404
    address = request.build_absolute_uri(reverse("plate:asset", args=["CODE"]))
    pdf = plates_pdf(request.town, found, address)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="plates.pdf"'
    return answer
