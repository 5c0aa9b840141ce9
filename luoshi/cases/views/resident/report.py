"""Telling the town: three questions, a look at all, sent."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luoshi.cases import drafts
from luoshi.cases.access import grant
from luoshi.cases.actions import join_case, receive_case
from luoshi.cases.alike import alike_while_telling, public_title_of
from luoshi.cases.forms.resident import (
    JoinForm,
    SendForm,
    TellerForm,
    WhatForm,
    WhereForm,
    helper_in,
)
from luoshi.cases.forms.sealed import NOTHING, kind_of
from luoshi.cases.limits import too_much_aside, why_held
from luoshi.cases.queries import open_case_to_join, villages_of
from luoshi.cases.signs import sign_in
from luoshi.commitments.queries.roster import duty_at
from luoshi.core.access import open_to_all
from luoshi.core.actors import RESIDENT
from luoshi.core.clock import now
from luoshi.core.queries import groups
from luoshi.core.requests import TownRequest
from luoshi.core.villages import village_now

JOINING = ("form_token", "answer", "phone", "name")


def _step(request: TownRequest, form: Any, number: int, **more: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, "number": number, **more}
    return render(request, f"cases/resident/step{number}.html", context, status=status)


def _next(request: TownRequest, draft: dict[str, Any], name: str) -> HttpResponse:
    drafts.save_draft(request, request.town, draft)
    return redirect(f"cases:{name}", town=request.town.code)


def _about(draft: dict[str, Any]) -> str:
    return str(draft.get("about", NOTHING))


def _elsewhere(
    draft: dict[str, Any], village: int | None, place: str | None = None
) -> dict[str, Any]:
    """Untie a draft from what it was about: who names another place means another."""
    same = village == draft.get("village") and place in (None, draft.get("place"))
    return {} if same else {"tie": ""}


@open_to_all
def what(request: TownRequest) -> HttpResponse:
    """Ask what is the matter."""
    draft = drafts.load_draft(request, request.town)
    # From a poster or a village's page: the village is known already.
    known = request.GET.get("village", "")
    # Its number may be printed on an old poster.
    village = village_now(int(known)) if known.isdecimal() else None
    if village is not None:
        draft |= {"village": village.pk} | _elsewhere(draft, village.pk)
        drafts.save_draft(request, request.town, draft)
    kept = draft.get("recording")
    form = WhatForm(
        request.POST or None,
        request.FILES or None,
        initial={"about": NOTHING} | draft,
        kept=bool(kept),
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        recording, without = told.pop("recording"), told.pop("without", False)
        if recording and too_much_aside(request):
            form.add_error(
                "recording",
                _("Too many recordings came from here. Try again in an hour, or call."),
            )
            return _step(request, form, 1, kept=kept)
        if recording:
            draft = drafts.lay_recording_aside(draft, recording, request.town)
        elif without:
            draft = drafts.leave_recording_out(draft)
        return _next(request, draft | told, "where")
    return _step(request, form, 1, kept=kept)


@open_to_all
def where(request: TownRequest) -> HttpResponse:
    """Ask where it is."""
    draft = drafts.load_draft(request, request.town)
    if not drafts.has_words(draft):
        return redirect("cases:report", town=request.town.code)
    form = WhereForm(
        request.POST or None, initial=draft, villages=villages_of(), groups=groups()
    )
    if request.method == "POST" and form.is_valid():
        village, group = form.cleaned_data["village"], form.cleaned_data.get("group")
        told = {
            "village": village.pk if village else None,
            "group": group.pk if group else None,
            "place": form.cleaned_data["place"],
        }
        moved = _elsewhere(draft, told["village"], told["place"])
        return _next(request, draft | told | moved, "contact")
    return _step(request, form, 2)


@open_to_all
def contact(request: TownRequest) -> HttpResponse:
    """Ask how to reach who tells it."""
    draft = drafts.load_draft(request, request.town)
    if "place" not in draft:
        return redirect("cases:where", town=request.town.code)
    form = TellerForm(request.POST or None, initial={"answer": "none"} | draft)
    if request.method == "POST" and form.is_valid():
        return _next(request, draft | form.cleaned_data, "check")
    village = village_now(draft.get("village") or 0)
    similar = (
        alike_while_telling(request.town, draft["text"], village)
        if _about(draft) == NOTHING and not sign_in(draft["text"], request.town)
        else []
    )
    return _step(request, form, 3, similar=similar)


@open_to_all
def check(request: TownRequest) -> HttpResponse:
    """Show all that was told, and send it."""
    draft = drafts.load_draft(request, request.town)
    if not draft.get("answer"):
        return redirect("cases:contact", town=request.town.code)
    recording = drafts.recording_of(draft, request.town)
    if not draft["text"] and recording is None:
        # Its day is over: it has to be said once more.
        return redirect("cases:report", town=request.town.code)
    about, sign = _about(draft), sign_in(draft["text"], request.town)
    asked = about == NOTHING and bool(sign)
    night = about == NOTHING and bool(duty_at(now(), request.town))
    form = SendForm(
        request.POST or None, request.FILES or None, asked=asked, night=night
    )
    village = village_now(draft.get("village") or 0)
    group = groups().filter(pk=draft.get("group") or 0).first()
    if request.method == "POST" and form.is_valid():
        receipt = receive_case(
            town=request.town,
            actor=RESIDENT,
            channel="plate" if draft.get("tie") else "web",
            tie=draft.get("tie", ""),
            village=village,
            group=group,
            form_token=draft["token"],
            uploads=form.cleaned_data["photos"],
            recording=recording,
            helper=helper_in(draft),
            held_why=why_held(request, form.cleaned_data["website"]),
            sealed_as=kind_of(form.cleaned_data.get("about", about)),
            urgent=form.cleaned_data.get("waits") == "no" or draft.get("danger", False),
            **{key: draft[key] for key in ("text", "place", "name", "phone", "answer")},
        )
        answer = redirect("cases:receipt", town=request.town.code)
        return grant(answer, receipt.reporter)
    told = {"draft": draft, "village": village, "group": group}
    return _step(request, form, 4, **told, about=about, sign=sign)


@open_to_all
def join(request: TownRequest, number: str) -> HttpResponse:
    """Add a voice to an open case: "me too"."""
    draft = drafts.load_draft(request, request.town)
    case = open_case_to_join(number)
    text = draft.get("text", "")
    if _about(draft) != NOTHING or sign_in(text, request.town):
        # Words that everybody on that matter would read: first it is asked.
        return redirect("cases:contact", town=request.town.code)
    opening = {"answer": "none", "form_token": draft["token"]}
    form = JoinForm(request.POST or None, initial=opening)
    if request.method == "POST" and form.is_valid():
        receipt = join_case(
            case.pk,
            actor=RESIDENT,
            words=text,
            recording=drafts.recording_of(draft, request.town),
            helper=helper_in(form.cleaned_data),
            **{key: form.cleaned_data[key] for key in JOINING},
        )
        answer = redirect("cases:receipt", town=request.town.code)
        return grant(answer, receipt.reporter)
    return render(
        request,
        "cases/resident/join.html",
        {"form": form, "title": public_title_of(case)},
        status=422 if form.errors else 200,
    )
