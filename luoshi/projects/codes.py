"""Codes on slips: ten characters without those that are mistaken for others."""

from luoshi.cases.codes import tidy
from luoshi.projects.actions.elections import CODE_LENGTH


def shown_code(code: str) -> str:
    """Return a code as people read it: 7K2M9-4PXQ3."""
    return f"{code[:5]}-{code[5:]}"


def tidy_code(text: str) -> str:
    """Return the ten characters of what was typed; empty if it cannot be one."""
    return tidy(text, "", CODE_LENGTH)
