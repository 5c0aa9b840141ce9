"""Every change of a case."""

from luoshi.cases.actions.apart import Second, add_part, split_case
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
from luoshi.cases.actions.on_paper import (
    make_paper,
    name_for_print,
    release_answer,
)
from luoshi.cases.actions.own import Own, open_own_within
from luoshi.cases.actions.publish import (
    Public,
    proposal_for,
    publish_matter,
    see_signals,
    signal_broken,
    withdraw_by_reporter,
    withdraw_publication,
)
from luoshi.cases.actions.recordings import write_down
from luoshi.cases.actions.reply_templates import (
    TemplateTold,
    add_reply_template,
    change_reply_template,
    retire_reply_template,
)
from luoshi.cases.actions.saved_views import (
    move_view,
    remove_view,
    rename_view,
    save_view,
)
from luoshi.cases.actions.sealing import (
    finish_sealed,
    look_at_sealed,
    note_on_sealed,
    open_sealed,
    seal_case,
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
from luoshi.cases.actions.withdrawing import withdraw_matter

__all__ = [
    "REASONS",
    "Contact",
    "Own",
    "Public",
    "Receipt",
    "Second",
    "TemplateTold",
    "Told",
    "add_note",
    "add_part",
    "add_reply_template",
    "add_words",
    "begin_export",
    "change_reply_template",
    "correct_contact",
    "end_export",
    "erase_case",
    "erase_contacts",
    "finish_sealed",
    "join_case",
    "judge_by_phone",
    "judge_case",
    "look_at_sealed",
    "make_paper",
    "move_view",
    "name_for_print",
    "note_on_sealed",
    "open_own_within",
    "open_sealed",
    "people_behind",
    "prepare_case",
    "proposal_for",
    "publish_matter",
    "receive_case",
    "release_answer",
    "release_held",
    "remove_view",
    "rename_view",
    "reply_to_reporters",
    "retire_reply_template",
    "save_view",
    "seal_case",
    "see_signals",
    "show_contact",
    "signal_broken",
    "split_case",
    "store_within",
    "withdraw_by_reporter",
    "withdraw_matter",
    "withdraw_publication",
    "write_down",
]
