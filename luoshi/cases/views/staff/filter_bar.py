"""The filter bar of the inbox: what is chosen, without which, and what is gone."""

from dataclasses import dataclass
from urllib.parse import urlencode

from luoshi.cases.forms.filters import WHOSE_WORDS, FilterForm
from luoshi.commitments.queries.inbox import VIEWS


@dataclass(frozen=True)
class Chip:
    """A chosen filter in words, and the address's query without it."""

    label: str
    words: str
    without: str


def _chosen(form: FilterForm) -> dict[str, tuple[str, str]]:
    """Return each filter that narrows: its value in an address, and in words."""
    found = {}
    for name, value in form.cleaned_data.items():
        if not value or (name == "whose" and value == "town"):
            continue
        words = WHOSE_WORDS[value] if name == "whose" else value
        found[name] = (str(getattr(value, "pk", value)), str(words))
    return found


def query_of(form: FilterForm, view: str) -> str:
    """Write what is chosen the one way in which views are kept and compared."""
    return urlencode(
        {"view": view} | {name: told for name, (told, _words) in _chosen(form).items()}
    )


def chips_of(form: FilterForm, view: str) -> list[Chip]:
    """Return the chosen filters, each with the way back out of it."""
    chosen = _chosen(form)
    told = {"view": view} | {name: value for name, (value, _words) in chosen.items()}
    return [
        Chip(
            str(form.fields[name].label),
            words,
            urlencode({key: value for key, value in told.items() if key != name}),
        )
        for name, (_value, words) in chosen.items()
    ]


def left_out_of(form: FilterForm, view: str) -> list[str]:
    """Return what an address names that is no longer there, in words."""
    gone = [str(form.fields[name].label) for name in form.errors if name in form.fields]
    return gone if view in VIEWS else [*gone, view[:30]]
