"""What residents see: what is asked, one statement at a time, and what came of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from luoshi.cases.codes import fresh_code
from luoshi.cases.limits import network_of
from luoshi.consultations import actions, answers, limits, queries
from luoshi.consultations.access import open_public, poster_target
from luoshi.consultations.codes import (
    CAME_BY,
    channel_of,
    code_in,
    forget_code,
    keep_code,
    shown_code,
)
from luoshi.consultations.forms.answering import CodeForm, ReactForm, SayForm
from luoshi.consultations.models import Consultation, Statement
from luoshi.consultations.results import results_of
from luoshi.consultations.tracks import track_of
from luoshi.core.access import open_to_all
from luoshi.core.refusals import Refusal
from luoshi.core.requests import TownRequest
from luoshi.core.views.manage.base import done


def to(request: HttpRequest, name: str, found: Consultation) -> HttpResponse:
    """Go to a public page of a consultation."""
    told = {"town": found.town.code, "number": found.number}
    return redirect(reverse(f"asked:{name}", kwargs=told))


@open_to_all
@require_safe
def consultations(request: TownRequest) -> HttpResponse:
    """List what is asked now, and what came of what was asked before."""
    open_now, earlier = queries.public_lists(request.town)
    context = {"open": open_now, "earlier": earlier}
    return render(request, "consultations/public_list.html", context)


@open_to_all
@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from a poster's code to what it asks about."""
    found = poster_target(code)
    if found is None:
        return redirect("portal:towns")
    answer = to(request, "one", found)
    answer.set_cookie(CAME_BY, "poster", max_age=3600, httponly=True, samesite="Lax")
    return answer


@open_to_all
@require_safe
def one(request: TownRequest, number: int) -> HttpResponse:
    """Show what is asked, of whom, until when; later what was decided."""
    found = open_public(request.town, number)
    voter = answers.voter_of(found, code_in(request, found))
    context = {
        "consultation": found,
        "villages": answers.villages_asked(found),
        "options": queries.options_of(found),
        "track": track_of(request.town, found.track),
        "trials": list(found.trials.all()),
        "voter": voter,
        "people": answers.people_who_answered(found).count(),
        "takes": queries.takes_answers(found),
        "results": results_of(found) if found.published_at else None,
        "links": queries.public_links(found),
        "evaluations": queries.public_evaluations(found),
    }
    return render(request, "consultations/public.html", context)


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: TownRequest, number: int) -> HttpResponse:
    """Show one statement, and keep what somebody thinks of it."""
    found = open_public(request.town, number)
    code = code_in(request, found)
    if request.method == "POST":
        return _react(request, found, code)
    if not queries.takes_answers(found):
        return to(request, "results", found)
    voter = answers.voter_of(found, code)
    coming = answers.next_for(found, voter)
    shown = coming.statements[0] if coming.statements else None
    context = {
        "consultation": found,
        "shown": shown,
        "coming": coming,
        "later": [_told(one) for one in coming.statements[1:]],
        "code": shown_code(found, code) if voter else "",
    }
    page = render(request, "consultations/answer.html", context)
    if not code:
        keep_code(page, request, found, fresh_code())
    return page


def _told(statement: Statement) -> dict[str, object]:
    """Return a statement as the page's script shows it."""
    return {
        "id": statement.pk,
        "text": statement.text,
        "origin": statement.origin_told,
    }


