"""Who must be told and moved when danger comes, and what the town says to all."""

from luoshi.alerts.models.alerts import Alert, CallLine, MoveLine, Shelter
from luoshi.alerts.models.households import Household, Roster
from luoshi.alerts.models.notices import GroupNotice, NoticeLine

__all__ = [
    "Alert",
    "CallLine",
    "GroupNotice",
    "Household",
    "MoveLine",
    "NoticeLine",
    "Roster",
    "Shelter",
]
