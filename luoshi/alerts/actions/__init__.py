"""Every change to the lists of an emergency and to what is said to many."""

from luoshi.alerts.actions.alerts import close_alert, open_alert
from luoshi.alerts.actions.calls import (
    read_phone,
    settle_call,
    settle_visit,
    take_back,
    take_next,
)
from luoshi.alerts.actions.households import (
    bring_households,
    erase_due,
    erase_roster,
)
from luoshi.alerts.actions.moves import (
    add_shelter,
    change_move,
    close_shelter,
    plan_moves,
    settle_move,
)
from luoshi.alerts.actions.notices import (
    Written,
    ask_leader,
    change_notice,
    choose_rule,
    end_notice,
    release_notice,
    return_notice,
    told_otherwise,
    write_notice,
)
from luoshi.alerts.actions.sheets import take_list_out

__all__ = [
    "Written",
    "add_shelter",
    "ask_leader",
    "bring_households",
    "change_move",
    "change_notice",
    "choose_rule",
    "close_alert",
    "close_shelter",
    "end_notice",
    "erase_due",
    "erase_roster",
    "open_alert",
    "plan_moves",
    "read_phone",
    "release_notice",
    "return_notice",
    "settle_call",
    "settle_move",
    "settle_visit",
    "take_back",
    "take_list_out",
    "take_next",
    "told_otherwise",
    "write_notice",
]
