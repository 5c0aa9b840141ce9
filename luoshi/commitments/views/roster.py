"""The duty roster: the month, who is on duty now, swapping, files in and out."""

from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from luoshi.commitments import actions, rules
from luoshi.commitments.access import open_shift
from luoshi.commitments.forms.roster import ConfirmForm, SwapForm
from luoshi.commitments.queries import roster as queries
from luoshi.commitments.queries.deputies import people_here
from luoshi.commitments.queries.roster_pages import month_page, now_page, places_of
from luoshi.commitments.roster_calendar import calendar_bytes
from luoshi.commitments.roster_sheet import (
    RosterRow,
    cells_of,
    example_rows,
    read_roster,
    roster_sheet,
)
from luoshi.core.access import staff_only
from luoshi.core.actions import Brought
from luoshi.core.actors import Staff
from luoshi.core.clock import today
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.sheets import Preview, sheet_bytes
from luoshi.core.views.manage import bring
from luoshi.core.views.manage.base import done, page


def _month_asked(request: StaffRequest) -> date:
    """Return the first day of the month in the address, or of this one."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return today().replace(day=1)


@staff_only()
@require_safe
def month(request: StaffRequest) -> HttpResponse:
    """Show who is on duty in a month."""
    shown = month_page(request.staff, _month_asked(request))
    return render(request, "commitments/roster.html", {"shown": shown})


@staff_only()
@require_safe
def now_on_duty(request: StaffRequest) -> HttpResponse:
    """Show who is on duty now and what is open; who came says so with one tap."""
    context = {"shown": now_page(request.staff), "form": ConfirmForm()}
    return render(request, "commitments/on_duty.html", context)


@staff_only()
@require_POST
def confirm(request: StaffRequest, shift_id: int) -> HttpResponse:
    """Take a shift over."""
    shift = open_shift(request.staff, shift_id, to=rules.may_confirm)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        context = {"shown": now_page(request.staff), "form": form}
        return render(request, "commitments/on_duty.html", context, status=422)
    actions.confirm_shift(shift.pk, **form.cleaned_data, actor=request.staff)
    messages.info(request, _("The shift is yours. What comes in is told to you."))
    return redirect("roster:now", town=request.town.code)


@staff_only()
def swap(request: StaffRequest, shift_id: int) -> HttpResponse:
    """Let somebody else take a shift."""
    shift = open_shift(request.staff, shift_id, to=rules.may_swap)
    form = SwapForm(
        request.POST or None,
        places=places_of(request.staff, shift),
        people=people_here(),
        shifts=queries.shifts_to_swap(shift),
    )
    if request.method == "POST" and done(
        form,
        lambda: actions.swap_shift(shift.pk, **form.told(), actor=request.staff),
    ):
        messages.info(request, _("Swapped. Whom it concerns was told."))
        return redirect("roster:roster", town=request.town.code)
    title = gettext_lazy("Swap a shift")
    return page(request, "commitments/swap", form, title, shift=shift)


@staff_only()
@require_safe
def sheet(request: StaffRequest) -> HttpResponse:
    """Give a month of the roster as a table that can be brought in again."""
    first = _month_asked(request)
    shifts = queries.shifts_between(first, queries.month_end(first))
    answer = HttpResponse(
        sheet_bytes(roster_sheet(shifts, request.town)), content_type=bring.XLSX
    )
    name = f"roster-{first:%Y-%m}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@staff_only()
@require_safe
def calendar_file(request: StaffRequest) -> HttpResponse:
    """Give one's own shifts to come as a calendar file, or the whole month's."""
    first = _month_asked(request)
    if "month" in request.GET:
        shifts = queries.shifts_between(first, queries.month_end(first))
    else:
        shifts = list(queries.shifts_to_come(request.staff.person))
    answer = HttpResponse(
        calendar_bytes(shifts, request.town), content_type="text/calendar"
    )
    answer["Content-Disposition"] = 'attachment; filename="roster.ics"'
    return answer


def _bring(rows: list[RosterRow], staff: Staff) -> Brought:
    return actions.bring_roster(rows, actor=staff)


def _bringing(request: StaffRequest) -> bring.Bringing:
    """Say how a roster of this town is read and brought in."""

    def read(path: Path) -> Preview[Any]:
        return read_roster(path, request.town)

    return bring.Bringing(
        name="roster:bring",
        back="roster:roster",
        title=gettext_lazy("Bring in the duty roster"),
        say=gettext_lazy(
            "A table with one shift a row: the day, the shift (白班, 夜班, 全天 or "
            "hours such as 18:00-次日8:00), who is on duty and the leader on duty; and "
            "telephones, if there are any. Cells left empty under a day or a leader "
            "mean the one above. A day that is named is then as the table says; "
            "swaps stay."
        ),
        labels={
            "day": gettext_lazy("Day"),
            "shift": gettext_lazy("Shift"),
            "people": gettext_lazy("On duty"),
            "leader": gettext_lazy("Leader on duty"),
            "phone": gettext_lazy("Telephone"),
            "office": gettext_lazy("Office"),
        },
        read=read,
        bring=_bring,
        cells=cells_of,
        example=example_rows(),
    )


@staff_only(ADMINISTRATOR)
def bring_in(request: StaffRequest) -> HttpResponse:
    """Take the table."""
    return bring.ask(request, _bringing(request))


@staff_only(ADMINISTRATOR)
def bring_look(request: StaffRequest, job: str) -> HttpResponse:
    """Look at the table, and bring it in."""
    return bring.look(request, _bringing(request), job)


@staff_only(ADMINISTRATOR)
@require_safe
def bring_example(request: StaffRequest) -> HttpResponse:
    """Give a table to fill in."""
    return bring.example(_bringing(request))
