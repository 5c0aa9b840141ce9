"""Trying a vote: the ballot as voters see it, a box of trial ballots, its count."""

import random
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from luoshi.core.access import staff_only
from luoshi.core.actors import Staff
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.views.manage.base import done
from luoshi.projects import explaining, rules, trials
from luoshi.projects import vote_queries as reads
from luoshi.projects.access import open_election
from luoshi.projects.actions.ballots import Marks, check_marks
from luoshi.projects.forms.voting import BallotForm
from luoshi.projects.models import Candidate, Election
from luoshi.projects.views.marking import ballot_context, review_context

OF_A_BALLOT = ("review", "change", "put")


def _tries(staff: Staff, election: Election) -> bool:
    states = (Election.State.DRAFT, Election.State.OPEN)
    return rules.may_run_vote(staff, election) and election.state in states


@never_cache
@staff_only(*rules.SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: StaffRequest, election_id: int) -> HttpResponse:
    """Take trial ballots and count them; they exist in this page alone."""
    election = open_election(request.staff, election_id, to=_tries)
    listed = reads.listed(election)
    keys = [one.key for one in listed]
    stage = request.POST.get("stage", "")
    try:
        box = trials.read_box(election, request.POST.get("box", ""), keys)
        if stage == "chance":
            box += trials.by_chance(election, keys, random.SystemRandom())
            trials.read_box(election, trials.write_box(box), keys)
    except Refusal as refusal:
        form = BallotForm({}, election=election, listed=listed)
        form.add_error(None, refusal.sentence)
        return _ballot(request, election, listed, form, [])
    if stage in OF_A_BALLOT:
        return _go_on(request, election, listed, box)
    if stage == "chance" or (stage == "count" and not box):
        return _box(request, election, box)
    if stage == "count":
        return _count(request, election, box)
    form = BallotForm(election=election, listed=listed)
    return _ballot(request, election, listed, form, box)


def _of(box: list[Marks]) -> dict[str, Any]:
    """Return what each page of a trial needs to send its box along."""
    return {"trial": True, "box": trials.write_box(box), "in_box": len(box)}


def _ballot(
    request: StaffRequest,
    election: Election,
    listed: list[Candidate],
    form: BallotForm,
    box: list[Marks],
) -> HttpResponse:
    context = ballot_context(form, election, listed) | _of(box)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "projects/ballot.html", context, status=status)


def _go_on(
    request: StaffRequest, election: Election, listed: list[Candidate], box: list[Marks]
) -> HttpResponse:
    """Look at a trial ballot, change it, or put it into the box."""
    form = BallotForm(request.POST, election=election, listed=listed)
    stage = request.POST["stage"]
    if form.is_valid() and stage != "change":
        marks = form.marks()
        if not marks.named:
            form.add_error(None, _("Mark at least one project."))
        else:
            keys = [one.key for one in listed]
            fresh = [*box, marks]
            done(form, lambda: check_marks(election, marks, keys))
            done(
                form,
                lambda: trials.read_box(election, trials.write_box(fresh), keys),
            )
        if not form.errors and stage == "put":
            return _box(request, election, fresh)
        if not form.errors:
            context = review_context(form, election, listed) | _of(box)
            return render(request, "projects/review.html", context)
    return _ballot(request, election, listed, form, box)


def _box(request: StaffRequest, election: Election, box: list[Marks]) -> HttpResponse:
    context = {"election": election, "by_chance": trials.BY_CHANCE} | _of(box)
    return render(request, "projects/trial_box.html", context)


def _count(request: StaffRequest, election: Election, box: list[Marks]) -> HttpResponse:
    lines = trials.counted(election, box)
    context = {
        "election": election,
        "lines": lines,
        "leftover": explaining.amount(election, election.result.leftover),
        "rule": explaining.rule_in_words(election),
        "by_chance": trials.BY_CHANCE,
    }
    return render(request, "projects/trial_box.html", context | _of(box))
