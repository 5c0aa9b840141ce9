"""The closing desk: answers, steps, the trial, and the decision that they hold up."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.consultations import actions, rules, staff_queries
from luoshi.consultations.access import (
    open_consultation,
    statement_of,
    step_of,
    trial_of,
)
from luoshi.consultations.forms.staff import (
    AnswerForm,
    DecisionForm,
    LookForm,
    StepForm,
    TrialForm,
    WhyForm,
)
from luoshi.consultations.habits.counting import loudest_of
from luoshi.consultations.models import Consultation, StepDone
from luoshi.consultations.staff_queries import Owed
from luoshi.consultations.views.preparing import to_page, tried
from luoshi.core.access import staff_only
from luoshi.core.requests import StaffRequest
from luoshi.core.views.manage.base import done

Filled = dict[str, forms.Form]


def _answer_form(one: Owed, filled: Filled) -> tuple[Owed, forms.Form]:
    name = f"answer-{one.statement.pk}"
    start = {"outcome": one.answer.outcome, "why": one.answer.why} if one.answer else {}
    return one, filled.get(name, AnswerForm(auto_id=f"{name}-%s", initial=start))


def _step_form(step: StepDone, filled: Filled) -> tuple[StepDone, forms.Form]:
    name = f"step-{step.pk}"
    start = {
        key: getattr(step, key)
        for key in ("begun_on", "done_on", "words")
        if step.done_on
    }
    fresh = StepForm(auto_id=f"{name}-%s", step=step, initial=start)
    return step, filled.get(name, fresh)


def _page(
    request: StaffRequest, found: Consultation, filled: Filled | None = None
) -> HttpResponse:
    """Show what is owed first, then what is done, then the decision."""
    filled = filled or {}
    desk = staff_queries.desk_of(found)
    decision = DecisionForm(initial={"version": found.version}, auto_id="decide_%s")
    context: dict[str, Any] = {
        "consultation": found,
        "desk": desk,
        "may": staff_queries.may_now(request.staff, found),
        "owed": [_answer_form(one, filled) for one in desk.owed],
        "others": [_answer_form(one, filled) for one in desk.others],
        "steps": [_step_form(step, filled) for step in desk.steps],
        "trial_form": filled.get("trial", TrialForm(auto_id="trial_%s")),
        "look_form": filled.get("look", LookForm(auto_id="look_%s")),
        "decision_form": filled.get("decision", decision),
        "why_form": WhyForm(auto_id="why_%s"),
        "loudest": loudest_of(found),
    }
    status = 422 if any(form.errors for form in filled.values()) else 200
    return render(request, "consultations/closing.html", context, status=status)


@staff_only(*rules.SEE)
@require_safe
def closing(request: StaffRequest, number: int) -> HttpResponse:
    """Show what is still owed before the decision can be published."""
    return _page(request, open_consultation(request.staff, number, rules.may_see))


@staff_only(*rules.PREPARE)
@require_POST
def answer(request: StaffRequest, number: int, statement_id: int) -> HttpResponse:
    """Answer a statement."""
    found = open_consultation(request.staff, number, rules.may_answer)
    one = statement_of(found, statement_id)
    name = f"answer-{one.pk}"
    form = AnswerForm(request.POST, auto_id=f"{name}-%s")
    if done(
        form,
        lambda: actions.answer_statement(
            one.pk, **form.cleaned_data, actor=request.staff
        ),
    ):
        words = _("Statement %(number)d is answered.") % {"number": one.number}
        messages.success(request, words)
        return to_page(request, "closing", found)
    return _page(request, found, {name: form})


@staff_only(*rules.PREPARE)
@require_POST
def step(request: StaffRequest, number: int, step_id: int) -> HttpResponse:
    """Write down a step of the track."""
    found = open_consultation(request.staff, number, rules.may_record_step)
    one = step_of(found, step_id)
    name = f"step-{one.pk}"
    form = StepForm(request.POST, auto_id=f"{name}-%s", step=one)
    if done(
        form,
        lambda: actions.record_step(one.pk, **form.cleaned_data, actor=request.staff),
    ):
        messages.success(request, _("The step is written down."))
        return to_page(request, "closing", found)
    return _page(request, found, {name: form})


@staff_only(*rules.PREPARE)
@require_POST
def trial(request: StaffRequest, number: int) -> HttpResponse:
    """Write down which group tries it."""
    found = open_consultation(request.staff, number, rules.may_try)
    form = TrialForm(request.POST, auto_id="trial_%s")
    if done(
        form,
        lambda: actions.begin_trial(found.pk, **form.cleaned_data, actor=request.staff),
    ):
        return to_page(request, "closing", found)
    return _page(request, found, {"trial": form})


@staff_only(*rules.PREPARE)
@require_POST
def look(request: StaffRequest, number: int, trial_id: int) -> HttpResponse:
    """Write down what those who tried it say."""
    found = open_consultation(request.staff, number, rules.may_try)
    one = trial_of(found, trial_id)
    form = LookForm(request.POST, auto_id="look_%s")
    if done(
        form,
        lambda: actions.look_at_trial(one.pk, **form.cleaned_data, actor=request.staff),
    ):
        return to_page(request, "closing", found)
    return _page(request, found, {"look": form})


@staff_only(*rules.SEE)
@require_POST
def close(request: StaffRequest, number: int) -> HttpResponse:
    """Take no more answers."""
    found = open_consultation(request.staff, number, rules.may_close)
    tried(
        request,
        lambda: actions.close_consultation(
            found.pk, why=request.POST.get("why", ""), actor=request.staff
        ),
        _("No more answers are taken. What is owed stands here."),
    )
    return to_page(request, "closing", found)


@staff_only(*rules.SEE)
@require_POST
def publish(request: StaffRequest, number: int) -> HttpResponse:
    """Publish the decision with every answer."""
    found = open_consultation(request.staff, number, rules.may_publish)
    form = DecisionForm(request.POST, auto_id="decide_%s")
    if done(
        form,
        lambda: actions.publish_decision(
            found.pk,
            decision=form.cleaned_data["decision"],
            version=form.cleaned_data["version"] or 0,
            actor=request.staff,
        ),
    ):
        messages.success(request, _("The decision is public, with every answer."))
        return to_page(request, "one", found)
    return _page(request, found, {"decision": form})


@staff_only(*rules.SEE)
@require_POST
def stop(request: StaffRequest, number: int) -> HttpResponse:
    """Stop one that should not go on."""
    found = open_consultation(request.staff, number, rules.may_stop)
    tried(
        request,
        lambda: actions.stop_consultation(
            found.pk, why=request.POST.get("why", ""), actor=request.staff
        ),
        _("It is stopped; who answered reads why."),
    )
    return to_page(request, "one", found)
