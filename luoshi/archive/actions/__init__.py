"""Every change of the archive."""

from luoshi.archive.actions.appraisal import appraise_entry
from luoshi.archive.actions.packages import (
    Made,
    begin_package,
    break_package_off,
    fetch_package,
    finish_package,
    leave_entry_out,
    make_package_anew,
    remove_old_files,
    store_entry,
    take_package_up,
    tell_alive,
)
from luoshi.archive.actions.terms import choose_term, set_term_rule

__all__ = [
    "Made",
    "appraise_entry",
    "begin_package",
    "break_package_off",
    "choose_term",
    "fetch_package",
    "finish_package",
    "leave_entry_out",
    "make_package_anew",
    "remove_old_files",
    "set_term_rule",
    "store_entry",
    "take_package_up",
    "tell_alive",
]
