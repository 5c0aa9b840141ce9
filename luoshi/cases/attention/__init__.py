"""What wants attention: the short lists of leaders and inspectors, and each whole."""

from luoshi.cases.attention.lists import LISTS, Line, Look, list_page, look_at
from luoshi.cases.attention.pages import (
    INSPECTOR_LISTS,
    LEADER_LISTS,
    looks_of,
    samples_of,
)

__all__ = [
    "INSPECTOR_LISTS",
    "LEADER_LISTS",
    "LISTS",
    "Line",
    "Look",
    "list_page",
    "look_at",
    "looks_of",
    "samples_of",
]
