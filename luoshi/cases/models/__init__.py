"""Cases: what residents said, and who said it."""

from luoshi.cases.models.case import Case, Note, Reply
from luoshi.cases.models.reporter import Reporter

__all__ = ["Case", "Note", "Reply", "Reporter"]
