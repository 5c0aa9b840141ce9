"""The case page: the whole story and one next step."""

from itertools import chain
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.cases import actions, desk_queries, rules, staff_queries
from luoshi.cases.access import open_case
from luoshi.cases.actions import (
    add_note,
    erase_case,
    erase_contacts,
    release_held,
    reply_to_reporters,
    show_contact,
)
from luoshi.cases.attention import samples_of
from luoshi.cases.forms.entry import NoteForm, WordsForm
from luoshi.cases.forms.staff import EraseForm, WordForm
from luoshi.cases.ledger import signals_of
from luoshi.cases.orders.reply import orders_under
from luoshi.cases.queries import publication_of, split_off, story_of, voices_of
from luoshi.cases.signs import sign_in
from luoshi.cases.unreached import told_about
from luoshi.cases.views.staff.step_words import STEP_WORDS
from luoshi.cases.voices import told_with
from luoshi.commitments.models import State
from luoshi.commitments.queries import (
    explain_due,
    hops_of,
    next_steps,
    parts_of,
    word_waited_for,
)
from luoshi.commitments.queries.above import explanations_of, higher_of
from luoshi.core.access import staff_only
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.slots import parts_for
from luoshi.papers.queries import kinds_to_make, papers_under


def show_case(request: StaffRequest, case: Any, **more: Any) -> HttpResponse:
    """Render the page of an opened case."""
    steps = [
        (name, STEP_WORDS[name]) for name in next_steps(request.staff, case.commitment)
    ]
    context = {
        "story": story_of(case),
        "case": case,
        "commitment": case.commitment,
        "steps": [one for one in steps if one[0] != "give_word"],
        "word": word_waited_for(case.commitment),
        "word_form": _word_form(case, steps),
        "count": explain_due(case.commitment),
        "higher": higher_of(case.commitment),
        "explanations": explanations_of(case.commitment),
        "hops": hops_of(case.commitment),
        "supports": staff_queries.supports_of(request.staff, case.commitment),
        "told": told_about(case),
        "samples": samples_of(request.staff, case.commitment),
        "orders": orders_under(case.commitment),
        "may_follow_notice": rules.may_follow_notice(request.staff, case),
        "may_name_there": rules.may_name_there(request.staff, case),
        "writable": case.number if rules.may_write_down(request.staff, case) else "",
        "note_form": NoteForm(auto_id="note_%s"),
        "may_reply": rules.may_reply(request.staff, case),
        "beginnings": desk_queries.beginnings_for(request.staff, case),
        "may_see_contact": rules.may_see_contact(request.staff, case),
        "voices": voices_of(case),
        "publication": publication_of(case),
        "signals": signals_of(case.commitment),
        "may_publish": rules.may_publish(request.staff, case),
        "may_withdraw": rules.may_withdraw(request.staff, case),
        "may_see_signals": rules.may_see_signals(request.staff, case),
        "may_merge": rules.may_merge(request.staff, case),
        "may_unmerge": rules.may_unmerge(request.staff, case),
        "may_split": rules.may_split(request.staff, case),
        "parts": parts_of(case.commitment),
        "split_off": split_off(request.staff, case),
        "may_erase": rules.may_erase(request.staff, case),
        "may_release": rules.may_release(request.staff, case),
        "may_seal": rules.may_seal(request.staff, case),
        "papers": papers_under(case.commitment_id, case.pk),
        "kinds_to_make": kinds_to_make(request.staff, case.commitment),
        "sign": sign_in(case.text, request.town),
        "more_parts": parts_for("case", request.staff, case),
    }
    return render(request, "cases/staff/case.html", context | more)


def _word_form(case: Any, steps: list[Any]) -> WordForm | None:
    """Return the form of whose turn it is: agreeing is one click on the case."""
    if all(name != "give_word" for name, _word in steps):
        return None
    form = WordForm(initial={"version": case.commitment.version})
    if case.commitment.state != State.RECEIVED:
        return form.for_answer()
    staff_queries.choices_for(form, case.commitment, case)
    return form


