"""What the town's roads, estates and facilities are called: a list, and a table."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.core import actions, queries
from luoshi.core.access import staff_only
from luoshi.core.actions.named_places import Called
from luoshi.core.actors import Staff
from luoshi.core.forms.named_places import NamedPlaceForm
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.sheets.named_places import read_named_places
from luoshi.core.views.manage import bring
from luoshi.core.views.manage.base import done, page


@staff_only(ADMINISTRATOR)
def named_places(request: StaffRequest) -> HttpResponse:
    """List the places with all that they are called, and add one."""
    form = NamedPlaceForm(request.POST or None, villages=queries.villages())
    if request.method == "POST" and done(
        form,
        lambda: actions.add_named_place(actor=request.staff, **form.cleaned_data),
    ):
        return redirect("manage:places", town=request.town.code)
    return page(
        request,
        "core/manage/named_places",
        form,
        _("Names of places"),
        rows=queries.named_places(),
    )


@staff_only(ADMINISTRATOR)
@require_POST
def remove(request: StaffRequest, named_place_id: int) -> HttpResponse:
    """Take a place off the list."""
    if not queries.named_places().filter(pk=named_place_id).exists():
        raise Http404
    actions.remove_named_place(named_place_id, actor=request.staff)
    return redirect("manage:places", town=request.town.code)


def _bring(rows: list[Called], staff: Staff) -> actions.Brought:
    return actions.bring_named_places(rows, actor=staff)


def _cells(row: Called) -> list[Any]:
    return [row.name, row.kind_told, "、".join(row.aliases), row.village_told]


PLACES = bring.Bringing(
    name="manage:places-bring",
    back="manage:places",
    title=_("Bring in names of places"),
    say=_(
        "A table with one row for each road, estate or facility, and what it is called "
        "otherwise. The same file twice changes nothing."
    ),
    labels={
        "name": _("Place"),
        "kind": _("What sort of place"),
        "aliases": _("Also called"),
        "village": _("Village"),
    },
    read=read_named_places,
    bring=_bring,
    cells=_cells,
    # Column names in the town's own language: that is what is looked for.
    example=[
        ["名称", "类型", "别名", "村"],
        ["青溪大桥", "道路", "老桥、大桥头", "青溪村"],
        ["东风渠", "水利", "东渠", ""],
        ["幸福家园", "小区", "安置房", "青溪村"],
        ["中心小学", "设施", "镇小", ""],
    ],
)


@staff_only(ADMINISTRATOR)
def bring_places(request: StaffRequest) -> HttpResponse:
    """Take the table."""
    return bring.ask(request, PLACES)


@staff_only(ADMINISTRATOR)
def bring_look(request: StaffRequest, job: str) -> HttpResponse:
    """Look at the table, and bring it in."""
    return bring.look(request, PLACES, job)


@staff_only(ADMINISTRATOR)
@require_safe
def bring_example(request: StaffRequest) -> HttpResponse:
    """Give a table to fill in."""
    return bring.example(PLACES)
