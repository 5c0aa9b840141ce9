"""Rounds: what is due, one look at one asset, and many where nothing was found."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from luoshi.core.access import staff_only
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.views.manage.base import done
from luoshi.upkeep import actions, queries, rules
from luoshi.upkeep.access import open_asset
from luoshi.upkeep.forms.looks import DayForm, LookForm


@staff_only(*rules.LOOK)
@require_safe
def rounds(request: StaffRequest) -> HttpResponse:
    """Show what is due, by village; a village's own people begin with theirs."""
    asked = request.GET.copy()
    if not asked and len(own := queries.own_villages(request.staff)) == 1:
        asked["village"] = str(own[0])
    form = DayForm(asked)
    form.is_valid()
    told = form.cleaned_data
    village, kind = told.get("village"), told.get("kind")
    page = queries.day_page(
        request.staff,
        village=village.pk if village else 0,
        kind=kind.pk if kind else 0,
        days=told.get("days") or 0,
    )
    context = {
        "form": form,
        "page": page,
        "village": village,
        "query": asked.urlencode(),
        "kinds": queries.kinds_in_use().exists(),
    }
    return render(request, "upkeep/rounds.html", context)


def _back(request: StaffRequest, village: str = "") -> HttpResponse:
    address = reverse("upkeep:rounds", kwargs={"town": request.town.code})
    known = {
        name: request.POST.get(name, "")
        for name in ("village", "kind", "days")
        if request.POST.get(name)
    }
    if village:
        known["village"] = village
    return redirect(f"{address}?{urlencode(known)}" if known else address)


@staff_only(*rules.LOOK)
@require_POST
def nothing(request: StaffRequest) -> HttpResponse:
    """One tap: these were looked at, and nothing was found."""
    one = request.POST.get("one", "")
    told = [one] if one else request.POST.getlist("chosen")
    ids = [int(pk) for pk in told if pk.isdecimal()]
    try:
        count = actions.find_nothing(ids, actor=request.staff)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        said = ngettext(
            "%(count)d facility: looked at, nothing found.",
            "%(count)d facilities: looked at, nothing found.",
            count,
        )
        messages.success(request, said % {"count": count})
    return _back(request)


@staff_only(*rules.LOOK)
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: StaffRequest, asset_id: int) -> HttpResponse:
    """Say what one asset looks like, and what is wrong, if anything is."""
    found = open_asset(request.staff, asset_id, rules.may_look_at)
    posted = request.method == "POST"
    form = LookForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        kind=found.kind,
    )
    made = posted and done(
        form,
        lambda: actions.look_at_asset(
            found.pk,
            form.seen(),
            uploads=form.cleaned_data["photos"],
            actor=request.staff,
        ),
    )
    if made:
        if made.found:
            said = _("It is written down, and who keeps it up was told.")
        else:
            said = _("It is written down.")
        messages.success(request, said)
        village = str(found.village_id or "")
        return _back(request, village)
    context = {
        "form": form,
        "asset": found,
        "known": queries.known_defects(found),
        "grade": queries.grade_said(found, found.grade),
    }
    status = 422 if form.errors else 200
    return render(request, "upkeep/look.html", context, status=status)


@staff_only(*rules.SEE)
@require_safe
def condition(request: StaffRequest) -> HttpResponse:
    """Show the condition by kind, village and year, and what was looked at on time."""
    form = DayForm(request.GET)
    form.is_valid()
    village, kind = form.cleaned_data.get("village"), form.cleaned_data.get("kind")
    page = queries.condition_page(
        request.staff,
        kind=kind.pk if kind else 0,
        village=village.pk if village else 0,
    )
    return render(request, "upkeep/condition.html", {"page": page, "form": form})
