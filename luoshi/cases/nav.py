"""The lines of the staff navigation that cases fill."""

from django.utils.translation import gettext_lazy as _

from luoshi.cases.sealed_queries import waiting_sealed
from luoshi.cases.staff_queries import awaiting_dispatch
from luoshi.core.roles import (
    ADMINISTRATOR,
    DISCIPLINE,
    DISPATCHER,
    DUTY_OFFICER,
    INSPECTOR,
    LEADER,
    MINORS,
    VILLAGE_OFFICER,
)
from luoshi.core.slots import NavItem

NAV = [
    NavItem("work:today", _("Today"), key="g t"),
    NavItem("work:leader", _("Look at these first"), frozenset({LEADER})),
    NavItem("work:inspector", _("Accept and look again"), frozenset({INSPECTOR})),
    NavItem("work:inbox", _("Inbox"), key="g i"),
    NavItem(
        "work:dispatch",
        _("Dispatch"),
        frozenset({DISPATCHER}),
        waiting=awaiting_dispatch,
        key="g d",
    ),
    NavItem(
        "work:enter",
        _("Write one down"),
        frozenset({DISPATCHER, VILLAGE_OFFICER, DUTY_OFFICER}),
    ),
    NavItem(
        "work:sealed",
        _("Sealed matters"),
        frozenset({DISCIPLINE, MINORS}),
        waiting=waiting_sealed,
    ),
    NavItem(
        "work:figures",
        _("Figures"),
        frozenset({LEADER, INSPECTOR, DISPATCHER}),
    ),
    NavItem(
        "work:orders",
        _("Orders of others"),
        frozenset({ADMINISTRATOR, DISPATCHER}),
    ),
    NavItem(
        "work:import",
        _("Bring cases in"),
        frozenset({ADMINISTRATOR, DISPATCHER}),
    ),
    NavItem("work:papers", _("Posts handed over"), last=True),
]
TABS = [NavItem("work:sealed-days", _("Sealed matters"))]
