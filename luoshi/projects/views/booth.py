"""At the booth and over the open box: slips used up on paper, sheets typed in."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from luoshi.core.access import staff_only
from luoshi.core.actors import Staff
from luoshi.core.requests import StaffRequest
from luoshi.core.views.manage.base import done
from luoshi.projects import actions, rules
from luoshi.projects import vote_queries as reads
from luoshi.projects.access import open_election
from luoshi.projects.codes import tidy_code
from luoshi.projects.forms import voting
from luoshi.projects.models import Election
from luoshi.projects.views.marking import BOOTH, cards_of

State = Election.State


def _in(*states: str) -> Callable[[Staff, Election], bool]:
    """Return a rule for the page of a vote that stands in one of these states."""

    def rule(staff: Staff, election: Election) -> bool:
        return rules.may_help(staff, election) and election.state in states

    return rule


@never_cache
@staff_only(*rules.ENTER)
def paper(request: StaffRequest, election_id: int) -> HttpResponse:
    """Use a slip up for a sheet that goes into the box."""
    election = open_election(request.staff, election_id, to=_in(State.OPEN))
    form = voting.CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = tidy_code(form.cleaned_data["code"])
        done(
            form,
            lambda: actions.hand_paper(election.pk, code, actor=request.staff),
        )
        if not form.errors:
            messages.success(request, _("Hand out one sheet. The slip is used up."))
            return redirect(request.path)
    status = 422 if form.errors else 200
    context = {"form": form, "election": election}
    return render(request, "projects/paper.html", context, status=status)


@staff_only(*rules.ENTER)
@require_POST
def device(request: StaffRequest, election_id: int) -> HttpResponse:
    """Let this device stand in a booth: nobody is signed in on it any more."""
    open_election(request.staff, election_id, to=_in(State.OPEN))
    town = request.town.code
    logout(request)
    answer = redirect("vote:enter", town=town)
    answer.set_signed_cookie(
        BOOTH,
        str(election_id),
        max_age=16 * 3600,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
        path=f"/{town}/vote/",
    )
    return answer


@never_cache
@staff_only(*rules.ENTER)
def sheets(request: StaffRequest, election_id: int) -> HttpResponse:
    """Type in a sheet out of the box; what another typed is not shown."""
    election = open_election(request.staff, election_id, to=_in(State.CLOSED))
    listed = reads.listed(election)
    form = voting.SheetForm(request.POST or None, election=election, listed=listed)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        sheet = done(
            form,
            lambda: actions.type_sheet(
                election.pk, number, form.marks(), actor=request.staff
            ),
        )
        if sheet:
            messages.success(request, _told_of(sheet))
            return redirect(request.path)
    context = {
        "form": form,
        "election": election,
        "cards": cards_of(form, election, listed),
        "far": reads.sheets_of(election, request.staff),
    }
    status = 422 if form.errors else 200
    return render(request, "projects/sheets.html", context, status=status)


def _told_of(sheet: object) -> str:
    number = {"number": getattr(sheet, "number", 0)}
    if getattr(sheet, "agreed", False):
        return _("Sheet %(number)d: both agree.") % number
    if getattr(sheet, "second", None) is not None:
        return (
            _("Sheet %(number)d: the two differ. Both look at the paper again.")
            % number
        )
    return _("Sheet %(number)d: somebody else types it too.") % number
