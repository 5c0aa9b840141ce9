"""Taking a list out as a file, and what one took out before."""

from django import forms
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.cases.exporting import (
    Listed,
    Order,
    of_figure,
    of_inbox,
    of_search,
    past_exports,
    stream_of,
)
from luoshi.cases.figures.behind import read_asked
from luoshi.cases.views.staff.inbox import read_inbox
from luoshi.core.access import staff_only
from luoshi.core.clock import today
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import DISPATCHER, INSPECTOR, LEADER
from luoshi.core.sheets.stream import WRITERS
from luoshi.ui.sources import asked

LIST_WORDS = {
    "inbox": _("Inbox"),
    "search": _("Search"),
    "figure": _("What a number counts"),
    "chosen": _("Chosen in the inbox"),
}


class ExportForm(forms.Form):
    """Which kind of file, and whether with names and telephones."""

    sources = asked("form", "contacts")

    form = forms.ChoiceField(choices=[(name, name) for name in WRITERS])
    contacts = forms.BooleanField(required=False)


@staff_only()
@require_POST
def inbox(request: StaffRequest) -> StreamingHttpResponse:
    """Give a view of the inbox."""
    asked = read_inbox(request.GET)
    listed = of_inbox(
        request.staff,
        whose=asked.whose,
        view=asked.view,
        filters=asked.filters,
        told=asked.told(),
    )
    return _give(request, listed)


@staff_only()
@require_POST
def search(request: StaffRequest) -> StreamingHttpResponse:
    """Give what a search finds."""
    return _give(request, of_search(request.staff, request.GET.get("q", "")[:100]))


@staff_only(LEADER, INSPECTOR, DISPATCHER)
@require_POST
def figure(request: StaffRequest) -> StreamingHttpResponse:
    """Give the list behind a number."""
    asked = read_asked(request.GET.dict())
    if asked is None:
        raise Http404
    return _give(request, of_figure(request.staff, asked, asked.query()))


def _give(request: StaffRequest, listed: Listed) -> StreamingHttpResponse:
    form = ExportForm(request.POST)
    if not form.is_valid():
        raise Http404
    kind, contacts = form.cleaned_data["form"], form.cleaned_data["contacts"]
    return give(request, listed, kind, contacts=contacts)


def give(
    request: StaffRequest, listed: Listed, kind: str, *, contacts: bool = False
) -> StreamingHttpResponse:
    """Give a list as a file of one kind."""
    parts = stream_of(Order(request.staff, listed, kind, contacts))
    response = StreamingHttpResponse(parts, content_type=WRITERS[kind].content_type)
    name = f"luoshi-{listed.name}-{today():%Y%m%d}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@staff_only()
@require_safe
def past(request: StaffRequest) -> HttpResponse:
    """Show what one exported, and what came of each."""
    rows = [(one, LIST_WORDS[one.listed]) for one in past_exports(request.staff)]
    return render(request, "cases/staff/exports.html", {"past": rows})
