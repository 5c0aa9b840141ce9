"""The page of figures, and the list behind each number."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from luoshi.cases.figures.behind import list_behind, list_page, read_asked
from luoshi.cases.figures.conditions import BY_CLOSING, BY_RECEIPT
from luoshi.cases.figures.page import figures_page
from luoshi.cases.figures.periods import PERIODS
from luoshi.cases.rules import may_export_contacts
from luoshi.cases.views.staff.rows import rows_of
from luoshi.commitments.queries import visible_among
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import DISPATCHER, INSPECTOR, LEADER

BY_WORDS = {
    BY_CLOSING: _("By the day of closing"),
    BY_RECEIPT: _("By the day of receipt"),
}
PERIOD_WORDS = {
    "month": _("This month"),
    "last": _("Last month"),
    "year": _("This year"),
    "twelve": _("Twelve months"),
}


@staff_only(LEADER, INSPECTOR, DISPATCHER)
@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    """Show the figures of a period."""
    name = request.GET.get("period", "month")
    name = name if name in PERIODS else "month"
    by = BY_RECEIPT if request.GET.get("by") == BY_RECEIPT else BY_CLOSING
    context = {
        "page": figures_page(request.town, name, by),
        "name": name,
        "by": by,
        "ways": list(BY_WORDS.items()),
        # Once: a page has hundreds of numbers.
        "behind": reverse("work:behind", kwargs={"town": request.town.code}),
        "periods": list(PERIOD_WORDS.items()),
    }
    return render(request, "cases/staff/figures.html", context)


@staff_only(LEADER, INSPECTOR, DISPATCHER)
@require_safe
def behind(request: StaffRequest) -> HttpResponse:
    """List what a number counts."""
    asked = read_asked(request.GET.dict())
    if asked is None:
        raise Http404
    after = request.GET.get("after", "")
    found, older = list_page(asked, int(after) if after.isdigit() else 0)
    # Before dispatch only the dispatcher reads what it is about.
    visible = visible_among(request.staff, [one.pk for one in found])
    context = {
        "rows": [
            (row, row.commitment.pk in visible) for row in rows_of(request.staff, found)
        ],
        "total": list_behind(asked).count(),
        "older": f"{asked.query()}&after={older}" if older else "",
        "kept": asked.query(),
        "may_export_contacts": may_export_contacts(request.staff),
    }
    return render(request, "cases/staff/behind.html", context)