def _react(request: TownRequest, found: Consultation, code: str) -> HttpResponse:
    """Keep a reaction; a refusal becomes JSON for the script, else a sentence."""
    as_json = not request.accepts("text/html")
    form = ReactForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal("consultations.one_of_three")
        voter = answers.voter_of(found, code)
        if voter is None and limits.too_many_new(network_of(request)):
            raise Refusal("consultations.too_many")
        code = code or fresh_code()
        actions.react(
            found.pk,
            form.cleaned_data["statement"],
            form.cleaned_data["value"],
            code=code,
            channel=channel_of(request),
        )
    except Refusal as refusal:
        if as_json:
            told = {"code": refusal.code, "message": refusal.sentence}
            return JsonResponse(told, status=refusal.status)
        messages.error(request, refusal.sentence)
        return to(request, "answer", found)
    kept = JsonResponse({"kept": True}) if as_json else to(request, "answer", found)
    keep_code(kept, request, found, code)
    return kept


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: TownRequest, number: int) -> HttpResponse:
    """Add a statement of one's own; the rules by which it is looked at stand here."""
    found = open_public(request.town, number)
    if not queries.takes_answers(found):
        return to(request, "results", found)
    posted = request.method == "POST"
    form = SayForm(request.POST if posted else None)
    if posted and form.is_valid():
        code = code_in(request, found) or network_of(request)
        if limits.too_much_said(network_of(request), code):
            form.add_error(None, _too_many())
        elif said := done(form, lambda: _say(found, form)):
            return _said(request, found, said)
    context = {
        "consultation": found,
        "form": form,
        "reasons": Statement.Reason.choices,
    }
    status = 422 if form.errors else 200
    return render(request, "consultations/say.html", context, status=status)


def _too_many() -> str:
    return Refusal("consultations.too_many").sentence


def _say(found: Consultation, form: SayForm) -> Statement:
    told = form.cleaned_data
    return actions.say(found.pk, text=told["text"], objects=told["objects"])


def _said(request: TownRequest, found: Consultation, said: Statement) -> HttpResponse:
    if said.state == Statement.State.PUBLISHED:
        words = _("The same was said already, as statement %(number)d. React to it.")
        messages.info(request, words % {"number": said.number})
    else:
        words = _(
            "Thank you. Somebody looks at it by the rules below, and then others can "
            "react to it."
        )
        messages.success(request, words)
    return to(request, "answer", found)


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: TownRequest, number: int) -> HttpResponse:
    """Show somebody's own answers, to change or withdraw; or ask for their code."""
    found = open_public(request.town, number)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if limits.too_many_codes(network_of(request)):
            form.add_error(None, _too_many())
        elif code := done(form, lambda: actions.take_over(found, form.data["code"])):
            kept = to(request, "mine", found)
            keep_code(kept, request, found, code)
            return kept
    code = code_in(request, found)
    voter = answers.voter_of(found, code)
    context = {
        "consultation": found,
        "form": form,
        "voter": voter,
        "reactions": answers.reactions_of(voter) if voter else [],
        "code": shown_code(found, code) if voter else "",
        "takes": queries.takes_answers(found),
        "may_withdraw": queries.counts_still(found),
    }
    status = 422 if form.errors else 200
    return render(request, "consultations/mine.html", context, status=status)


@open_to_all
@require_POST
def change(request: TownRequest, number: int) -> HttpResponse:
    """Change one of one's own answers."""
    found = open_public(request.town, number)
    code = code_in(request, found)
    form = ReactForm(request.POST)
    if form.is_valid() and answers.voter_of(found, code):
        told = form.cleaned_data
        try:
            actions.react(
                found.pk,
                told["statement"],
                told["value"],
                code=code,
                channel=channel_of(request),
            )
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Changed. The last word counts."))
    return to(request, "mine", found)


@open_to_all
@require_POST
def withdraw(request: TownRequest, number: int) -> HttpResponse:
    """Let all of one's answers go."""
    found = open_public(request.town, number)
    gone = to(request, "one", found)
    try:
        actions.withdraw_answers(found.pk, code=code_in(request, found))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return gone
    messages.success(request, _("Your answers are gone, as if never given."))
    forget_code(gone, found)
    return gone


@open_to_all
@require_safe
def results(request: TownRequest, number: int) -> HttpResponse:
    """Say in plain words what people think, and what was not published and why."""
    found = open_public(request.town, number)
    context = {
        "consultation": found,
        "results": results_of(found),
        "takes": queries.takes_answers(found),
        "refused": queries.refused_by_reason(found),
        "waiting": queries.waiting_count(found),
    }
    return render(request, "consultations/results.html", context)
