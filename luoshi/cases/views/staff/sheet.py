"""A case on paper: an A4 sheet without names, or with them, to the trail."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from luoshi.cases import rules, staff_queries
from luoshi.cases.access import open_case
from luoshi.cases.actions import show_contact
from luoshi.cases.orders.reply import orders_under
from luoshi.cases.queries import story_of, voices_of
from luoshi.commitments.queries import hops_of
from luoshi.core.access import staff_only
from luoshi.core.clock import now
from luoshi.core.requests import StaffRequest
from luoshi.ui.qr import qr_svg


@staff_only()
def sheet(request: StaffRequest, number: str) -> HttpResponse:
    """Show the sheet; names and telephones only when asked for, and written down."""
    named = request.method == "POST"
    case = open_case(request.staff, number, to=rules.may_see_contact if named else None)
    reporters = staff_queries.reporters_of(case) if named else []
    contacts = [show_contact(one.pk, actor=request.staff) for one in reporters]
    path = reverse("work:case", kwargs={"town": request.town.code, "number": number})
    link = request.build_absolute_uri(path)
    story = story_of(case)
    context = {
        "case": case,
        "commitment": case.commitment,
        "story": story,
        # Paper is read from the first word on; what colleagues told each other stays.
        "lines": [line for line in reversed(story.lines) if line.sort != "note"],
        "voices": voices_of(case),
        "hops": hops_of(case.commitment),
        "contacts": contacts,
        "orders": orders_under(case.commitment),
        "may_see_contact": rules.may_see_contact(request.staff, case),
        "link": link,
        "code": qr_svg(link, border=0),
        "printed_at": now(),
    }
    return render(request, "cases/staff/sheet.html", context)
