"""The doors through which rounds, projects and votes enter a view."""

from collections.abc import Callable

from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404

from luoshi.core.actors import Staff
from luoshi.core.models import Town
from luoshi.projects import queries, vote_queries
from luoshi.projects.models import Cycle, Election, Project, Venture
from luoshi.projects.ventures import ventures_of

RELATED = ("cycle", "cycle__village", "village", "upkeep_owner", "builder", "town")


def open_project(
    staff: Staff, number: int, to: Callable[[Staff, Project], bool]
) -> Project:
    """Return a project that this person may see and handle so, else 404."""
    rows = queries.projects_visible_to(staff).select_related(*RELATED)
    project = get_object_or_404(rows, number=number)
    if not to(staff, project):
        raise Http404
    return project


def open_public_project(town: Town, number: int) -> Project:
    """Return a project that everybody may read, else 404."""
    rows = queries.public_projects(town).select_related(*RELATED, "merged_into")
    return get_object_or_404(rows, number=number)


def open_cycle(town: Town, cycle_id: int) -> Cycle:
    """Return a round; everybody may see it, else 404."""
    rows = Cycle.objects.filter(town=town).select_related("village", "town")
    return get_object_or_404(rows, pk=cycle_id)


def newest_cycle(town: Town) -> Cycle | None:
    """Return the town's newest round, or a village's where there is no other."""
    rows = Cycle.objects.filter(town=town).select_related("village", "town")
    town_first = F("village__position").asc(nulls_first=True)
    return rows.order_by(town_first, "-year", "-id").first()


def open_venture(town: Town, number: int) -> Venture:
    """Return what needs years; everybody may see it, else 404."""
    return get_object_or_404(ventures_of(town), number=number)


def open_election(
    staff: Staff, election_id: int, to: Callable[[Staff, Election], bool]
) -> Election:
    """Return a vote that this person may see and handle so, else 404."""
    rows = vote_queries.elections_visible_to(staff)
    election = get_object_or_404(
        rows.select_related("cycle__village", "town"), pk=election_id
    )
    if not to(staff, election):
        raise Http404
    return election


def open_public_election(town: Town, election_id: int) -> Election:
    """Return a vote that was opened once, else 404."""
    rows = vote_queries.public_elections(town).select_related("cycle__village", "town")
    return get_object_or_404(rows, pk=election_id)
