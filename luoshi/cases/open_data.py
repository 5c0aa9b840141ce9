"""The data dictionary of the public ledger: each field and each value in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from luoshi.cases.forms.ledger import LIGHTS
from luoshi.cases.ledger_data import FIELDS
from luoshi.commitments.models import Ending, Verdict

Value = tuple[str, str]


@dataclass(frozen=True)
class Field:
    """A column of the open data; `values` names each code that may stand in it."""

    name: str
    meaning: str
    form: str
    values: list[Value] = field(default_factory=list)


def fields_told() -> list[Field]:
    """Return every field in its order, with its meaning, form and values."""
    text, day, code = _("words"), _("year-month-day"), _("one of these words")
    meanings = {
        "number": (_("Number of the matter"), text),
        "village": (_("Village"), text),
        "category": (_("What it is about"), text),
        "title": (_("Public title"), text),
        "words": (_("Public text, written by the town"), text),
        "office": (_("Office that answers for it"), text),
        "started": (_("First word of who asked"), day),
        "due": (_("Promised day"), day),
        "closed": (_("Day on which it was closed; empty while it is open"), day),
        "light": (_("Where it stands"), code),
        "ending": (
            _("How it ended; solved and partly are the words of who asked"),
            code,
        ),
        "satisfied": (_("Whether who asked was satisfied with how it was done"), code),
        "times_reopened": (_("How often it was done again"), _("count")),
    }
    values = {
        "light": _said(LIGHTS),
        "ending": _said(Ending.choices),
        "satisfied": _said(Verdict.Satisfied.choices),
    }
    return [Field(name, *meanings[name], values.get(name, [])) for name in FIELDS]


def _said(choices: Iterable[tuple[object, object]]) -> list[Value]:
    """Return codes and words; empty needs no word."""
    return [(str(value), str(words)) for value, words in choices if value]
