"""The public ledger: what was promised and what came of it."""

import json
from collections.abc import Generator

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.cases import ledger
from luoshi.cases.access import granted_reporter
from luoshi.cases.actions import signal_broken, withdraw_by_reporter
from luoshi.cases.forms.ledger import FilterForm, SignalForm
from luoshi.cases.ledger_data import data_chunks, data_parts
from luoshi.cases.limits import network_of
from luoshi.cases.open_data import fields_told
from luoshi.core.access import open_to_all
from luoshi.core.models import Town
from luoshi.core.requests import TownRequest
from luoshi.core.sheets.stream import WRITERS
from luoshi.core.slots import open_parts_for
from luoshi.core.stream import TownStream
from luoshi.core.tally import count_up
from luoshi.core.villages import former_in

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
        "former": former_in(filters.words) if filters.words else [],
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
    if page.village.pk != village_id:
        return redirect(
            "cases:village", town=request.town.code, village_id=page.village.pk
        )
    parts = open_parts_for("village", page.village)
    context = {"page": page, "more_parts": parts}
    return render(request, "cases/resident/village.html", context)


@open_to_all
@require_safe
def dictionary(request: TownRequest) -> HttpResponse:
    """Say what each field of the open data means."""
    return render(request, "cases/resident/data.html", {"fields": fields_told()})


@open_to_all
@require_safe
def as_csv(request: TownRequest) -> StreamingHttpResponse:
    """Stream the ledger as CSV."""
    return _as_table(request, "csv")


@open_to_all
@require_safe
def as_xlsx(request: TownRequest) -> StreamingHttpResponse:
    """Stream the ledger as a sheet of Excel."""
    return _as_table(request, "xlsx")


def _as_table(request: TownRequest, form: str) -> StreamingHttpResponse:
    writer = WRITERS[form]()
    parts = TownStream(data_parts(request.town, writer), town=request.town)
    response = StreamingHttpResponse(parts, content_type=writer.content_type)
    response["Content-Disposition"] = f'attachment; filename="luoshi-open.{form}"'
    return response


@open_to_all
@require_safe
def as_json(request: TownRequest) -> StreamingHttpResponse:
    """Stream the ledger as JSON."""
    parts = TownStream(_json_parts(request.town), town=request.town)
    return StreamingHttpResponse(parts, content_type="application/json")


def _json_parts(town: Town) -> Generator[bytes, None, None]:
    head = json.dumps({"town": town.name}, ensure_ascii=False)[:-1]
    yield f'{head}, "matters": ['.encode()
    comma = "\n"
    for rows in data_chunks(town):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        yield (comma + ",\n".join(lines)).encode()
        comma = ",\n"
    yield b"\n]}\n"
