"""Today: what needs this person's hand, what waits, what merely happened."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from luoshi.cases.unreached import unreached_count
from luoshi.cases.views.staff.rows import rows_of
from luoshi.commitments.models import State
from luoshi.commitments.queries import (
    Page,
    inbox_counts,
    inbox_page,
    parts_to_accept,
    supports_asked_of,
    words_asked_of,
)
from luoshi.commitments.queries.roster_pages import news_of
from luoshi.core.access import staff_only
from luoshi.core.notices import inbox_of, mark_read, text_of
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import DISPATCHER, INSPECTOR, LEADER

# What a role looks at before its own matters: the view of the inbox that waits for it.
FIRST = {LEADER: "late", INSPECTOR: "review", DISPATCHER: "undispatched"}


@staff_only()
@require_safe
def today(request: StaffRequest) -> HttpResponse:
    """Show the day of whoever is signed in."""
    staff = request.staff
    page = inbox_page(staff, whose="mine")
    notices = inbox_of(staff.person, most=8)
    first = next((view for role, view in FIRST.items() if staff.has(role)), "")
    others = inbox_page(staff, view=first) if first else Page()
    # What waits for the dispatcher stands above already.
    own = [one for one in page.rows if one.state != State.RECEIVED]
    context = {
        "rows": rows_of(staff, own[:20]),
        "total": page.total - (len(page.rows) - len(own)),
        "helps": supports_asked_of(staff),
        "parts": parts_to_accept(staff),
        "words": words_asked_of(staff),
        "duty": news_of(staff),
        "first": first,
        "first_rows": rows_of(staff, others.rows[:10]),
        "first_total": others.total,
        "counts": [(view, n) for view, n in inbox_counts(staff).items() if n],
        "unreached": unreached_count(staff),
        "notices": [(notice, text_of(notice)) for notice in notices],
    }
    return render(request, "cases/staff/today.html", context)


@staff_only()
@require_POST
def put_away(request: StaffRequest) -> HttpResponse:
    """Put the notices away that were on the page."""
    ids = [int(one) for one in request.POST.getlist("notice") if one.isdigit()]
    mark_read(request.staff.person, ids)
    return redirect("work:today", town=request.town.code)
