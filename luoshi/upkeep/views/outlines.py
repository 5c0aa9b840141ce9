"""The outlines of the villages, and what the large map draws."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.sheets import BadSheet
from luoshi.core.views.manage.base import done
from luoshi.upkeep import actions, queries, rules
from luoshi.upkeep.forms.assets import FilterForm
from luoshi.upkeep.forms.kinds import MapForm, meant_in
from luoshi.upkeep.sheets.outlines import Outlines, read_outlines


@staff_only(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def outlines(request: StaffRequest) -> HttpResponse:
    """Bring the outlines in: all of a map, or none and why."""
    posted = request.method == "POST"
    form = MapForm(request.POST if posted else None, request.FILES if posted else None)
    found = Outlines()
    if posted and form.is_valid():
        found = _read(form)
        if not form.errors and not found.faults:
            count = done(
                form,
                lambda: actions.bring_outlines(found.told, actor=request.staff),
            )
            if not form.errors:
                said = ngettext(
                    "%(count)d outline is new or changed.",
                    "%(count)d outlines are new or changed.",
                    count or 0,
                )
                messages.success(request, said % {"count": count or 0})
                return redirect("upkeep-manage:outlines", town=request.town.code)
    context = {
        "form": form,
        "faults": found.faults,
        "villages": queries.villages_outlined(),
    }
    status = 422 if form.errors or found.faults else 200
    return render(request, "upkeep/outlines.html", context, status=status)


def _read(form: MapForm) -> Outlines:
    told = form.cleaned_data
    meant = meant_in(told["system"], told["order"])
    assert meant is not None
    with NamedTemporaryFile(suffix=".geojson") as file:
        for part in told["sheet"].chunks():
            file.write(part)
        file.flush()
        try:
            return read_outlines(Path(file.name), meant)
        except BadSheet as fault:
            form.add_error("sheet", str(fault))
            return Outlines()


@staff_only(*rules.SEE)
@require_safe
def places(request: StaffRequest) -> HttpResponse:
    """Give what the filters leave, and the villages' outlines, to the large map."""
    chosen = FilterForm(request.GET).chosen()
    return JsonResponse(queries.map_of(request.staff, chosen))
