"""The front pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luoshi.consultations.queries import open_now
from luoshi.core.access import open_to_all
from luoshi.core.requests import TownRequest
from luoshi.portal.queries import all_towns, this_month, upkeep_beside_works


@open_to_all
@require_safe
def towns(request: HttpRequest) -> HttpResponse:
    """Go to the only town, or list them."""
    found = all_towns()
    if len(found) == 1:
        return redirect("portal:front", town=found[0].code)
    return render(request, "portal/towns.html", {"towns": found})


@open_to_all
@require_safe
def front(request: TownRequest) -> HttpResponse:
    """Be heard, or find one's matter, in one tap."""
    context = {
        "month": this_month(request.town),
        "asked": open_now(request.town),
        "paid": upkeep_beside_works(request.town),
    }
    return render(request, "portal/front.html", context)
