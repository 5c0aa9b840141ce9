"""Who may do what with projects and votes."""

from luoshi.core.actors import Staff
from luoshi.core.models import Village
from luoshi.core.roles import (
    ADMINISTRATOR,
    CONGRESS,
    DISPATCHER,
    HANDLER,
    INSPECTOR,
    LEADER,
    RELEASER,
    VILLAGE_OFFICER,
)
from luoshi.projects.models import Cycle, Election, Project, Venture

ENTER = (DISPATCHER, HANDLER, VILLAGE_OFFICER, LEADER, CONGRESS)
SEE = (*ENTER, INSPECTOR, RELEASER, ADMINISTRATOR)
ARRANGE = (DISPATCHER, LEADER)
OPEN = (LEADER, CONGRESS)
RELEASE_LABELS = (RELEASER, LEADER)
CHANGE_USUAL = (ADMINISTRATOR, LEADER)
REMEMBER = (*ARRANGE, ADMINISTRATOR)
BEGIN_VENTURE = (LEADER,)


def may_see(staff: Staff) -> bool:
    """Who works with projects in any way."""
    return staff.has(*SEE)


def may_open(staff: Staff) -> bool:
    """Who opens a year's round and begins its stages."""
    return staff.has(*OPEN)


def may_enter(staff: Staff) -> bool:
    """Who writes down a proposal from paper, a village, an office or a topic."""
    return staff.has(*ENTER)


def may_arrange(staff: Staff, project: Project) -> bool:
    """Who lets a proposal be read, puts proposals together, or does not take one up."""
    return staff.has(*ARRANGE)


def may_appraise(staff: Staff, project: Project) -> bool:
    """Who answers the appraisal's questions and writes down what it would cost."""
    return staff.has(DISPATCHER, HANDLER, LEADER)


def may_release_labels(staff: Staff) -> bool:
    """Who writes down that the party committee lets everybody read the labels."""
    return staff.has(*RELEASE_LABELS)


def may_change_usual(staff: Staff) -> bool:
    """Who says how figures are made, and what is usual in the town."""
    return staff.has(*CHANGE_USUAL)


def may_remember(staff: Staff) -> bool:
    """Who writes down what was built in the years before."""
    return staff.has(*REMEMBER)


def may_begin_venture(staff: Staff) -> bool:
    """Who begins what needs years."""
    return staff.has(*BEGIN_VENTURE)


def may_say_word(staff: Staff, venture: Venture) -> bool:
    """Who writes down whether it goes on: the leadership, which decided it."""
    return staff.has(*BEGIN_VENTURE)


def may_put_forward(staff: Staff, project: Project) -> bool:
    """The government names the candidates, by a leader."""
    return staff.has(LEADER)


def may_build(staff: Staff, project: Project) -> bool:
    """A leader, or the office that builds it, keeps milestones and money."""
    return staff.has(LEADER) or project.builder_id in staff.organisations


def may_enter_upkeep(staff: Staff, project: Project) -> bool:
    """Who built it, or keeps it up, enters what stands there already."""
    return may_build(staff, project) or project.upkeep_owner_id in staff.organisations


def may_run(staff: Staff, cycle: Cycle, kind: str) -> bool:
    """Who sets a vote up, opens, closes and counts it: whose decision it is."""
    if kind == Election.Kind.DEPUTIES:
        return staff.has(CONGRESS)
    if kind == Election.Kind.VILLAGE:
        return _is_of(staff, cycle.village)
    return staff.has(CONGRESS, LEADER, DISPATCHER)


def may_run_vote(staff: Staff, election: Election) -> bool:
    """Who runs this vote; a file's, who may run residents' votes."""
    if election.cycle is None:
        return may_bring(staff)
    return may_run(staff, election.cycle, election.kind)


def may_help(staff: Staff, election: Election) -> bool:
    """Who takes paper in at a booth and types sheets."""
    return staff.has(*ENTER)


def may_bring(staff: Staff) -> bool:
    """Who brings in a vote from a file."""
    return staff.has(CONGRESS, LEADER, DISPATCHER)


def may_decide(staff: Staff, cycle: Cycle) -> bool:
    """Who publishes what was decided: the congress's office, or the village."""
    if cycle.decider == Cycle.Decider.VILLAGE:
        return _is_of(staff, cycle.village)
    return staff.has(CONGRESS)


def may_decide_change(staff: Staff, project: Project) -> bool:
    """Who writes down the new decision of whoever decided before."""
    return may_decide(staff, project.cycle)


def may_judge_on_the_spot(staff: Staff, project: Project) -> bool:
    """Who writes down what users said where they were asked; never its builder."""
    asks = staff.has(INSPECTOR, VILLAGE_OFFICER, CONGRESS)
    return asks and project.builder_id not in staff.organisations


def _is_of(staff: Staff, village: Village | None) -> bool:
    if village is None or not staff.has(VILLAGE_OFFICER):
        return False
    return village.committees.filter(pk__in=staff.organisations).exists()
