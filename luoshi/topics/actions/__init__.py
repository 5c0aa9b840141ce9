"""Every change of topics."""

from luoshi.topics.actions.arranging import (
    merge_topics,
    put_in,
    rename_topic,
    split_topic,
    take_out,
)
from luoshi.topics.actions.facts import forget_case_within
from luoshi.topics.actions.nightly import (
    begin_run,
    break_run_off,
    finish_run,
    run_is_due,
    store_topics,
)
from luoshi.topics.actions.undertaking import Wanted, act_before

__all__ = [
    "Wanted",
    "act_before",
    "begin_run",
    "break_run_off",
    "finish_run",
    "forget_case_within",
    "merge_topics",
    "put_in",
    "rename_topic",
    "run_is_due",
    "split_topic",
    "store_topics",
    "take_out",
]
