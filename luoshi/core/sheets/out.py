"""Cells that a spreadsheet shows and never runs."""

import re
from typing import Any

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BEGINNINGS = tuple("=+-@\t\r\n＝＋－＠")


def safe_cell(value: Any) -> str:
    """Return a value as text that no spreadsheet takes for a formula.

    An apostrophe is put in front of what begins like one (OWASP, CSV injection);
    plain numbers stay numbers, control characters are dropped.
    """
    text = _CONTROL.sub("", "" if value is None else str(value))
    if _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if text.startswith(_BEGINNINGS) else text
