"""One page for each step of the work: a form, an action, back to the case."""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from luoshi.cases import staff_queries
from luoshi.cases.access import open_case
from luoshi.cases.actions import add_part, judge_by_phone
from luoshi.cases.forms import above
from luoshi.cases.forms import staff as forms
from luoshi.cases.forms.apart import PartForm
from luoshi.cases.forms.endings import RouteForm
from luoshi.cases.queries import story_of
from luoshi.cases.views.staff.ending_steps import ENDING_STEPS
from luoshi.cases.views.staff.step_kinds import Step
from luoshi.cases.views.staff.step_words import STEP_WORDS
from luoshi.commitments import actions
from luoshi.commitments.models import Kind, State
from luoshi.commitments.queries import Whose, next_steps, whose_duty
from luoshi.core.access import staff_only
from luoshi.core.models import Organisation, Person
from luoshi.core.refusals import Conflict, Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.roles import DISPATCHER

STEPS: dict[str, Step] = {
    **ENDING_STEPS,
    "give_word": Step(forms.WordForm, actions.give_word, "give_word", _("Agree to it")),
    "return_word": Step(
        forms.ReasonForm,
        actions.return_word,
        "give_word",
        _("Return it"),
        _("The reason goes to whom it is returned; it is then theirs again."),
    ),
    "recall_word": Step(
        forms.TakeForm,
        actions.recall_word,
        "recall_word",
        _("Take back the question"),
        _("Nothing is decided; it can be changed and asked again."),
    ),
    "take_on_duty": Step(
        forms.TakeForm,
        actions.take_on_duty,
        "take_on_duty",
        _("See to it"),
        _("Dispatch it when it is clear who does it; what is left goes on at the end."),
    ),
    "dispatch": Step(
        forms.DispatchForm, actions.dispatch_commitment, "dispatch", _("Dispatch")
    ),
    "pass_on": Step(
        forms.PassOnForm, actions.pass_to_destination, "pass_on", _("Pass it on")
    ),
    "take": Step(forms.TakeForm, actions.take_commitment, "take", _("Take it")),
    "resume": Step(
        forms.TakeForm,
        actions.resume_commitment,
        "resume",
        _("Let the clock run again"),
    ),
    "progress": Step(
        forms.ProgressForm, actions.report_progress, "progress", _("Report")
    ),
    "submit": Step(
        forms.SubmitForm,
        actions.submit_commitment,
        "submit",
        _("Hand in for acceptance"),
        _("Somebody else looks at it; then the people who asked judge it."),
    ),
    "extend": Step(
        forms.ExtendForm,
        actions.extend_commitment,
        "extend",
        _("Extend"),
        _("Once, by at most half of the first time."),
    ),
    "pause": Step(
        forms.PauseForm,
        actions.pause_commitment,
        "pause",
        _("Pause the clock"),
        _("Only while somebody outside the town must act first."),
    ),
    "hand_back": Step(
        forms.ReasonForm,
        actions.hand_back_commitment,
        "hand_back",
        _("Hand back"),
        _("Once only. The dispatcher decides; after that it stays."),
    ),
    "decide_handback": Step(
        forms.DecideForm, actions.decide_handback, "decide_handback", _("Decide")
    ),
    "review": Step(
        forms.AcceptForm,
        actions.accept_commitment,
        "review",
        _("Accept"),
        _("Is what was promised there? If not, send it back."),
    ),
    "send_back": Step(
        forms.ReasonForm, actions.send_back_commitment, "review", _("Send back")
    ),
    "sample": Step(
        forms.ReasonForm, actions.send_back_commitment, "sample", _("Send back")
    ),
    "ask_support": Step(
        forms.SupportForm, actions.ask_support, "ask_support", _("Ask another for help")
    ),
    "ask_higher": Step(
        above.HigherForm,
        actions.ask_higher,
        "ask_higher",
        _("Ask"),
        _("It is no hand-back and no failure: the matter stays where it is."),
    ),
    "higher_answer": Step(
        above.HigherAnswerForm,
        actions.note_higher_answer,
        "higher_answer",
        _("Note the answer"),
    ),
    "explain": Step(
        above.ExplainForm,
        actions.explain,
        "explain",
        _("Explain"),
        _("It stands beside the matter; what happened stays counted as it was."),
    ),
    "decide_explanation": Step(
        above.ExplanationForm,
        actions.decide_explanation,
        "decide_explanation",
        _("Note it"),
    ),
    "add_part": Step(
        PartForm,
        add_part,
        "add_part",
        _("Give it to this office"),
        _(
            "You answer for the whole and accept each part; it cannot be handed in "
            "while a part is open. The parts stay with it when it is handed over, "
            "comes back, or takes another matter in, and none is due later than it. "
            "While one is open it is not passed on, promised for later or done "
            "under another number."
        ),
    ),
    "drop_part": Step(
        forms.ReasonForm,
        actions.drop_part,
        "drop_part",
        _("No longer needed"),
        _("The whole goes on without this part; its office is told why."),
    ),
    "hand_over": Step(
        forms.HandOverForm, actions.hand_over_commitment, "hand_over", _("Hand over")
    ),
    "promise": Step(
        forms.PromiseForm,
        actions.promise_openly,
        "promise",
        _("Promise for later"),
        _("It comes back by itself on that day."),
    ),
    "decide_not_solved": Step(
        forms.LeaderForm, actions.decide_not_solved, "decide_not_solved", _("Decide")
    ),
    "call": Step(
        forms.CallForm,
        judge_by_phone,
        "call",
        _("Write down the verdict"),
        _("Asked by somebody outside the office that did it."),
    ),
}
# Actions that check the version the form was made from.
VERSIONED = {
    *("dispatch", "take", "resume", "progress", "submit", "extend", "pause"),
    *("hand_back", "decide_handback", "review", "send_back", "sample"),
    *("add_part", "drop_part"),
    *("ask_higher", "higher_answer", "explain", "decide_explanation"),
    *ENDING_STEPS,
    *("give_word", "return_word", "recall_word", "take_on_duty"),
}


