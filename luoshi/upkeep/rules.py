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
from luoshi.upkeep.models import Asset

# Who works with the register; the discipline office and who is named for minors do not.
SEE = (
    *(ADMINISTRATOR, DISPATCHER, HANDLER, INSPECTOR, LEADER),
    *(VILLAGE_OFFICER, DUTY_OFFICER, ORGANISATION_MEMBER),
)
KEEP = (ADMINISTRATOR, DISPATCHER, HANDLER)
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
