"""What every action on projects does the same way."""

from luoshi.core.actors import Staff
from luoshi.core.models import Person
from luoshi.core.notices import Reach, leave_notices
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.projects.models import Cycle, Election, Project
from luoshi.projects.models.projects import MOVES

# Sums of more than this many fen (a hundred billion yuan) are slips of the pen.
MOST_FEN = 10**13


def lock_cycle(cycle_id: int) -> Cycle:
    """Return a cycle under a row lock."""
    cycle = Cycle.objects.select_for_update(of=("self",)).filter(pk=cycle_id).first()
    if cycle is None:
        raise NotAllowed("projects.not_yours")
    return cycle


def lock_project(project_id: int) -> Project:
    """Return a project under a row lock."""
    rows = Project.objects.select_for_update(of=("self",))
    project = rows.select_related("cycle", "town").filter(pk=project_id).first()
    if project is None:
        raise NotAllowed("projects.not_yours")
    return project


def lock_election(election_id: int, *states: str) -> Election:
    """Return a vote under a row lock, in one of these states."""
    rows = Election.objects.select_for_update(of=("self",))
    election = rows.select_related("cycle", "town").filter(pk=election_id).first()
    if election is None:
        raise NotAllowed("projects.not_yours")
    if election.state not in states:
        raise Refusal("projects.vote_state", state=election.get_state_display())
    return election


def move_project(project: Project, name: str, *fields: str) -> None:
    """Move a locked project along the table and save the named fields."""
    sources, target = MOVES[name]
    if project.state not in sources:
        raise Refusal("projects.not_from_here", state=project.get_state_display())
    project.state = target
    project.save(update_fields=["state", *fields])


def check_money(fen: int) -> int:
    """Refuse sums that nothing can be decided with."""
    if not 0 < fen <= MOST_FEN:
        raise Refusal("projects.sum_absurd")
    return fen


def tell_people(
    project: Project, code: str, people: list[Person], *, reach: Reach, actor: Staff
) -> None:
    """Tell colleagues of a project, but not the one who acts."""
    others = [one for one in people if one.pk != actor.person.pk]
    number, title = str(project.number), project.title
    leave_notices(project, code, others, reach=reach, number=number, title=title)