def _arguments(name: str, told: dict[str, Any]) -> dict[str, Any]:
    """Turn a form's rows into the ids that actions take."""
    arguments = {
        (f"{key}_id" if isinstance(value, Organisation | Person) else key): value
        for key, value in told.items()
    }
    if "recording" in arguments:
        recording = arguments.pop("recording")
        arguments["uploads"] += [recording] if recording else []
    if "category" in arguments:
        category = arguments.pop("category")
        arguments["category_id"] = category.pk if category else None
    arguments.pop("suggested", None)
    for key, value in list(arguments.items()):
        if isinstance(value, Organisation | Person):
            arguments[key] = value.pk
    as_meant = name in ("decide_handback", "give_word")
    if as_meant and arguments.get("organisation") is None:
        arguments.pop("organisation", None)
    if name not in VERSIONED:
        arguments.pop("version", None)
    return arguments


@staff_only()
def step(request: StaffRequest, number: str, name: str) -> HttpResponse:
    """Ask what a step needs, take it, and go back to the case."""
    case = open_case(request.staff, number)
    if name not in STEPS:
        raise Http404
    if _moved_on(request, case):
        return _show_changed(request, name, case)
    if not _permitted(request, name, case):
        raise Http404
    form = _form(request, STEPS[name], case)
    if request.method == "POST" and form.is_valid():
        try:
            _take_step(request, name, case, form.cleaned_data)
        except Conflict:
            return _show_changed(request, name, open_case(request.staff, number))
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return _onwards(request, name, number)
    return _show(request, name, case, form, 422 if form.errors else 200)


def _permitted(request: StaffRequest, name: str, case: Any) -> bool:
    return STEPS[name].permit in next_steps(request.staff, case.commitment)


def _show(
    request: StaffRequest,
    name: str,
    case: Any,
    form: forms.StepForm,
    status: int,
    **more: object,
) -> HttpResponse:
    chosen = STEPS[name]
    context = {
        "form": form,
        "step": chosen,
        "name": name,
        "title": STEP_WORDS.get(name, chosen.button),
        "case": case,
        "commitment": case.commitment,
        "multipart": form.is_multipart(),
        "whose": _whose(form, case),
        "helped": name == "call" and staff_queries.is_helped(case),
    }
    return render(request, "cases/staff/step.html", context | more, status=status)


