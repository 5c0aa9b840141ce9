"""Every change of what the town owes in public."""

from luoshi.pledges.actions.led import put_on_list, show_names, take_off_list
from luoshi.pledges.actions.proposals import (
    Asked,
    receive_proposal,
    release_answer,
    withdraw_answer,
)

__all__ = [
    "Asked",
    "put_on_list",
    "receive_proposal",
    "release_answer",
    "show_names",
    "take_off_list",
    "withdraw_answer",
]
