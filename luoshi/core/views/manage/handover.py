"""Posts change hands: choose, look at what goes over, hand over, see what went."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.core import actions, queries
from luoshi.core.access import staff_only
from luoshi.core.forms.handover import HandoverForms
from luoshi.core.forms.sheet import SmallSheetForm
from luoshi.core.models import Tenure
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.sheets import BadSheet, keep_sheet, sheet_bytes, sheet_of
from luoshi.core.sheets.handover import Coming, posts_sheet, read_coming
from luoshi.core.views.manage.bring import XLSX


@staff_only(ADMINISTRATOR)
def hand_over(request: StaffRequest) -> HttpResponse:
    """Choose an office, or take a filled-in list of posts."""
    form = SmallSheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            rows = _read(request, form.cleaned_data["sheet"])
        except BadSheet as error:
            form.add_error("sheet", str(error))
        else:
            return _from_sheet(request, rows)
    context = {
        "form": form,
        "offices": queries.offices_with_posts(),
        "handovers": queries.handovers()[:20],
    }
    status = 422 if form.errors else 200
    return render(request, "core/manage/hand_over.html", context, status=status)


def _read(request: StaffRequest, sheet: Any) -> list[Coming]:
    job = keep_sheet(request.town, sheet.name, sheet.chunks())
    path = sheet_of(request.town, job)
    assert path is not None
    try:
        return read_coming(path, queries.posts(), list(queries.people())).rows
    finally:
        path.unlink(missing_ok=True)


def _from_sheet(request: StaffRequest, rows: list[Coming]) -> HttpResponse:
    """Fill the form in from a list; what cannot be read is said above it."""
    told = {row.tenure_id: row.told for row in rows if row.told}
    tenures = queries.posts_named(set(told))
    forms = HandoverForms(tenures, list(queries.people()), told=told)
    faults = [
        _("Row %(row)d: %(fault)s") % {"row": row.line, "fault": row.fault}
        for row in rows
        if row.fault
    ]
    return _pairs_page(request, forms, faults=faults)


@staff_only(ADMINISTRATOR)
def pairs(request: StaffRequest) -> HttpResponse:
    """Say who comes into which post; the same answers twice hand over."""
    if request.method != "POST":
        return _pairs_page(request, _forms(request, _of_office(request)))
    ids = {int(one) for one in request.POST.getlist("tenure") if one.isdecimal()}
    forms = _forms(request, queries.posts_named(ids))
    if not forms.is_valid():
        return _pairs_page(request, forms)
    if forms.head.cleaned_data["looked"] != forms.mark():
        return _pairs_page(
            request, forms, going=_kept(forms, lambda: _look(request, forms))
        )
    handed = _kept(
        forms,
        lambda: actions.hand_posts_over(
            forms.successors(), day=forms.head.cleaned_data["day"], actor=request.staff
        ),
    )
    if handed is None:
        return _pairs_page(request, forms)
    request.session["newcomers"] = [
        [one.person.name, one.username, one.password] for one in handed.given
    ]
    return redirect(
        "manage:handed-over", town=request.town.code, handover_id=handed.handover.pk
    )


def _of_office(request: StaffRequest) -> list[Tenure]:
    office = request.GET.get("office", "")
    tenures = queries.posts_of(int(office)) if office.isdecimal() else []
    if not tenures:
        raise Http404
    return tenures


def _forms(request: StaffRequest, tenures: list[Tenure]) -> HandoverForms:
    return HandoverForms(tenures, list(queries.people()), request.POST or None)


def _look(request: StaffRequest, forms: HandoverForms) -> list[queries.Going]:
    plan = actions.plan_handover(
        forms.successors(), day=forms.head.cleaned_data["day"], actor=request.staff
    )
    return [queries.what_goes(change, pair.who) for pair, change in plan]


def _kept(forms: HandoverForms, act: Callable[[], Any]) -> Any:
    """Act; a refusal becomes the form's error."""
    try:
        return act()
    except Refusal as refusal:
        forms.head.add_error(None, refusal.sentence)
    return None


def _pairs_page(
    request: StaffRequest,
    forms: HandoverForms,
    *,
    going: list[queries.Going] | None = None,
    faults: list[str] | None = None,
) -> HttpResponse:
    wrong = bool(forms.head.errors) or any(row.errors for row in forms.rows)
    context = {
        "form": forms.head,
        "rows": forms.rows,
        "going": going,
        "faults": faults,
        "mark": forms.mark() if going else "",
    }
    status = 422 if wrong else 200
    return render(request, "core/manage/hand_over_pairs.html", context, status=status)


@staff_only(ADMINISTRATOR)
@require_safe
def posts_list(request: StaffRequest) -> HttpResponse:
    """Give the list of posts to fill in."""
    answer = HttpResponse(sheet_bytes(posts_sheet(queries.posts())), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="posts.xlsx"'
    return answer


@staff_only(ADMINISTRATOR)
@require_safe
def handed_over(request: StaffRequest, handover_id: int) -> HttpResponse:
    """Show what went over, and first passwords once."""
    handover = queries.handovers().filter(pk=handover_id).first()
    if handover is None:
        raise Http404
    context = {
        "handover": handover,
        "went": [queries.what_went(pair) for pair in handover.pairs.all()],
        "newcomers": request.session.pop("newcomers", None),
    }
    return render(request, "core/manage/handed_over.html", context)
