"""The inbox: find and take the next."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.cases import desk_queries
from luoshi.cases.desk_queries import VIEW_WORDS
from luoshi.cases.forms.filters import WHOSE_WORDS, FilterForm, filled_filter
from luoshi.cases.found import search_work
from luoshi.cases.queries import search_cases
from luoshi.cases.rules import may_do_many, may_export_contacts
from luoshi.cases.views.staff.filter_bar import chips_of, left_out_of, query_of
from luoshi.cases.views.staff.rows import found_rows, found_work, rows_of
from luoshi.commitments.queries import Filters, inbox_counts, inbox_page
from luoshi.commitments.queries.inbox import VIEWS
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.villages import former_in

NARROWED = ("village", "category", "organisation")


@dataclass(frozen=True)
class Asked:
    """What an address of the inbox asks for."""

    form: FilterForm
    view: str
    whose: str
    filters: Filters

    def told(self) -> str:
        """Say it in words."""
        chosen = [self.form.cleaned_data.get(name) for name in NARROWED]
        words = [VIEW_WORDS[self.view], WHOSE_WORDS[self.whose], *chosen]
        return " · ".join(str(word) for word in words if word)


def read_inbox(given: QueryDict) -> Asked:
    """Read what is asked for; what makes no sense narrows nothing."""
    form = filled_filter(given)
    chosen = form.cleaned_data
    view = given.get("view", "open")
    ids = {
        f"{name}_id": chosen[name].pk if chosen.get(name) else None for name in NARROWED
    }
    return Asked(
        form,
        view if view in VIEWS else "open",
        chosen.get("whose") or "town",
        Filters(**ids),
    )


@staff_only()
@require_safe
def inbox(request: StaffRequest) -> HttpResponse:
    """Show one page of one view."""
    asked = read_inbox(request.GET)
    view, whose = asked.view, asked.whose
    after = request.GET.get("after", "")
    page = inbox_page(
        request.staff, whose=whose, view=view, filters=asked.filters, after=after
    )
    counts = inbox_counts(request.staff, whose)
    kept = {key: value for key, value in request.GET.items() if key != "after"}
    context = {
        "rows": rows_of(request.staff, page.rows),
        "page": page,
        "view": view,
        "whose": whose,
        "views": [(name, VIEW_WORDS[name], counts.get(name)) for name in VIEWS],
        "form": asked.form,
        "choosable": True,
        "may_many": may_do_many(request.staff),
        "chips": chips_of(asked.form, view),
        "left_out": left_out_of(asked.form, request.GET.get("view", "open")),
        "query": query_of(asked.form, view),
        "saved": desk_queries.views_shown_to(request.staff),
        "narrowed": view != "open" or whose != "town" or asked.filters != Filters(),
        "older": urlencode(kept | {"after": page.older}) if page.older else "",
        "kept": urlencode(kept),
        "may_export_contacts": may_export_contacts(request.staff),
    }
    return render(request, "cases/staff/inbox.html", context)


@staff_only()
@require_safe
def search(request: StaffRequest) -> HttpResponse:
    """Find cases by their words, in the title first, and what else is owed."""
    words = request.GET.get("q", "")[:100]
    found = search_cases(request.staff, words) if words else []
    context = {
        "words": words,
        "found": found_rows(found, words),
        "work": found_work(search_work(request.staff, words), words) if words else [],
        "former": former_in(words),
        "kept": urlencode({"q": words}),
        "may_export_contacts": may_export_contacts(request.staff),
    }
    return render(request, "cases/staff/search.html", context)
