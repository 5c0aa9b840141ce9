"""Households: the villages' lists in numbers, and a list brought in."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from luoshi.alerts import queries, rules
from luoshi.alerts.access import open_roster
from luoshi.alerts.actions import bring_households, erase_roster
from luoshi.alerts.actions.households import Brought
from luoshi.alerts.forms import BringForm
from luoshi.alerts.keeping import PART
from luoshi.alerts.sheet import HEADER, read_households
from luoshi.core.access import staff_only
from luoshi.core.clock import today
from luoshi.core.forms.sheet import SmallSheetForm
from luoshi.core.requests import StaffRequest
from luoshi.core.sheets import BadSheet, keep_sheet, sheet_bytes, sheet_of
from luoshi.core.views.manage.base import done
from luoshi.core.views.manage.bring import XLSX

MOST_SHOWN = 200
EXAMPLE = [
    ["青溪村", "一组", "示例户主甲", "13800000001", "独居老人", 1, "走路要人扶"],
    ["青溪村", "三组", "示例户主乙", "0570-6000002", "低洼处", 5, ""],
]


@staff_only(*rules.ROLES)
@require_safe
def households(request: StaffRequest) -> HttpResponse:
    """Show the lists in numbers."""
    context = {"villages": queries.village_lists(request.staff)}
    return render(request, "alerts/households.html", context)


@staff_only(*rules.ROLES)
def bring(request: StaffRequest) -> HttpResponse:
    """Take the table and go on to look at it."""
    form = SmallSheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        job = keep_sheet(request.town, sheet.name, sheet.chunks(), PART)
        return redirect("alerts:bring-look", town=request.town.code, job=job)
    return _asked(request, form)


def _asked(
    request: StaffRequest, form: SmallSheetForm, fault: str = ""
) -> HttpResponse:
    context = {"form": form, "fault": fault}
    status = 422 if form.errors or fault else 200
    return render(request, "alerts/bring.html", context, status=status)


@staff_only(*rules.ROLES)
def look(request: StaffRequest, job: str) -> HttpResponse:
    """Show every row that stays out and why; bring the others in when asked."""
    path = sheet_of(request.town, job, PART)
    if path is None:
        raise Http404
    try:
        found = read_households(path, request.staff)
    except BadSheet as error:
        path.unlink(missing_ok=True)
        return _asked(request, SmallSheetForm(), str(error))
    form = BringForm(request.POST or None, initial={"erase_on": _season_end()})
    if request.method == "POST":
        brought = done(
            form,
            lambda: bring_households(
                found.rows, actor=request.staff, **form.cleaned_data
            ),
        )
        if brought:
            path.unlink(missing_ok=True)
            messages.success(request, _told(brought, found.faulty))
            return redirect("alerts:households", town=request.town.code)
    good = [row for row in found.rows if not row.fault]
    context = {
        "form": form,
        "found": found,
        "good": len(good),
        "first": good[:5],
        "faulty": [row for row in found.rows if row.fault][:MOST_SHOWN],
    }
    status = 422 if form.errors else 200
    return render(request, "alerts/bring_look.html", context, status=status)


def _season_end() -> date:
    """Return the end of this flood season, or of the next one."""
    end = date(today().year, 10, 31)
    return end if today() < end else end.replace(year=end.year + 1)


def _told(brought: Brought, faulty: int) -> str:
    """Say what came of the table."""
    told = {
        "added": brought.added,
        "changed": brought.changed,
        "unchanged": brought.unchanged,
        "stayed": brought.stayed,
        "erased": brought.erased,
        "faulty": faulty,
    }
    return (
        _(
            "%(added)d new, %(changed)d changed, %(unchanged)d as before, %(faulty)d "
            "left out; not named: %(stayed)d stay, %(erased)d taken off."
        )
        % told
    )


@staff_only(*rules.ROLES)
@require_safe
def example(request: StaffRequest) -> HttpResponse:
    """Give a table to fill in."""
    answer = HttpResponse(sheet_bytes([HEADER, *EXAMPLE]), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="households.xlsx"'
    return answer


@staff_only(*rules.ROLES)
@require_POST
def erase(request: StaffRequest, roster_id: int) -> HttpResponse:
    """Erase the list of a village before its day."""
    roster = open_roster(request.staff, roster_id)
    count = erase_roster(roster.pk, actor=request.staff)
    said = ngettext(
        "%(count)d household was erased.", "%(count)d households were erased.", count
    )
    messages.success(request, said % {"count": count})
    return redirect("alerts:households", town=request.town.code)
