"""The board of a round, its stages, and each project for staff."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from luoshi.core.access import staff_only
from luoshi.core.clock import today
from luoshi.core.refusals import Refusal
from luoshi.core.requests import StaffRequest
from luoshi.core.trail import entries_of, sentence_of
from luoshi.core.views.manage.base import done
from luoshi.core.views.manage.bring import sheet_answer
from luoshi.projects import (
    actions,
    exporting,
    gates,
    keeping,
    lasting,
    queries,
    rules,
)
from luoshi.projects.access import newest_cycle, open_cycle, open_project
from luoshi.projects.actions.proposals import STILL_OPEN
from luoshi.projects.forms.proposals import CycleForm, DaysForm, EnterForm
from luoshi.projects.models import Election, Project
from luoshi.projects.models.projects import State
from luoshi.projects.steps import PROJECT_STEPS, fits
from luoshi.projects.views.steps import step_page
from luoshi.projects.views.votes import kinds_for
from luoshi.projects.vote_queries import elections_of


def _any(staff: object, project: Project) -> bool:
    return True


@staff_only(*rules.SEE)
@require_safe
def board(request: StaffRequest, cycle_id: int = 0) -> HttpResponse:
    """Show a round: its stages, and its projects by state."""
    town = request.town
    cycle = open_cycle(town, cycle_id) if cycle_id else newest_cycle(town)
    context: dict[str, object] = {
        "cycle": cycle,
        "cycles": queries.cycles_of(town),
        "may_open": rules.may_open(request.staff),
    }
    if cycle is not None:
        stages = queries.stages_of(cycle)
        context |= {
            "stages": stages,
            "next": queries.next_stage(cycle, stages),
            "groups": queries.board_of(request.staff, cycle),
            "votes": elections_of(cycle, public=False),
            "kinds": [
                (kind, Election.Kind(kind).label)
                for kind in kinds_for(request.staff, cycle)
            ],
            "may_bring": rules.may_bring(request.staff),
            "may_enter": rules.may_enter(request.staff) and cycle.stage in STILL_OPEN,
        }
    return render(request, "projects/board.html", context)


@staff_only(*rules.SEE)
@require_safe
def table(request: StaffRequest, cycle_id: int) -> HttpResponse:
    """Give a round out as an Excel file."""
    cycle = open_cycle(request.town, cycle_id)
    book = exporting.round_book(request.staff, cycle)
    return sheet_answer(f"projects-{cycle.year}-{cycle.pk}", book)


@staff_only(*rules.OPEN)
def begin(request: StaffRequest) -> HttpResponse:
    """Open a year's round."""
    form = CycleForm(
        request.POST or None,
        villages=queries.villages_of(request.town),
        year=today().year + 1,
        initial={"year": today().year + 1},
    )
    if request.method == "POST":
        cycle = done(
            form, lambda: actions.open_cycle(form.opening(), actor=request.staff)
        )
        if cycle:
            return redirect("projects:cycle", town=request.town.code, cycle_id=cycle.pk)
    status = 422 if form.errors else 200
    return render(request, "projects/begin.html", {"form": form}, status=status)


@staff_only(*rules.OPEN)
@require_POST
def stage(request: StaffRequest, cycle_id: int) -> HttpResponse:
    """Begin the next stage."""
    cycle = open_cycle(request.town, cycle_id)
    try:
        actions.begin_stage(
            cycle.pk, request.POST.get("stage", ""), actor=request.staff
        )
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("projects:cycle", town=request.town.code, cycle_id=cycle.pk)


@staff_only(*rules.OPEN)
def days(request: StaffRequest, cycle_id: int) -> HttpResponse:
    """Move the days of a round's stages."""
    cycle = open_cycle(request.town, cycle_id)
    form = DaysForm(request.POST or None, stages=queries.stages_of(cycle))
    if request.method == "POST" and done(
        form, lambda: actions.plan_stages(cycle.pk, form.days(), actor=request.staff)
    ):
        return redirect("projects:cycle", town=request.town.code, cycle_id=cycle.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "cycle": cycle}
    return render(request, "projects/days.html", context, status=status)


@staff_only(*rules.ENTER)
def enter(request: StaffRequest, cycle_id: int) -> HttpResponse:
    """Write down what came on paper, from a village or an office, or in a topic."""
    cycle = open_cycle(request.town, cycle_id)
    form = EnterForm(request.POST or None, villages=queries.villages_of(request.town))
    if request.method == "POST":
        own = min(request.staff.organisations, default=None)
        project = done(
            form,
            lambda: actions.enter_proposal(
                form.entered(cycle.pk, own), actor=request.staff
            ),
        )
        if project:
            return redirect(
                "projects:project", town=request.town.code, number=project.number
            )
    status = 422 if form.errors else 200
    context = {"form": form, "cycle": cycle}
    return render(request, "projects/enter.html", context, status=status)


@staff_only(*rules.SEE)
@require_safe
def project(request: StaffRequest, number: int) -> HttpResponse:
    """Show a project with what can be done now, and what is missing."""
    found = open_project(request.staff, number, to=_any)
    steps = {
        name: step
        for name, step in PROJECT_STEPS.items()
        if fits(step, found, request.staff)
    }
    proposed, chosen = found.state == State.PROPOSED, found.state == State.CHOSEN
    row = queries.row_of(found)
    context = {
        "row": row,
        "building": queries.building_of(found),
        "sight": lasting.sight_of(row, labelled=True),
        "steps": steps,
        "kept": keeping.kept_of(found),
        "missing": (
            gates.before_candidate(found)
            if proposed
            else gates.before_building(found)
            if chosen
            else []
        ),
        "trail": [(one, sentence_of(one)) for one in entries_of(found)],
    }
    return render(request, "projects/project.html", context)


@staff_only(*rules.SEE)
def step(request: StaffRequest, number: int, name: str) -> HttpResponse:
    """Take a step on a project."""
    found = open_project(request.staff, number, to=_any)
    back = reverse(
        "projects:project", kwargs={"town": request.town.code, "number": number}
    )
    return step_page(request, PROJECT_STEPS.get(name), found, back)
