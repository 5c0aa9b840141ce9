"""Looking up a matter: how far it is, a word more, the verdict."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.cases import drafts
from luoshi.cases.access import (
    TooManyTries,
    WrongCode,
    find_by_short_code,
    grant,
    granted_other,
    granted_reporter,
    granted_to_withdraw,
    reporter_by_code,
)
from luoshi.cases.actions import (
    add_words,
    correct_contact,
    judge_case,
    withdraw_matter,
)
from luoshi.cases.actions.intake import code_of
from luoshi.cases.codes import shown
from luoshi.cases.forms.endings import WithdrawForm
from luoshi.cases.forms.resident import ContactForm, WordForm, verdict_form
from luoshi.cases.limits import network_of
from luoshi.cases.on_paper import answers_for
from luoshi.cases.queries import tracking_of
from luoshi.cases.sealed_queries import ForReporter, sealed_for
from luoshi.commitments.queries import explain_due
from luoshi.core.access import open_to_all
from luoshi.core.actors import RESIDENT
from luoshi.core.requests import TownRequest
from luoshi.ui.qr import qr_card


@open_to_all
@require_safe
def receipt(request: TownRequest) -> HttpResponse:
    """Give proof, and say who answers by when; the draft is done."""
    reporter = granted_reporter(request)
    drafts.drop_draft(request, request.town)
    code = shown(request.town.prefix, code_of(reporter))
    sealed = sealed_for(reporter)
    if sealed:
        context = {"sealed": sealed, "code": code}
        return render(request, "cases/resident/receipt_sealed.html", context)
    context = {"tracking": tracking_of(reporter), "code": code}
    return render(request, "cases/resident/receipt.html", context)


@open_to_all
@require_safe
def code_picture(request: TownRequest) -> HttpResponse:
    """Draw the QR code of the reporter whose code this browser gave."""
    reporter = granted_reporter(request)
    code = code_of(reporter)
    link = request.build_absolute_uri(reverse("short:code", args=[code]))
    card = qr_card(link, shown(request.town.prefix, code))
    response = HttpResponse(card, content_type="image/png")
    response["Cache-Control"] = "no-store"
    return response


@open_to_all
def lookup(request: TownRequest) -> HttpResponse:
    """Ask for the code; five wrong ones pause for ten minutes."""
    typed, error = request.POST.get("code", ""), ""
    if request.method == "POST":
        try:
            reporter = reporter_by_code(request.town, typed, network_of(request))
        except TooManyTries:
            error = _("Too many wrong codes. Try again in 10 minutes, or call.")
        except WrongCode:
            error = _(
                "Nothing found. The code has eight characters, "
                "without the letters O, I, L and U. Look at it once more."
            )
        else:
            answer = redirect("cases:tracking", town=request.town.code)
            return grant(answer, reporter)
    context = {"typed": typed, "error": error}
    status = 422 if error else 200
    return render(request, "cases/resident/lookup.html", context, status=status)


@open_to_all
def short_code(request: TownRequest, code: str) -> HttpResponse:
    """Open a printed code: it leads to the page without staying in the address."""
    try:
        reporter = find_by_short_code(code, network_of(request))
    except (WrongCode, TooManyTries):
        return redirect("portal:towns")
    return grant(redirect("cases:tracking", town=reporter.town.code), reporter)


def _page(request: TownRequest, **forms: Any) -> HttpResponse:
    reporter = granted_reporter(request)
    sealed = sealed_for(reporter)
    if sealed:
        return _sealed_page(request, sealed, forms.get("word_form", WordForm()))
    tracking = tracking_of(reporter)
    context = {
        "tracking": tracking,
        "on_paper": answers_for(reporter),
        "count": explain_due(tracking.commitment),
        "verdict_form": verdict_form(tracking.commitment),
        "word_form": WordForm(),
    }
    wrong = any(form.errors for form in forms.values())
    return render(
        request,
        "cases/resident/tracking.html",
        context | forms,
        status=422 if wrong else 200,
    )


def _sealed_page(
    request: TownRequest, sealed: ForReporter, form: WordForm
) -> HttpResponse:
    """Say who has it and how to go on, and nothing else."""
    context = {"sealed": sealed, "word_form": form}
    status = 422 if form.errors else 200
    return render(request, "cases/resident/sealed.html", context, status=status)


@open_to_all
@require_safe
def tracking(request: TownRequest) -> HttpResponse:
    """Show how far it is."""
    return _page(request)


@open_to_all
@require_safe
def other(request: TownRequest, number: str) -> HttpResponse:
    """Open another matter of the same person: one code shows what one person told."""
    reporter = granted_other(request, number)
    return grant(redirect("cases:tracking", town=request.town.code), reporter)


@open_to_all
def add(request: TownRequest) -> HttpResponse:
    """Take one more word."""
    reporter = granted_reporter(request)
    form = WordForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        add_words(
            reporter.pk,
            text=form.cleaned_data["text"],
            uploads=form.cleaned_data["photos"],
            recording=form.cleaned_data["recording"],
        )
        messages.info(request, _("The town has your words."))
        return redirect("cases:tracking", town=request.town.code)
    return _page(request, word_form=form)


@open_to_all
def judge(request: TownRequest) -> HttpResponse:
    """Take the verdict of who asked."""
    reporter = granted_reporter(request)
    form = verdict_form(
        reporter.case.commitment, request.POST or None, request.FILES or None
    )
    if request.method == "POST" and form.is_valid():
        judge_case(reporter.pk, actor=request.staff or RESIDENT, **form.cleaned_data)
        messages.info(request, _("Thank you. Your verdict is counted."))
        return redirect("cases:tracking", town=request.town.code)
    return _page(request, verdict_form=form)


@open_to_all
def take_back(request: TownRequest) -> HttpResponse:
    """Ask once more, and end the matter at the wish of who asked."""
    reporter = granted_to_withdraw(request)
    form = WithdrawForm(request.POST or None)
    # Without a word given the form sends nothing but its token.
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        withdraw_matter(reporter.pk, words=words, actor=request.staff or RESIDENT)
        messages.info(request, _("It is withdrawn."))
        return redirect("cases:tracking", town=request.town.code)
    context = {"form": form, "case": reporter.case}
    status = 422 if form.errors else 200
    return render(request, "cases/resident/take_back.html", context, status=status)


@open_to_all
def correct(request: TownRequest) -> HttpResponse:
    """Let a reporter put right how to be reached."""
    reporter = granted_reporter(request)
    form = ContactForm(request.POST or None, initial={"answer": reporter.answer})
    if request.method == "POST" and form.is_valid():
        correct_contact(reporter.pk, actor=RESIDENT, **form.cleaned_data)
        messages.info(request, _("That is put right."))
        return redirect("cases:tracking", town=request.town.code)
    return render(
        request,
        "cases/resident/correct.html",
        {"form": form},
        status=422 if form.errors else 200,
    )
