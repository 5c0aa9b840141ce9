"""How people stand to what was said: the map in words, and answers without names."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from luoshi.cases.limits import network_of
from luoshi.consultations import rules
from luoshi.consultations.access import open_consultation, open_public
from luoshi.consultations.actions.giving_out import give_out_votes
from luoshi.consultations.maps.exporting import excel_parts, polis_archive
from luoshi.consultations.maps.page import alike_notes, page_of
from luoshi.consultations.models import Consultation
from luoshi.core.access import open_to_all, staff_only
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest, TownRequest
from luoshi.core.sheets.stream import XLSX_TYPE
from luoshi.core.stream import TownStream
from luoshi.core.tally import count_up

Answer = HttpResponse | StreamingHttpResponse
HOUR_S, MOST_FILES = 3600, 30


@open_to_all
@require_safe
def opinions(request: TownRequest, number: int) -> HttpResponse:
    """Show in words, then in a picture, how people stand to the statements."""
    consultation = open_public(request.town, number)
    context = {
        "consultation": consultation,
        "page": page_of(consultation),
        "may_download": rules.may_take_votes(consultation),
    }
    return render(request, "consultations/opinions/public.html", context)


@open_to_all
@require_safe
def votes(request: TownRequest, number: int, form: str) -> Answer:
    """Give out the answers without names, once nobody answers any more."""
    consultation = open_public(request.town, number)
    if not rules.may_take_votes(consultation):
        raise Refusal("consultations.votes_later")
    if count_up(f"opinions:{network_of(request)}", HOUR_S) > MOST_FILES:
        raise Refusal("consultations.votes_too_often")
    return _file(request, consultation, form)


@staff_only(*rules.SEE)
@require_safe
def staff_opinions(request: StaffRequest, number: int) -> HttpResponse:
    """Show the same to staff, and answers alike beyond chance."""
    consultation = open_consultation(request.staff, number, rules.may_see)
    context = {
        "consultation": consultation,
        "page": page_of(consultation),
        "alike": alike_notes(consultation),
    }
    return render(request, "consultations/opinions/staff.html", context)


@staff_only(*rules.SEE)
@require_POST
def staff_votes(request: StaffRequest, number: int, form: str) -> Answer:
    """Give out the answers without names; it is written down who took them."""
    consultation = open_consultation(request.staff, number, rules.may_see)
    give_out_votes(consultation.pk, actor=request.staff)
    return _file(request, consultation, form)


def _file(request: HttpRequest, consultation: Consultation, form: str) -> Answer:
    answer: Answer
    if form == "xlsx":
        parts = TownStream(excel_parts(consultation), town=consultation.town)
        answer = StreamingHttpResponse(parts, content_type=XLSX_TYPE)
    else:
        answer = HttpResponse(
            polis_archive(consultation), content_type="application/zip"
        )
    name = f"opinions-{consultation.number}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
