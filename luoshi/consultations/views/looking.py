"""The queue of what residents say: published, not published, mended."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.consultations import actions, rules, staff_queries
from luoshi.consultations.access import open_consultation, statement_of
from luoshi.consultations.forms.staff import MendForm, RefuseForm, SayForTownForm
from luoshi.consultations.models import Consultation, Statement
from luoshi.consultations.views.preparing import to_page, tried
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.views.manage.base import done


def _forms_of(one: Statement) -> tuple[Statement, RefuseForm, MendForm]:
    return (
        one,
        RefuseForm(auto_id=f"refuse-{one.pk}-%s"),
        MendForm(auto_id=f"mend-{one.pk}-%s", initial={"text": one.text}),
    )


def _page(
    request: StaffRequest, found: Consultation, say_form: forms.Form | None = None
) -> HttpResponse:
    waiting = staff_queries.waiting_of(found)
    decided = staff_queries.decided_of(found)
    context = {
        "consultation": found,
        "may": staff_queries.may_now(request.staff, found),
        "waiting": [_forms_of(one) for one in waiting],
        "decided": [_forms_of(one) for one in decided],
        "reasons": Statement.Reason.choices,
        "say_form": say_form or SayForTownForm(),
    }
    status = 422 if say_form is not None and say_form.errors else 200
    return render(request, "consultations/statements.html", context, status=status)


@staff_only(*rules.SEE)
@require_safe
def statements(request: StaffRequest, number: int) -> HttpResponse:
    """Show what waits for a look, and what was decided before."""
    return _page(request, open_consultation(request.staff, number, rules.may_see))


@staff_only(*rules.PREPARE)
@require_POST
def say(request: StaffRequest, number: int) -> HttpResponse:
    """Add something the town says."""
    found = open_consultation(request.staff, number, rules.may_say)
    form = SayForTownForm(request.POST)
    if done(
        form,
        lambda: actions.say_for_town(
            found.pk, text=form.cleaned_data["text"], actor=request.staff
        ),
    ):
        return to_page(request, "statements", found)
    return _page(request, found, form)


@staff_only(*rules.MODERATE)
@require_POST
def decide(
    request: StaffRequest, number: int, statement_id: int, what: str
) -> HttpResponse:
    """Publish a statement, say why not, or mend its words."""
    found = open_consultation(request.staff, number, rules.may_moderate)
    one = statement_of(found, statement_id)
    steps: dict[str, Callable[[], bool]] = {
        "publish": lambda: tried(
            request,
            lambda: actions.publish_statement(one.pk, actor=request.staff),
            _("Published. Others can react to it now."),
        ),
        "refuse": lambda: _refuse(request, one),
        "mend": lambda: _mend(request, one),
    }
    if what not in steps:
        raise Http404
    steps[what]()
    return to_page(request, "statements", found)


def _refuse(request: StaffRequest, one: Statement) -> bool:
    form = RefuseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the published reasons."))
        return False
    return tried(
        request,
        lambda: actions.refuse_statement(
            one.pk, **form.cleaned_data, actor=request.staff
        ),
        _("Not published. The reason is counted on the public page."),
    )


def _mend(request: StaffRequest, one: Statement) -> bool:
    return tried(
        request,
        lambda: actions.mend_statement(
            one.pk, text=request.POST.get("text", ""), actor=request.staff
        ),
        _("Mended."),
    )
