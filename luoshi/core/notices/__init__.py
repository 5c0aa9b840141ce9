"""Notices: left in the outbox by actions, carried out by a sweep."""

from luoshi.core.notices.digest import collect_digest, digest_time
from luoshi.core.notices.outbox import (
    Reach,
    forget_addresses,
    forget_titles,
    inbox_of,
    leave_messages,
    leave_notice,
    leave_notices,
    mark_read,
    register_notice_texts,
    register_notice_words,
    text_of,
    words_of_notice,
)
from luoshi.core.notices.show import (
    Sent,
    failed_messages,
    notices_about,
    try_again,
    why_not_sent,
)
from luoshi.core.notices.sweep import sweep

__all__ = [
    "Reach",
    "Sent",
    "collect_digest",
    "digest_time",
    "failed_messages",
    "forget_addresses",
    "forget_titles",
    "inbox_of",
    "leave_messages",
    "leave_notice",
    "leave_notices",
    "mark_read",
    "notices_about",
    "register_notice_texts",
    "register_notice_words",
    "sweep",
    "text_of",
    "try_again",
    "why_not_sent",
    "words_of_notice",
]
