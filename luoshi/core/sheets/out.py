"""Cells that a spreadsheet shows and never runs."""

import re
from typing import Any

_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")
# What XML and spreadsheets cannot hold; tab and line breaks stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Full-width and small forms too: some spreadsheets fold them.
_SIGNS = tuple("=+-@＝＋－＠﹦﹢﹣﹫")
_BREAKS = ("\t", "\r", "\n")
# Blanks that a spreadsheet may drop before it looks at the first character.
_BLANKS = " \xa0\u3000\u200b\ufeff"


def without_control(text: str) -> str:
    """Drop the characters that XML and sheets cannot hold; tab and breaks stay."""
    return _CONTROL.sub("", text)


def safe_cell(value: Any) -> str:
    """Return a value as text that no spreadsheet takes for a formula.

    An apostrophe is put in front of what begins like one (OWASP, CSV injection);
    plain numbers stay numbers, control characters are dropped.
    """
    text = "" if value is None else str(value)
    if not text.isprintable():
        text = _CONTROL.sub("", text)
    if not text.startswith(_BREAKS) and not text.lstrip(_BLANKS).startswith(_SIGNS):
        return text
    return text if _NUMBER.fullmatch(text) else f"'{text}"
