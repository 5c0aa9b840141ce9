"""How a text is read: one normaliser for the engines and for the search.

What was found by one of them must look the same to the others, whichever width, case or
invisible sign somebody typed.
"""

import re
import unicodedata

__all__ = ["LONGEST", "clean", "even"]

# A letter says its matter in the beginning; what comes after is cut off.
LONGEST = 1500
_ADDRESS = re.compile(r"https?://[\w./?=&%#:-]*")
_BLANKS = re.compile(r"\s+")
# Control, format, surrogate, private and unassigned characters carry no word.
_UNSEEN = {"Cc", "Cf", "Cs", "Cn", "Co"}
# What nearly every text is made of; only others are looked at sign by sign.
_ORDINARY = re.compile(
    r"[\x20-\x7e\n“”‘’—·、。《》【】〈〉「」\u3400-\u4dbf\u4e00-\u9fff]*"
)
_WIDTHS = {0xFF01 + step: 0x21 + step for step in range(94)} | {
    0x3000: " ",
    0x2026: ".",
}


def even(text: str) -> str:
    """Return a text in one width and case, without signs that nobody sees."""
    text = text.translate(_WIDTHS)
    if not _ORDINARY.fullmatch(text):
        # A blank is a control character too where it ends a line: it stays.
        text = "".join(
            sign
            for sign in unicodedata.normalize("NFKC", text)
            if sign.isspace() or unicodedata.category(sign) not in _UNSEEN
        )
    return text.lower()


def clean(text: str, longest: int = LONGEST) -> str:
    """Return a text in one line, width and case, without addresses of the network."""
    # A first cut keeps a text of a million characters from being read whole.
    text = _ADDRESS.sub(" ", even(_BLANKS.sub(" ", text[: longest * 2])))
    return _BLANKS.sub(" ", text).strip()[:longest]
