"""Every change of a case."""

from luoshi.cases.actions.erase import REASONS, erase_case, erase_contacts
from luoshi.cases.actions.export import (
    begin_export,
    end_export,
    people_behind,
)
from luoshi.cases.actions.intake import (
    Receipt,
    Told,
    join_case,
    prepare_case,
    receive_case,
    store_within,
)
from luoshi.cases.actions.publish import (
    Public,
    proposal_for,
    publish_matter,
    see_signals,
    signal_broken,
    withdraw_by_reporter,
    withdraw_publication,
)
from luoshi.cases.actions.talk import (
    Contact,
    add_note,
    add_words,
    correct_contact,
    judge_by_phone,
    judge_case,
    release_held,
    reply_to_reporters,
    show_contact,
)

__all__ = [
    "REASONS",
    "Contact",
    "Public",
    "Receipt",
    "Told",
    "add_note",
    "add_words",
    "begin_export",
    "correct_contact",
    "end_export",
    "erase_case",
    "erase_contacts",
    "join_case",
    "judge_by_phone",
    "judge_case",
    "people_behind",
    "prepare_case",
    "proposal_for",
    "publish_matter",
    "receive_case",
    "release_held",
    "reply_to_reporters",
    "see_signals",
    "show_contact",
    "signal_broken",
    "store_within",
    "withdraw_by_reporter",
    "withdraw_publication",
]
