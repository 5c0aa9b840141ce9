"""Every change of a consultation."""

from luoshi.consultations.actions.answering import (
    react,
    say,
    take_over,
    withdraw_answers,
)
from luoshi.consultations.actions.asking_habits import Wanted, ask_habits, set_costs
from luoshi.consultations.actions.closing import (
    answer_statement,
    close_consultation,
    close_where_due,
    publish_decision,
    record_step,
    remind_to_ask_again,
    stop_consultation,
)
from luoshi.consultations.actions.linking import link_matter, unlink_matter
from luoshi.consultations.actions.moderating import (
    mend_statement,
    publish_statement,
    refuse_statement,
)
from luoshi.consultations.actions.opening import open_for_answers
from luoshi.consultations.actions.paper import Sheet, drop_sheet, enter_sheet
from luoshi.consultations.actions.preparing import (
    Asked,
    Way,
    ask_again,
    change_asked,
    choose_way,
    prepare_consultation,
    say_for_town,
    write_draft,
)
from luoshi.consultations.actions.replying import Told, enter_habits, tell_habits
from luoshi.consultations.actions.ruling import change_track, restore_track
from luoshi.consultations.actions.trying import begin_trial, look_at_trial

__all__ = [
    "Asked",
    "Sheet",
    "Told",
    "Wanted",
    "Way",
    "answer_statement",
    "ask_again",
    "ask_habits",
    "begin_trial",
    "change_asked",
    "change_track",
    "choose_way",
    "close_consultation",
    "close_where_due",
    "drop_sheet",
    "enter_habits",
    "enter_sheet",
    "link_matter",
    "look_at_trial",
    "mend_statement",
    "open_for_answers",
    "prepare_consultation",
    "publish_decision",
    "publish_statement",
    "react",
    "record_step",
    "refuse_statement",
    "remind_to_ask_again",
    "restore_track",
    "say",
    "say_for_town",
    "set_costs",
    "stop_consultation",
    "take_over",
    "tell_habits",
    "unlink_matter",
    "withdraw_answers",
    "write_draft",
]
