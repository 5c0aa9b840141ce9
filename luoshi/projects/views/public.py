"""What everybody sees: the round, its candidates, each project from the need on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.cases.limits import network_of
from luoshi.core.access import open_to_all
from luoshi.core.refusals import Refusal
from luoshi.core.requests import TownRequest
from luoshi.core.tally import count_up
from luoshi.core.views.manage.base import done
from luoshi.projects import actions, lasting, queries
from luoshi.projects.access import newest_cycle, open_cycle, open_public_project
from luoshi.projects.forms.proposals import ProposeForm
from luoshi.projects.models import Stage, Word
from luoshi.projects.models.projects import State
from luoshi.projects.vote_queries import elections_of

# Supporting and judging count a browser, no person; the cookie says nothing else.
BROWSER, YEAR_S = "projects_browser", 400 * 24 * 3600
MOST_AN_HOUR = 30


@open_to_all
@require_safe
def cycle(request: TownRequest, cycle_id: int = 0) -> HttpResponse:
    """Show a year's round: where it stands, and what is in it."""
    town = request.town
    found = open_cycle(town, cycle_id) if cycle_id else newest_cycle(town)
    context: dict[str, object] = {"cycle": found, "cycles": queries.cycles_of(town)}
    if found is not None:
        context |= {
            "stages": queries.stages_of(found),
            "groups": queries.public_groups(found),
            "collecting": found.stage == Stage.Name.COLLECT,
            "votes": elections_of(found),
        }
    return render(request, "projects/public_cycle.html", context)


@open_to_all
@require_safe
def candidates(request: TownRequest, cycle_id: int) -> HttpResponse:
    """Show the candidates side by side."""
    found = open_cycle(request.town, cycle_id)
    rows = queries.candidates_of(found)
    context = {
        "cycle": found,
        "rows": rows,
        "sum": sum(row.project.cost or 0 for row in rows),
    }
    return render(request, "projects/candidates.html", context)


@open_to_all
def propose(request: TownRequest, cycle_id: int) -> HttpResponse:
    """Take in what a resident proposes."""
    found = open_cycle(request.town, cycle_id)
    villages = queries.villages_of(request.town)
    form = ProposeForm(request.POST or None, villages=villages)
    if request.method == "POST":
        if count_up(f"propose:{network_of(request)}", 3600) > MOST_AN_HOUR:
            form.add_error(None, _("That was too often. Wait an hour, or call us."))
        project = done(form, lambda: _take(request, form, found.pk))
        if project:
            context = {"project": project, "cycle": found}
            return _remember(
                request, render(request, "projects/proposed.html", context)
            )
    status = 422 if form.errors else 200
    context = {"form": form, "cycle": found}
    return render(request, "projects/propose.html", context, status=status)


def _take(request: TownRequest, form: ProposeForm, cycle_id: int) -> object:
    if form.cleaned_data["website"]:
        # A machine filled in what no person sees: thank it and keep nothing.
        return True
    return actions.propose(
        request.town, form.idea(cycle_id), browser=browser_of(request)
    )


@open_to_all
@require_safe
def project(request: TownRequest, number: int) -> HttpResponse:
    """Show a project from the need to the last recheck."""
    found = open_public_project(request.town, number)
    if found.merged_into is not None:
        return redirect(
            "choose:project", town=request.town.code, number=found.merged_into.number
        )
    row = queries.row_of(found)
    released = lasting.labels_released(found.cycle)
    context = {
        "row": row,
        "sight": lasting.sight_of(row, labelled=released),
        "open": found.state in (State.PROPOSED, State.CANDIDATE),
        "building": queries.building_of(found),
        "answers": Word.Answer.choices,
    }
    return render(request, "projects/public_project.html", context)


@open_to_all
@require_POST
def support(request: TownRequest, number: int) -> HttpResponse:
    """Count this browser for a proposal, once."""
    found = open_public_project(request.town, number)
    browser = browser_of(request)
    try:
        if count_up(f"support:{network_of(request)}", 3600) > MOST_AN_HOUR:
            raise Refusal("projects.too_often")
        fresh = actions.support(found.pk, browser=browser)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(
            request,
            _("Counted. Thank you.") if fresh else _("You are counted already."),
        )
    answer = redirect("choose:project", town=request.town.code, number=number)
    return _remember(request, answer)


@open_to_all
@require_POST
def judge(request: TownRequest, number: int) -> HttpResponse:
    """Take what a user says of the finished thing; the last word counts."""
    found = open_public_project(request.town, number)
    browser, answer = browser_of(request), request.POST.get("answer", "")
    try:
        if count_up(f"judge:{network_of(request)}", 3600) > MOST_AN_HOUR:
            raise Refusal("projects.too_often")
        actions.judge(found.pk, answer, browser=browser)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Counted. Thank you."))
    back = redirect("choose:project", town=request.town.code, number=number)
    return _remember(request, back)


def browser_of(request: TownRequest) -> str:
    """Return the random word that this browser keeps; made where there is none."""
    kept = request.COOKIES.get(BROWSER, "")
    if len(kept) != 32 or not kept.isalnum():
        kept = getattr(request, "fresh_browser", "") or get_random_string(32)
        request.fresh_browser = kept  # type: ignore[attr-defined]
    return kept


def _remember(request: TownRequest, answer: HttpResponse) -> HttpResponse:
    """Let the browser keep its word; it is sent to these pages alone."""
    answer.set_cookie(
        BROWSER,
        browser_of(request),
        max_age=YEAR_S,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
        path=f"/{request.town.code}/projects/",
    )
    return answer
