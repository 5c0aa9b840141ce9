"""The inbox: find and take the next."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from luoshi.cases.forms.filters import filled_filter
from luoshi.cases.queries import search_cases
from luoshi.cases.views.staff.rows import rows_of
from luoshi.commitments.queries import Filters, inbox_counts, inbox_page
from luoshi.commitments.queries.inbox import VIEWS
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest

VIEW_WORDS = {
    "open": _("All open"),
    "undispatched": _("To dispatch"),
    "soon": _("Due soon"),
    "late": _("Overdue"),
    "review": _("To accept"),
    "awaiting": _("Waiting for verdict"),
    "leader": _("For the leader"),
    "closed": _("Closed"),
}


@staff_only()
@require_safe
def inbox(request: StaffRequest) -> HttpResponse:
    """Show one page of one view."""
    form = filled_filter(request.GET)
    chosen = form.cleaned_data
    view = request.GET.get("view", "open")
    view = view if view in VIEWS else "open"
    whose = chosen.get("whose") or "town"
    ids = {
        f"{name}_id": chosen[name].pk if chosen.get(name) else None
        for name in ("village", "category", "organisation")
    }
    after = request.GET.get("after", "")
    page = inbox_page(
        request.staff, whose=whose, view=view, filters=Filters(**ids), after=after
    )
    counts = inbox_counts(request.staff, whose)
    kept = {key: value for key, value in request.GET.items() if key != "after"}
    context = {
        "rows": rows_of(request.staff, page.rows),
        "page": page,
        "view": view,
        "whose": whose,
        "views": [(name, VIEW_WORDS[name], counts.get(name)) for name in VIEWS],
        "form": form,
        "older": urlencode(kept | {"after": page.older}) if page.older else "",
    }
    return render(request, "cases/staff/inbox.html", context)


@staff_only()
@require_safe
def search(request: StaffRequest) -> HttpResponse:
    """Find cases by their words, newest first."""
    words = request.GET.get("q", "")[:100]
    found = search_cases(request.staff, words) if words else []
    context = {"words": words, "found": found}
    return render(request, "cases/staff/search.html", context)
