"""What a reply template takes from its case, filled in when it is put in.

A name stands in braces, in Chinese or in English; the language of the name decides
how a day is written.
"""

import re
from collections.abc import Callable

from django.utils.translation import override

from luoshi.cases.models import Case
from luoshi.ui.wording import day

NAME_IN_BRACES = re.compile(r"\{([^{}]*)\}")
_WIDE = str.maketrans("｛｝", "{}")


def _phone(case: Case) -> str:
    return case.commitment.owner_organisation.phone or case.commitment.town.phone


def _due(case: Case) -> str:
    return day(case.commitment.due_at)


# Name in Chinese, name in English, what it says of a case.
_SAYS: list[tuple[str, str, Callable[[Case], str]]] = [
    ("编号", "number", lambda case: case.number),
    ("单位", "office", lambda case: case.commitment.owner_organisation.name),
    ("期限", "due", _due),
    ("电话", "phone", _phone),
]
_KNOWN = {
    name: (language, says)
    for chinese, english, says in _SAYS
    for name, language in ((chinese, "zh-hans"), (english, "en"))
}


def tidy_braces(text: str) -> str:
    """Write the wide braces of a Chinese keyboard as plain ones."""
    return text.translate(_WIDE)


def unknown_in(text: str) -> str:
    """Return the first name in braces that no case can fill in; empty if none."""
    for name in NAME_IN_BRACES.findall(text):
        if name.strip() not in _KNOWN:
            return f"{{{name}}}"
    alone = re.search(r"[{}]", NAME_IN_BRACES.sub("", text))
    return alone.group() if alone else ""


def left_in(text: str) -> str:
    """Return the first known name that nobody filled in; empty if none."""
    names = (name.strip() for name in NAME_IN_BRACES.findall(text))
    return next((f"{{{name}}}" for name in names if name in _KNOWN), "")


def fill_in(text: str, case: Case) -> str:
    """Fill a template's names from a case; what the case lacks stays to be seen."""

    def said(found: re.Match[str]) -> str:
        language, says = _KNOWN.get(found[1].strip(), ("", None))
        if says is None:
            return found[0]
        with override(language):
            return says(case) or found[0]

    return NAME_IN_BRACES.sub(said, text)
