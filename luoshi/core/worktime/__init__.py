"""Workday arithmetic: when something is due, and how that was counted."""

from luoshi.core.worktime.calendar import Calendar, DayKind
from luoshi.core.worktime.deadlines import (
    Pause,
    Span,
    Unit,
    due_at,
    half_of,
    yellow_at,
)
from luoshi.core.worktime.explain import Line, explain, left_text

__all__ = [
    "Calendar",
    "DayKind",
    "Line",
    "Pause",
    "Span",
    "Unit",
    "due_at",
    "explain",
    "half_of",
    "left_text",
    "yellow_at",
]
