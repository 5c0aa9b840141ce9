"""The register: every number of a year, also those that were cancelled."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.core.access import staff_only
from luoshi.core.clock import today
from luoshi.core.requests import StaffRequest
from luoshi.papers.models import Kind
from luoshi.papers.queries import MOST, register_of, years_of
from luoshi.papers.rules import BRING


@staff_only(*BRING)
@require_safe
def register(request: StaffRequest) -> HttpResponse:
    """List the numbers of a year, of one kind or of all."""
    kind, asked = request.GET.get("kind", ""), request.GET.get("year", "")
    years = years_of(request.town.pk)
    year = int(asked) if asked.isdigit() and int(asked) in years else today().year
    context = {
        "lines": register_of(request.staff, year, kind),
        "year": year,
        "years": years,
        "kind": kind,
        "kinds": Kind.choices,
        "most": MOST,
    }
    return render(request, "papers/register.html", context)
