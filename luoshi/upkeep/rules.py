"""Who may do what with what the town keeps up."""

from luoshi.core.actors import Staff
from luoshi.core.roles import (
    ADMINISTRATOR,
    DISPATCHER,
    DUTY_OFFICER,
    HANDLER,
    INSPECTOR,
    LEADER,
    ORGANISATION_MEMBER,
    VILLAGE_OFFICER,
)
from luoshi.upkeep.models import Asset, Job, UpkeepPlan

# Who works with the register; the discipline office and who is named for minors do not.
SEE = (
    *(ADMINISTRATOR, DISPATCHER, HANDLER, INSPECTOR, LEADER),
    *(VILLAGE_OFFICER, DUTY_OFFICER, ORGANISATION_MEMBER),
)
KEEP = (ADMINISTRATOR, DISPATCHER, HANDLER)
# Who plans upkeep and notes its money; a leader approves what another set up.
PLAN = (DISPATCHER, HANDLER)
APPROVE = (LEADER,)
LOOK = (HANDLER, INSPECTOR, VILLAGE_OFFICER, LEADER, DISPATCHER)


def may_see(staff: Staff, asset: Asset) -> bool:
    """Facilities stand in the open: all who work with the register see them."""
    return staff.has(*SEE)


def may_keep(staff: Staff) -> bool:
    """Offices and the desk keep the register."""
    return staff.has(*KEEP)


def may_change(staff: Staff, asset: Asset) -> bool:
    """Only what still stands is changed."""
    return may_keep(staff) and asset.retired_on is None


def may_look(staff: Staff) -> bool:
    """Who goes there can say what it looks like: an office, a village, a leader."""
    return staff.has(*LOOK)


def may_look_at(staff: Staff, asset: Asset) -> bool:
    """Only what still stands is looked at."""
    return may_look(staff) and asset.retired_on is None


def may_edit_kinds(staff: Staff) -> bool:
    """The administrator says what kinds there are and when each is looked at."""
    return staff.has(ADMINISTRATOR)


def may_see_plan(staff: Staff, plan: UpkeepPlan) -> bool:
    """A plan is the town's own: all who work with the register see it."""
    return staff.has(*SEE)


def may_plan(staff: Staff) -> bool:
    """The desk and the offices plan."""
    return staff.has(*PLAN)


def may_change_plan(staff: Staff, plan: UpkeepPlan) -> bool:
    """What waits for approval is changed, and what holds is moved, with a reason."""
    states = (UpkeepPlan.State.READY, UpkeepPlan.State.APPROVED)
    return staff.has(*PLAN, *APPROVE) and plan.state in states


def may_approve_plan(staff: Staff, plan: UpkeepPlan) -> bool:
    """A leader approves, and never what they set up themselves."""
    waits = plan.state == UpkeepPlan.State.READY
    return staff.has(*APPROVE) and waits and plan.set_up_by_id != staff.person.pk


def may_begin_year(staff: Staff, plan: UpkeepPlan) -> bool:
    """A leader gives out the next year's works of the plan that holds."""
    return staff.has(*APPROVE) and plan.state == UpkeepPlan.State.APPROVED


def may_see_job(staff: Staff, job: Job) -> bool:
    """Who sees the plan sees its jobs."""
    return staff.has(*SEE)


def may_note_money(staff: Staff, job: Job) -> bool:
    """The office whose job it is notes its money, and so does the desk."""
    if staff.has(DISPATCHER):
        return True
    office = job.case.commitment.owner_organisation_id
    return staff.has(HANDLER) and office in staff.organisations
