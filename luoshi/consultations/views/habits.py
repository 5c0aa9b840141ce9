"""For staff: what is asked of how people live, what they say, and who was heard."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from luoshi.consultations import actions, answers, rules, staff_queries
from luoshi.consultations.access import open_consultation
from luoshi.consultations.forms.habits import (
    CostForm,
    QuestionnaireForm,
    SheetHabitsForm,
)
from luoshi.consultations.habits import counting
from luoshi.consultations.habits.heard import heard_of, heard_rows
from luoshi.consultations.models import Consultation
from luoshi.consultations.views.preparing import to_page
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.sheets import sheet_bytes
from luoshi.core.views.manage.base import done
from luoshi.core.views.manage.bring import sheet_answer

PAGE = ("GET", "HEAD", "POST")


@staff_only(*rules.PREPARE)
@require_http_methods(PAGE)
def questionnaire(request: StaffRequest, number: int) -> HttpResponse:
    """Choose what is asked of how people live."""
    found = open_consultation(request.staff, number, rules.may_change)
    form = QuestionnaireForm(request.POST or None, consultation=found)
    if request.method == "POST" and done(
        form,
        lambda: actions.ask_habits(
            found.pk,
            form.wanted(),
            version=form.cleaned_data["version"] or 0,
            actor=request.staff,
        ),
    ):
        messages.success(request, _("This is what people are asked."))
        return to_page(request, "means", found)
    context = {"consultation": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "consultations/questionnaire.html", context, status=status)


def _means(
    request: StaffRequest, found: Consultation, form: CostForm | None = None
) -> HttpResponse:
    results = counting.results_of_habits(found)
    burdens = results.burdens if results else []
    may_cost = rules.may_answer(request.staff, found) and bool(burdens)
    context = {
        "consultation": found,
        "asks": getattr(found, "questionnaire", None),
        "results": results,
        "may": staff_queries.may_now(request.staff, found),
        "form": form or (CostForm(burdens=burdens) if may_cost else None),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "consultations/means.html", context, status=status)


@staff_only(*rules.SEE)
@require_safe
def means(request: StaffRequest, number: int) -> HttpResponse:
    """Show how people live, and whether they can give what it costs."""
    return _means(request, open_consultation(request.staff, number, rules.may_see))


@staff_only(*rules.PREPARE)
@require_POST
def costs(request: StaffRequest, number: int) -> HttpResponse:
    """Write down what it costs a household of each village."""
    found = open_consultation(request.staff, number, rules.may_answer)
    results = counting.results_of_habits(found)
    form = CostForm(request.POST, burdens=results.burdens if results else [])
    if done(
        form,
        lambda: actions.set_costs(found.pk, form.costs(), actor=request.staff),
    ):
        messages.success(request, _("Written down. It stands beside the answers."))
        return to_page(request, "means", found)
    return _means(request, found, form)


@staff_only(*rules.SEE)
@require_safe
def heard(request: StaffRequest, number: int) -> HttpResponse:
    """Show who answered beside who lives there, and who was not heard yet."""
    found = open_consultation(request.staff, number, rules.may_see)
    context = {"consultation": found, "heard": heard_of(found)}
    return render(request, "consultations/heard.html", context)


@staff_only(*rules.SEE)
@require_safe
def heard_sheet(request: StaffRequest, number: int) -> HttpResponse:
    """Give the list of who has not been heard as a sheet."""
    found = open_consultation(request.staff, number, rules.may_see)
    rows = heard_rows(heard_of(found))
    return sheet_answer(f"not-heard-{found.number}", sheet_bytes(rows))


@staff_only(*rules.ENTER)
@require_http_methods(PAGE)
def sheet_habits(request: StaffRequest, number: int, sheet: int) -> HttpResponse:
    """Type in the questionnaire of a sheet, or correct it."""
    found = open_consultation(request.staff, number, rules.may_enter)
    voter = answers.sheet_of(found, sheet)
    form = SheetHabitsForm(
        request.POST or None,
        consultation=found,
        voter=voter,
        channel=voter.channel if voter else "",
    )
    if request.method == "POST" and done(
        form,
        lambda: actions.enter_habits(
            found.pk,
            sheet,
            form.told(),
            channel=form.cleaned_data["channel"],
            actor=request.staff,
        ),
    ):
        words = _("Sheet %(number)d is typed in. The next one?") % {"number": sheet}
        messages.success(request, words)
        return to_page(request, "sheets", found)
    context = {"consultation": found, "form": form, "sheet": sheet}
    status = 422 if form.errors else 200
    return render(request, "consultations/sheet_habits.html", context, status=status)