def _moved_on(request: StaffRequest, case: Any) -> bool:
    """Tell whether the case changed since the sent form was made."""
    seen = request.POST.get("version", "")
    return seen.isdigit() and int(seen) != case.commitment.version


def _show_changed(request: StaffRequest, name: str, case: Any) -> HttpResponse:
    """Show what the other did beside what was typed; sending again is a choice."""
    chosen = STEPS[name]
    typed = request.POST.copy()
    typed["version"] = str(case.commitment.version)
    form = _form(request, chosen, case, typed)
    form.add_error(None, Conflict("commitments.changed_meanwhile").sentence)
    newest = story_of(case).lines[:3]
    may = _permitted(request, name, case)
    return _show(request, name, case, form, 409, newest=newest, may_send=may)


def _whose(form: forms.StepForm, case: Any) -> Whose | None:
    """Say whose duty the matter is; ask why where it is not the town's."""
    if not isinstance(form, forms.HandsForm):
        return None
    chosen = case.commitment.category_id
    if "category" in form.fields:
        chosen = form["category"].value()
    whose = whose_duty(staff_queries.category_named(chosen))
    if whose and whose.withdrawn:
        form.ask_why()
    return whose


def _form(
    request: StaffRequest, chosen: Step, case: Any, typed: QueryDict | None = None
) -> forms.StepForm:
    category = staff_queries.category_named(
        request.GET.get("category") or case.commitment.category_id
    )
    whose = whose_duty(category)
    start = {
        "version": case.commitment.version,
        "category": category,
        "destination": whose.destination if whose else "",
        "reporter": staff_queries.reporters_of(case).first(),
    }
    told = typed or request.POST or None
    asked = chosen.form
    if asked is forms.CallForm and case.commitment.kind == Kind.PROPOSAL:
        asked = forms.OpinionCallForm
    form = asked(told, request.FILES or None, initial=start)
    if isinstance(form, forms.WordForm) and case.commitment.state != State.RECEIVED:
        form.for_answer()
    staff_queries.choices_for(form, case.commitment, case)
    if isinstance(form, above.ExplainForm):
        form.offer(case.commitment)
    if isinstance(form, RouteForm):
        form.offer(request.town)
    return form


def _take_step(
    request: StaffRequest, name: str, case: Any, told: dict[str, Any]
) -> None:
    arguments = _arguments(name, told)
    subject = case.commitment_id
    if name == "call":
        subject = arguments.pop("reporter").pk
    if name == "ask_higher":
        version = arguments.pop("version", None)
        arguments = {"above": actions.Above(**arguments), "version": version}
    STEPS[name].action(subject, actor=request.staff, **arguments)


def _onwards(request: StaffRequest, name: str, number: str) -> HttpResponse:
    """After a dispatch comes the next at the desk; after anything else the case."""
    if name in ("dispatch", "pass_on") and request.staff.has(DISPATCHER):
        return redirect("work:dispatch", town=request.town.code)
    return redirect("work:case", town=request.town.code, number=number)


@staff_only()
@require_POST
def not_reached(request: StaffRequest, number: str) -> HttpResponse:
    """Write down that nobody was reached today."""
    case = open_case(request.staff, number)
    actions.note_call_attempt(case.commitment_id, actor=request.staff)
    return redirect("work:case", town=request.town.code, number=number)


@staff_only()
def answer_support(request: StaffRequest, support_id: int) -> HttpResponse:
    """Answer a colleague's request for help."""
    case = staff_queries.support_case(request.staff, support_id)
    if case is None:
        raise Http404
    form = forms.SupportAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {key: form.cleaned_data[key] for key in ("answer", "interim")}
        actions.answer_support(support_id, actor=request.staff, **told)
        return redirect("work:case", town=request.town.code, number=case.number)
    chosen = Step(
        forms.SupportAnswerForm, actions.answer_support, "", _("Send the answer")
    )
    context = {
        "form": form,
        "step": chosen,
        "title": _("Help asked for"),
        "case": case,
        "commitment": case.commitment,
    }
    status = 422 if form.errors else 200
    return render(request, "cases/staff/step.html", context, status=status)
