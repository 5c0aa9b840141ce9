"""Every change of a commitment."""

from luoshi.commitments.actions.above import (
    Above,
    ask_higher,
    decide_explanation,
    explain,
    note_higher_answer,
)
from luoshi.commitments.actions.approval import give_word, recall_word, return_word
from luoshi.commitments.actions.catalogue import (
    CategoryTold,
    add_category,
    bring_duties,
    change_category,
    remove_duty,
    switch_category_off,
    switch_category_on,
)
from luoshi.commitments.actions.clock import (
    extend_commitment,
    follow_outside_within,
    pause_commitment,
    resume_commitment,
)
from luoshi.commitments.actions.closing import (
    decide_not_solved,
    give_up_callback_within,
    give_verdict_within,
    note_call_attempt,
    take_outside_verdict_within,
)
from luoshi.commitments.actions.dispatch import (
    Opening,
    decide_handback,
    dispatch_commitment,
    dispatch_desk,
    hand_back_commitment,
    hand_over_commitment,
    open_within,
    pass_to_destination,
    prepare_opening,
    promise_openly,
)
from luoshi.commitments.actions.emergency import (
    carry_on_emergencies,
    carry_on_in,
    declare_emergency,
    end_emergency,
)
from luoshi.commitments.actions.ending import end_within
from luoshi.commitments.actions.endings import (
    move_to_lawful_route,
    note_withdrawal,
    propose_refusal,
    withdraw_within,
)
from luoshi.commitments.actions.merging import merge_commitments, undo_merge
from luoshi.commitments.actions.nights import (
    carry_nights_in,
    carry_nights_on,
    take_on_duty,
)
from luoshi.commitments.actions.notices import (
    leave_digests,
    send_again,
    settle_notice,
)
from luoshi.commitments.actions.parts import drop_part, open_part_within
from luoshi.commitments.actions.path_rules import (
    Words,
    end_deputy,
    name_deputy,
    remove_path,
    set_path,
)
from luoshi.commitments.actions.roster import bring_roster, confirm_shift, swap_shift
from luoshi.commitments.actions.rules import change_rules
from luoshi.commitments.actions.sampling import look_at_sample
from luoshi.commitments.actions.scheduled import (
    escalate_overdue,
    recount_due_dates,
    return_promises,
)
from luoshi.commitments.actions.sorting import put_in_category
from luoshi.commitments.actions.work import (
    accept_commitment,
    answer_support,
    ask_support,
    report_progress,
    send_back_commitment,
    submit_commitment,
    take_commitment,
)

__all__ = [
    "Above",
    "CategoryTold",
    "Opening",
    "Words",
    "accept_commitment",
    "add_category",
    "answer_support",
    "ask_higher",
    "ask_support",
    "bring_duties",
    "bring_roster",
    "carry_nights_in",
    "carry_nights_on",
    "carry_on_emergencies",
    "carry_on_in",
    "change_category",
    "change_rules",
    "confirm_shift",
    "decide_explanation",
    "decide_handback",
    "decide_not_solved",
    "declare_emergency",
    "dispatch_commitment",
    "dispatch_desk",
    "drop_part",
    "end_deputy",
    "end_emergency",
    "end_within",
    "escalate_overdue",
    "explain",
    "extend_commitment",
    "follow_outside_within",
    "give_up_callback_within",
    "give_verdict_within",
    "give_word",
    "hand_back_commitment",
    "hand_over_commitment",
    "leave_digests",
    "look_at_sample",
    "merge_commitments",
    "move_to_lawful_route",
    "name_deputy",
    "note_call_attempt",
    "note_higher_answer",
    "note_withdrawal",
    "open_part_within",
    "open_within",
    "pass_to_destination",
    "pause_commitment",
    "prepare_opening",
    "promise_openly",
    "propose_refusal",
    "put_in_category",
    "recall_word",
    "recount_due_dates",
    "remove_duty",
    "remove_path",
    "report_progress",
    "resume_commitment",
    "return_promises",
    "return_word",
    "send_again",
    "send_back_commitment",
    "set_path",
    "settle_notice",
    "submit_commitment",
    "swap_shift",
    "switch_category_off",
    "switch_category_on",
    "take_commitment",
    "take_on_duty",
    "take_outside_verdict_within",
    "undo_merge",
    "withdraw_within",
]
