"""Who may see and do what with the lists of an emergency."""

from django.db.models import QuerySet

from luoshi.alerts.models import Alert, GroupNotice
from luoshi.core.actors import Staff
from luoshi.core.models import Town, Village
from luoshi.core.roles import (
    ADMINISTRATOR,
    DISPATCHER,
    DUTY_OFFICER,
    LEADER,
    VILLAGE_OFFICER,
)

# Who works with the lists of all villages; a village officer with those of their own.
TOWN_ROLES = (LEADER, DISPATCHER, DUTY_OFFICER)
ROLES = (*TOWN_ROLES, VILLAGE_OFFICER)
# When a leader's word is asked for before a notice leaves.
ALWAYS, NOT_IN_EMERGENCY, NEVER = "always", "not_in_emergency", "never"


def villages_of(staff: Staff) -> QuerySet[Village]:
    """Return the villages whose households a person works with."""
    if staff.has(*TOWN_ROLES):
        return Village.objects.filter(town=staff.town)
    if staff.has(VILLAGE_OFFICER):
        mine = staff.organisations
        return Village.objects.filter(town=staff.town, committees__in=mine).distinct()
    return Village.objects.none()


def may_see(staff: Staff) -> bool:
    """Who works with the lists of any village."""
    return staff.has(*ROLES)


def may_run(staff: Staff) -> bool:
    """Who opens and closes a call-out and says where people are moved."""
    return staff.has(*TOWN_ROLES)


def may_work_on(staff: Staff, alert: Alert) -> bool:
    """Call, go and move while the call-out is open."""
    return may_see(staff) and alert.closed_at is None


def may_read(staff: Staff, alert: Alert) -> bool:
    """Look at a call-out, also when it is over."""
    return may_see(staff)


def may_write(staff: Staff) -> bool:
    """Who writes what is said to many."""
    return staff.has(*TOWN_ROLES)


def may_change(staff: Staff, notice: GroupNotice) -> bool:
    """The text may change until it was released."""
    return may_write(staff) and notice.state != GroupNotice.State.RELEASED


def needs_leader(town: Town, emergency_on: bool) -> bool:
    """Tell whether the town asks for a leader's word before a notice leaves."""
    rule = rule_of(town)
    return rule == ALWAYS or (rule == NOT_IN_EMERGENCY and not emergency_on)


def rule_of(town: Town) -> str:
    """Return when the town asks for a leader's word; always, if it said nothing."""
    rule = town.rules.get("notice_word", ALWAYS)
    return str(rule) if rule in (ALWAYS, NOT_IN_EMERGENCY, NEVER) else ALWAYS


def may_choose_rule(staff: Staff) -> bool:
    """Who says when a leader's word is needed."""
    return staff.has(ADMINISTRATOR, LEADER)


def may_release(staff: Staff, notice: GroupNotice, emergency_on: bool) -> bool:
    """A leader lets it go; whoever writes does, where the town asks for no word."""
    if notice.state == GroupNotice.State.RELEASED:
        return False
    if staff.has(LEADER):
        return True
    return may_write(staff) and not needs_leader(staff.town, emergency_on)


def may_return(staff: Staff, notice: GroupNotice) -> bool:
    """A leader gives it back to be written anew."""
    return staff.has(LEADER) and notice.state == GroupNotice.State.ASKED


def may_end(staff: Staff, notice: GroupNotice) -> bool:
    """Who writes takes a notice off the pages when it no longer holds."""
    return may_write(staff) and notice.released_at is not None and not notice.ended_at