@staff_only()
@require_safe
def case(request: StaffRequest, number: str) -> HttpResponse:
    """Show one case."""
    return show_case(request, open_case(request.staff, number))


def _talk(
    request: StaffRequest, number: str, rule: Any, action: Any, box: str
) -> HttpResponse:
    """Let somebody speak; what cannot be sent stays in the box it was typed into."""
    found = open_case(request.staff, number, to=rule)
    form = (
        NoteForm(request.POST, request.FILES)
        if box == "noted"
        else WordsForm(request.POST)
    )
    typed = {box: request.POST.get("text", "")}
    if not form.is_valid():
        for error in chain.from_iterable(form.errors.values()):
            messages.error(request, str(error))
        return show_case(request, found, **typed)
    try:
        action(found.pk, **form.cleaned_data, actor=request.staff)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return show_case(request, found, **typed)
    return redirect("work:case", town=request.town.code, number=number)


@staff_only()
@require_POST
def reply(request: StaffRequest, number: str) -> HttpResponse:
    """Answer who asked, or put a template's text under what was typed."""
    if "load" in request.POST:
        return _begin(request, number)
    return _talk(request, number, rules.may_reply, reply_to_reporters, "typed")


def _begin(request: StaffRequest, number: str) -> HttpResponse:
    found = open_case(request.staff, number, to=rules.may_reply)
    chosen = desk_queries.beginning_chosen(
        request.staff, found, request.POST.get("begin", "")
    )
    typed = request.POST.get("text", "").rstrip()
    text = "\n".join(filter(None, [typed, chosen]))
    return show_case(request, found, typed=text)


@staff_only()
@require_POST
def note(request: StaffRequest, number: str) -> HttpResponse:
    """Leave a word for colleagues."""
    return _talk(request, number, rules.may_note, add_note, "noted")


@staff_only()
@require_POST
def write_down(request: StaffRequest, number: str, file_id: int) -> HttpResponse:
    """Take what a recording says, in words."""
    found = open_case(request.staff, number, to=rules.may_write_down)
    form = WordsForm(request.POST)
    if form.is_valid():
        words = form.cleaned_data["text"]
        actions.write_down(found.pk, file_id, words=words, actor=request.staff)
        messages.success(request, _("Written down. It can be found by these words."))
    else:
        messages.error(request, _("Write one sentence."))
    back = "work:dispatch-one" if request.POST.get("desk") else "work:case"
    return redirect(back, town=request.town.code, number=number)


@staff_only()
@require_POST
def contact(request: StaffRequest, number: str) -> HttpResponse:
    """Show names and telephones of who asked; the trail says who looked."""
    found = open_case(request.staff, number, to=rules.may_see_contact)
    contacts = [
        show_contact(reporter.pk, actor=request.staff)
        for reporter in staff_queries.reporters_of(found)
    ]
    return show_case(request, found, contacts=contacts)


@staff_only()
@require_POST
def release(request: StaffRequest, number: str) -> HttpResponse:
    """Let a held case go its way."""
    found = open_case(request.staff, number, to=rules.may_release)
    release_held(found.pk, actor=request.staff)
    return redirect("work:case", town=request.town.code, number=number)


@staff_only()
def erase(request: StaffRequest, number: str) -> HttpResponse:
    """Ask what is to be erased and why; erase it for good."""
    found = open_case(request.staff, number, to=rules.may_erase)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        action = erase_case if told["what"] == "all" else erase_contacts
        try:
            action(found.pk, reason=told["reason"], actor=request.staff)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Erased. Nobody can bring it back."))
            return redirect("work:case", town=request.town.code, number=number)
    context = {"form": form, "case": found, "told_with": told_with(found)}
    status = 422 if form.errors else 200
    return render(request, "cases/staff/erase.html", context, status=status)
