"""The public ledger: what was promised and what came of it."""

import csv
import io
import json
from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_scopes import scope

from luoshi.cases import ledger
from luoshi.cases.access import granted_reporter
from luoshi.cases.actions import signal_broken, withdraw_by_reporter
from luoshi.cases.forms.ledger import FilterForm, SignalForm
from luoshi.cases.limits import network_of
from luoshi.core.access import open_to_all
from luoshi.core.models import Town
from luoshi.core.requests import TownRequest
from luoshi.core.sheets.out import safe_cell
from luoshi.core.tally import count_up

DAY_S, MOST_SIGNALS = 86400, 10


@open_to_all
@require_safe
def entries(request: TownRequest) -> HttpResponse:
    """List what was published, filtered."""
    form = FilterForm(request.GET)
    filters = form.filters()
    page = ledger.ledger_page(request.town, filters, request.GET.get("after", ""))
    query = request.GET.copy()
    query["after"] = page.older
    context = {
        "form": form,
        "page": page,
        "narrowed": filters != ledger.Filters(),
        "older": query.urlencode() if page.older else "",
    }
    return render(request, "cases/resident/ledger.html", context)


@open_to_all
@require_safe
def matter(request: TownRequest, number: str) -> HttpResponse:
    """Show one published matter, and let a neighbour say that it is still broken."""
    return _show(request, number, SignalForm())


def _show(request: TownRequest, number: str, form: SignalForm) -> HttpResponse:
    shown = ledger.matter_of(ledger.open_published(request.town, number))
    context = {"matter": shown, "form": form}
    status = 422 if form.errors else 200
    return render(request, "cases/resident/published.html", context, status=status)


@open_to_all
@require_POST
def still_broken(request: TownRequest, number: str) -> HttpResponse:
    """Take a neighbour's word to checker and leader."""
    commitment = ledger.open_published(request.town, number)
    form = SignalForm(request.POST)
    if not form.is_valid():
        return _show(request, number, form)
    if count_up(f"signals:{network_of(request)}", DAY_S) > MOST_SIGNALS:
        form.add_error(
            None, _("It was said from here several times today. The town knows.")
        )
        return _show(request, number, form)
    signal_broken(commitment.pk, words=form.cleaned_data["words"])
    messages.success(
        request, _("Thank you. Who checks the work and the leader are told now.")
    )
    return redirect("cases:published", town=request.town.code, number=number)


@open_to_all
@require_POST
def withdraw(request: TownRequest) -> HttpResponse:
    """Take one's matter off the public page, at once."""
    withdraw_by_reporter(granted_reporter(request).pk)
    messages.success(request, _("It is off the public page."))
    return redirect("cases:tracking", town=request.town.code)


@open_to_all
@require_safe
def village(request: TownRequest, village_id: int) -> HttpResponse:
    """Show what a village asked for and what came of it."""
    page = ledger.village_page(request.town, village_id)
    return render(request, "cases/resident/village.html", {"page": page})


@open_to_all
@require_safe
def dictionary(request: TownRequest) -> HttpResponse:
    """Say what each field of the open data means."""
    return render(request, "cases/resident/data.html", {"fields": field_words()})


def field_words() -> list[tuple[str, str, str]]:
    """Return each field, its meaning, and its form."""
    text, day = _("text"), _("year-month-day")
    words = {
        "number": (_("Number of the matter"), text),
        "village": (_("Village"), text),
        "category": (_("What it is about"), text),
        "title": (_("Public title"), text),
        "words": (_("Public text, written by the town"), text),
        "office": (_("Office that answers for it"), text),
        "started": (_("First word of who asked"), day),
        "due": (_("Promised day"), day),
        "closed": (_("Day on which it was closed; empty while it is open"), day),
        "light": (
            _("Where it stands"),
            "ok, soon, late, paused, waiting, promise, closed",
        ),
        "ending": (
            _("How it ended; solved and partly are the words of who asked"),
            "solved, partly, not_solved, accepted, destination, no_verdict",
        ),
        "satisfied": (
            _("Whether who asked was satisfied with how it was done"),
            "satisfied, neutral, not",
        ),
        "times_reopened": (_("How often it was done again"), _("count")),
    }
    return [(name, *words[name]) for name in ledger.FIELDS]


@open_to_all
@require_safe
def as_csv(request: TownRequest) -> StreamingHttpResponse:
    """Stream the ledger as CSV."""
    response = StreamingHttpResponse(
        _csv_lines(request.town), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="luoshi-open.csv"'
    return response


def _csv_lines(town: Town) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out)
    # The mark by which spreadsheets know UTF-8.
    out.write("\ufeff")
    writer.writerow(ledger.FIELDS)
    # At once, so that nobody waits for the first rows.
    yield _taken(out)
    # A response is read after the request's scope has ended.
    with scope(town=town):
        for row in ledger.data_rows(town):
            writer.writerow([safe_cell(row[name]) for name in ledger.FIELDS])
            if out.tell() > 65536:
                yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


@open_to_all
@require_safe
def as_json(request: TownRequest) -> StreamingHttpResponse:
    """Stream the ledger as JSON."""
    return StreamingHttpResponse(
        _json_lines(request.town), content_type="application/json"
    )


def _json_lines(town: Town) -> Iterator[str]:
    yield json.dumps({"town": town.name}, ensure_ascii=False)[:-1] + ', "matters": ['
    with scope(town=town):
        for number, row in enumerate(ledger.data_rows(town)):
            comma = ",\n" if number else "\n"
            yield comma + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"
