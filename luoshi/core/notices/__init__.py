"""Notices: left in the outbox by actions, carried out by a sweep."""

from luoshi.core.notices.outbox import (
    forget_addresses,
    inbox_of,
    leave_notice,
    mark_read,
    register_notice_texts,
    text_of,
)
from luoshi.core.notices.sweep import sweep

__all__ = [
    "forget_addresses",
    "inbox_of",
    "leave_notice",
    "mark_read",
    "register_notice_texts",
    "sweep",
    "text_of",
]
