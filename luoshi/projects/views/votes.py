"""Votes for staff: set up, tried, printed, typed in, counted, decided."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from luoshi.core.access import staff_only
from luoshi.core.actors import Staff
from luoshi.core.clock import today
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.views.manage.base import done
from luoshi.core.views.manage.bring import sheet_answer
from luoshi.papers.views.word import word_file
from luoshi.projects import (
    actions,
    counting,
    explaining,
    exporting,
    queries,
    rules,
)
from luoshi.projects import vote_queries as reads
from luoshi.projects.access import open_cycle, open_election
from luoshi.projects.codes import shown_code
from luoshi.projects.forms import voting
from luoshi.projects.models import Cycle, Election
from luoshi.projects.steps import VOTE_STEPS, fits
from luoshi.projects.views.steps import step_page
from luoshi.projects.word import decision_document
from luoshi.ui.qr import qr_svg

State, Kind = Election.State, Election.Kind


def _runs(*states: str) -> Callable[[Staff, Election], bool]:
    def rule(staff: Staff, election: Election) -> bool:
        return rules.may_run_vote(staff, election) and election.state in states

    return rule


def _any(staff: Staff, election: Election) -> bool:
    return True


@staff_only(*rules.SEE)
def set_up(request: StaffRequest, cycle_id: int, kind: str) -> HttpResponse:
    """Set a vote up over the candidates of a round."""
    cycle = open_cycle(request.town, cycle_id)
    if kind not in kinds_for(request.staff, cycle):
        raise Http404
    of_deputies = kind == Kind.DEPUTIES
    form_class = voting.DeputiesForm if of_deputies else voting.SettingForm
    start = {"title": f"{cycle.title}：{Kind(kind).label}"}
    form = form_class(request.POST or None, initial=start)
    if request.method == "POST":
        election = done(
            form,
            lambda: actions.set_up_vote(
                form.setting(cycle.pk, kind), actor=request.staff
            ),
        )
        if election:
            return _back(request, election)
    status = 422 if form.errors else 200
    context = {"form": form, "cycle": cycle, "kind": Kind(kind).label}
    return render(request, "projects/vote_new.html", context, status=status)


def kinds_for(staff: Staff, cycle: Cycle) -> list[str]:
    """Return which votes of a round a person can still set up."""
    wanted = (
        [Kind.VILLAGE]
        if cycle.decider == Cycle.Decider.VILLAGE
        else [Kind.WISH, Kind.DEPUTIES]
    )
    there = {one.kind for one in reads.elections_of(cycle, public=False)}
    return [
        kind
        for kind in wanted
        if kind not in there and rules.may_run(staff, cycle, kind)
    ]


def _back(request: StaffRequest, election: Election) -> HttpResponse:
    return redirect("projects:vote", town=request.town.code, election_id=election.pk)


@staff_only(*rules.SEE)
@require_safe
def vote(request: StaffRequest, election_id: int) -> HttpResponse:
    """Show a vote with what can be done now."""
    election = open_election(request.staff, election_id, to=_any)
    counted = election.state == State.COUNTED
    turnout = reads.turnout_of(election)
    runs = rules.may_run_vote(request.staff, election)
    context = {
        "election": election,
        "listed": [
            (one, explaining.amount(election, one.cost))
            for one in reads.listed(election)
        ],
        "steps": {
            name: step
            for name, step in VOTE_STEPS.items()
            if fits(step, election, request.staff)
        },
        "rule": explaining.rule_in_words(election),
        "booths": reads.booths_of(election),
        "batches": reads.batches_of(election),
        "out": reads.slips_out(election),
        "runs": runs,
        "helps": rules.may_help(request.staff, election),
        "decides": counted
        and election.cycle is not None
        and election.kind in (Kind.DEPUTIES, Kind.VILLAGE)
        and rules.may_decide(request.staff, election.cycle),
        "turnout": turnout,
        "total": reads.sum_of(turnout),
        "sheets": (
            reads.sheets_of(election, request.staff)
            if election.state == State.CLOSED
            else None
        ),
        "lines": explaining.lines_of(election) if counted else [],
        "leftover": (
            explaining.amount(election, election.result.leftover) if counted else ""
        ),
        "decisions": reads.decisions_of(election),
    }
    return render(request, "projects/vote.html", context)


@staff_only(*rules.SEE)
def step(request: StaffRequest, election_id: int, name: str) -> HttpResponse:
    """Take a step of a vote."""
    election = open_election(request.staff, election_id, to=_any)
    kwargs: dict[str, object] = {"town": request.town.code}
    back = reverse("projects:vote", kwargs=kwargs | {"election_id": election.pk})
    if name == "drop":
        back = reverse(
            "projects:cycle", kwargs=kwargs | {"cycle_id": election.cycle_id}
        )
    return step_page(request, VOTE_STEPS.get(name), election, back)


@never_cache
@staff_only(*rules.SEE)
def slips(request: StaffRequest, election_id: int) -> HttpResponse:
    """Ask how many slips, then show them once, to be printed."""
    election = open_election(
        request.staff, election_id, to=_runs(State.DRAFT, State.OPEN)
    )
    form = voting.SlipsForm(
        request.POST or None, villages=queries.villages_of(request.town)
    )
    if request.method == "POST":
        made = done(form, lambda: _make(form, election, request.staff))
        if made:
            batch, codes = made
            context = {
                "election": election,
                "batch": batch,
                "slips": [_slip(request, code) for code in codes],
            }
            return render(request, "projects/slips_sheet.html", context)
    status = 422 if form.errors else 200
    context = {"form": form, "election": election}
    return render(request, "projects/slips.html", context, status=status)


def _make(form: voting.SlipsForm, election: Election, actor: Staff) -> object:
    village = form.cleaned_data["village"]
    return actions.make_slips(
        election.pk,
        count=form.cleaned_data["count"],
        village_id=village.pk if village else None,
        actor=actor,
    )


def _slip(request: StaffRequest, code: str) -> dict[str, str]:
    path = reverse("vote:with", kwargs={"town": request.town.code, "code": code})
    link = request.build_absolute_uri(path)
    return {"code": shown_code(code), "picture": qr_svg(link, border=1)}


@staff_only(*rules.SEE)
@require_POST
def void(request: StaffRequest, election_id: int, batch_id: int) -> HttpResponse:
    """Say that the unused slips of a batch hold no more."""
    election = open_election(
        request.staff, election_id, to=_runs(State.DRAFT, State.OPEN)
    )
    if batch_id not in {one.pk for one in reads.batches_of(election)}:
        raise Http404
    try:
        actions.void_slips(batch_id, actor=request.staff)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return _back(request, election)


@staff_only(*rules.SEE)
@require_POST
def no_booth(request: StaffRequest, election_id: int, booth_id: int) -> HttpResponse:
    """Take a booth off."""
    election = open_election(
        request.staff, election_id, to=_runs(State.DRAFT, State.OPEN)
    )
    if booth_id not in {one.pk for one in reads.booths_of(election)}:
        raise Http404
    actions.drop_booth(booth_id, actor=request.staff)
    return _back(request, election)


@staff_only(*rules.SEE)
@require_safe
def blank(request: StaffRequest, election_id: int) -> HttpResponse:
    """Show the blank sheet for the box; no code and no number stands on it."""
    election = open_election(request.staff, election_id, to=_any)
    listed = reads.listed(election)
    context = {
        "election": election,
        "listed": [(one, explaining.amount(election, one.cost)) for one in listed],
    }
    return render(request, "projects/blank.html", context)


@staff_only(*rules.SEE)
def decide(request: StaffRequest, election_id: int) -> HttpResponse:
    """Publish what was decided beside what the count said."""
    election = open_election(request.staff, election_id, to=_decides)
    form = voting.DecisionForm(
        request.POST or None,
        listed=reads.listed(election),
        initial={"chosen": election.result.winners, "decided_on": today()},
    )
    if request.method == "POST":
        decision = done(
            form,
            lambda: actions.publish_decision(
                election.pk, form.decided(), actor=request.staff
            ),
        )
        if decision:
            return _back(request, election)
    context = {
        "form": form,
        "election": election,
        "lines": explaining.lines_of(election),
    }
    status = 422 if form.errors else 200
    return render(request, "projects/decide.html", context, status=status)


def _decides(staff: Staff, election: Election) -> bool:
    cycle = election.cycle
    return (
        cycle is not None
        and election.state == State.COUNTED
        and election.kind in (Kind.DEPUTIES, Kind.VILLAGE)
        and rules.may_decide(staff, cycle)
    )


@staff_only(*rules.SEE)
@require_safe
def document(request: StaffRequest, election_id: int) -> HttpResponse:
    """Give the newest decision out as a Word document in official layout."""
    election = open_election(request.staff, election_id, to=_any)
    decisions = reads.decisions_of(election)
    if not decisions:
        raise Http404
    return word_file(decision_document(decisions[0]), f"{decisions[0].number}.docx")


@staff_only(*rules.SEE)
@require_safe
def again(request: StaffRequest, election_id: int) -> HttpResponse:
    """Count once more and say whether anything differs."""
    election = open_election(request.staff, election_id, to=_counted)
    found = counting.differences(election)
    if found:
        told = _("The kept count does NOT agree with the ballots: %(what)s.")
        messages.error(request, told % {"what": "、".join(found)})
    else:
        messages.success(request, _("Counted again: every step is the same."))
    return _back(request, election)


def _counted(staff: Staff, election: Election) -> bool:
    return election.state == State.COUNTED


@staff_only(*rules.SEE)
@require_safe
def ballots(request: StaffRequest, election_id: int) -> HttpResponse:
    """Give the ballots out as a file, without anything of a voter."""
    return ballots_file(open_election(request.staff, election_id, to=_counted))


@staff_only(*rules.SEE)
@require_safe
def table(request: StaffRequest, election_id: int) -> HttpResponse:
    """Give a counted vote out as an Excel file."""
    election = open_election(request.staff, election_id, to=_counted)
    try:
        return vote_file(election)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return _back(request, election)


def vote_file(election: Election) -> HttpResponse:
    """Return a counted vote as an Excel file, without anything of a voter."""
    return sheet_answer(f"vote-{election.pk}", exporting.vote_book(election))


def ballots_file(election: Election) -> HttpResponse:
    """Return the published file of a counted vote."""
    answer = HttpResponse(
        counting.file_of(election), content_type="text/plain; charset=utf-8"
    )
    name = f"ballots-{election.pk}.pb"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@staff_only(*rules.SEE)
def bring(request: StaffRequest) -> HttpResponse:
    """Bring in a vote of another place from a file."""
    if not rules.may_bring(request.staff):
        raise Http404
    form = voting.BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        election = done(form, lambda: _bring(form, request.staff))
        if election:
            return _back(request, election)
    context = {"form": form, "files": reads.files_of(request.staff)}
    status = 422 if form.errors else 200
    return render(request, "projects/bring.html", context, status=status)


def _bring(form: voting.BringForm, actor: Staff) -> Election:
    told = form.cleaned_data
    return actions.bring_vote(
        told["file"].read(), title=told["title"], rule=told["rule"], actor=actor
    )
