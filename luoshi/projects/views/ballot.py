"""Voting as everybody sees it: the code, the ballot, a look at it, the result.

Nothing is kept between these pages but what the page itself sends along: no session,
no cookie of a voter, no address of a ballot.
"""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.cases.limits import network_of
from luoshi.core.access import open_to_all
from luoshi.core.refusals import Refusal
from luoshi.core.requests import TownRequest
from luoshi.core.tally import count_of, count_up
from luoshi.core.views.manage.base import done
from luoshi.projects import counting, explaining
from luoshi.projects import vote_queries as reads
from luoshi.projects.access import open_public_election
from luoshi.projects.actions import cast_ballot
from luoshi.projects.actions.ballots import check_marks, find_code
from luoshi.projects.codes import shown_code, tidy_code
from luoshi.projects.forms.voting import BallotForm, CodeForm
from luoshi.projects.models import Code, Election
from luoshi.projects.views.marking import BOOTH, ballot_context, review_context
from luoshi.projects.views.votes import ballots_file, vote_file

# A village may share one network; guessing needs many more tries than this.
MOST_WRONG, HOUR_S = 60, 3600


@never_cache
@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: TownRequest) -> HttpResponse:
    """Take the code, show the ballot, let it be looked at, and cast it."""
    if request.method != "POST":
        return _ask_code(request, CodeForm())
    code = tidy_code(request.POST.get("code", ""))
    try:
        election = _election_of(request, code)
    except Refusal as refusal:
        form = CodeForm({"code": request.POST.get("code", "")[:40]})
        form.add_error("code", refusal.sentence)
        return _ask_code(request, form)
    stage = request.POST.get("stage", "")
    if stage in ("review", "cast", "change"):
        return _go_on(request, election, code, stage)
    return _show(request, election, code)


@never_cache
@open_to_all
@require_safe
def with_code(request: TownRequest, code: str) -> HttpResponse:
    """Show the ballot of the slip whose picture was scanned."""
    tidy = tidy_code(code)
    try:
        return _show(request, _election_of(request, tidy), tidy)
    except Refusal as refusal:
        form = CodeForm({"code": shown_code(tidy) if tidy else code[:40]})
        form.add_error("code", refusal.sentence)
        return _ask_code(request, form)


def _election_of(request: TownRequest, code: str) -> Election:
    """Return the vote of a code that may still be used; wrong ones are counted."""
    name = f"codes:{network_of(request)}"
    if count_of(name, HOUR_S) >= MOST_WRONG:
        raise Refusal("projects.too_often")
    try:
        return find_code(request.town, code).batch.election
    except Refusal as refusal:
        if refusal.code == "projects.code_unknown":
            count_up(name, HOUR_S)
        raise


def _ask_code(request: TownRequest, form: CodeForm) -> HttpResponse:
    status = 422 if form.errors else 200
    votes = reads.open_elections(request.town)
    context = {"form": form, "votes": votes}
    return render(request, "projects/enter_code.html", context, status=status)


def _show(
    request: TownRequest,
    election: Election,
    code: str,
    form: BallotForm | None = None,
) -> HttpResponse:
    listed = reads.listed(election)
    form = form or BallotForm(election=election, listed=listed)
    context = ballot_context(form, election, listed) | {"code": code}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "projects/ballot.html", context, status=status)


def _go_on(
    request: TownRequest, election: Election, code: str, stage: str
) -> HttpResponse:
    """Look at the marks, then cast them; back leads to the ballot with its marks."""
    listed = reads.listed(election)
    form = BallotForm(request.POST, election=election, listed=listed)
    if not form.is_valid() or stage == "change":
        return _show(request, election, code, form)
    marks, keys = form.marks(), [one.key for one in listed]
    if not marks.named:
        form.add_error(None, _("Mark at least one project."))
    elif stage == "review":
        done(form, lambda: check_marks(election, marks, keys))
    else:
        way = Code.Way.BOOTH if _in_booth(request) else Code.Way.WEB
        done(form, lambda: cast_ballot(request.town, code, marks, way=way))
        if not form.errors:
            return redirect("vote:done", town=request.town.code)
    if form.errors:
        return _show(request, election, code, form)
    context = review_context(form, election, listed) | {"code": code}
    return render(request, "projects/review.html", context)


def _in_booth(request: TownRequest) -> bool:
    return bool(request.get_signed_cookie(BOOTH, default="", max_age=16 * 3600))


@never_cache
@open_to_all
@require_safe
def cast(request: TownRequest) -> HttpResponse:
    """Say that the ballot is in the box."""
    return render(request, "projects/cast.html", {"booth": _in_booth(request)})


@open_to_all
@require_safe
def vote(request: TownRequest, election_id: int) -> HttpResponse:
    """Show a vote: how to take part while it is open, then the result in words."""
    election = open_public_election(request.town, election_id)
    counted = election.state == Election.State.COUNTED
    turnout = reads.turnout_of(election) if counted else []
    context = {
        "election": election,
        "rule": explaining.rule_in_words(election),
        "booths": reads.booths_of(election),
        "listed": [
            (one, explaining.amount(election, one.cost))
            for one in reads.listed(election)
        ],
        "lines": explaining.lines_of(election) if counted else [],
        "leftover": (
            explaining.amount(election, election.result.leftover) if counted else ""
        ),
        "turnout": turnout,
        "total": reads.sum_of(turnout),
        "decisions": reads.decisions_of(election),
        "again": counted and "again" in request.GET and _count_again(request, election),
    }
    return render(request, "projects/public_vote.html", context)


def _count_again(request: TownRequest, election: Election) -> str:
    """Count once more for whoever asks, some times an hour."""
    if count_up(f"recount:{network_of(request)}", HOUR_S) > MOST_WRONG:
        return _("That was too often. Wait an hour, or call us.")
    found = counting.differences(election)
    if found:
        told = _("The kept count does NOT agree with the ballots: %(what)s.")
        return told % {"what": "、".join(found)}
    return _("Counted again: every step is the same.")


@open_to_all
@require_safe
def ballots(request: TownRequest, election_id: int) -> HttpResponse:
    """Give the ballots out, so that everybody can count."""
    election = open_public_election(request.town, election_id)
    if election.state != Election.State.COUNTED:
        raise Http404
    return ballots_file(election)


@open_to_all
@require_safe
def table(request: TownRequest, election_id: int) -> HttpResponse:
    """Give a counted vote out as an Excel file, for everybody who wants to look."""
    election = open_public_election(request.town, election_id)
    if election.state != Election.State.COUNTED:
        raise Http404
    try:
        return vote_file(election)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("vote:vote", town=request.town.code, election_id=election.pk)
