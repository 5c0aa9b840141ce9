"""Rows of lists as templates show them."""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from luoshi.cases.models import Case, Order
from luoshi.cases.there_queries import theres_of
from luoshi.commitments.adapters import adapter_of
from luoshi.commitments.models import Commitment, Explanation, State
from luoshi.commitments.queries import Light, light_of
from luoshi.commitments.queries.above import last_explanations
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.search import excerpt_beside, highlight


@dataclass(frozen=True)
class Row:
    """A commitment with its light; `days` since the first word, the first is 1."""

    commitment: Commitment
    light: Light
    days: int
    undispatched: bool
    explained: Explanation | None = None
    # Where else it lives.
    there: list[Order] = field(default_factory=list)


@dataclass(frozen=True)
class FoundRow:
    """A case that a search found, with the words marked that it was found by."""

    case: Case
    title: SafeString
    excerpt: SafeString


def found_rows(cases: list[Case], words: str) -> list[FoundRow]:
    """Return rows for the list of a search."""
    return [
        FoundRow(
            one,
            highlight(one.subject, words),
            excerpt_beside(one.subject, one.text, words),
        )
        for one in cases
    ]


@dataclass(frozen=True)
class FoundWork:
    """What is owed and is no case, where it is read, and the words marked."""

    commitment: Commitment
    title: SafeString
    url: str


def found_work(commitments: list[Commitment], words: str) -> list[FoundWork]:
    """Return rows for the second list of a search."""
    return [
        FoundWork(one, highlight(one.title, words), adapter_of(one).url(one))
        for one in commitments
    ]


def rows_of(staff: Staff, commitments: list[Commitment]) -> list[Row]:
    """Return rows for a list."""
    at = now()
    explained = last_explanations(one.pk for one in commitments)
    there = theres_of(commitments)
    for one in commitments:
        one.town = staff.town
    return [
        Row(
            one,
            light_of(one, at),
            (at - one.started_at).days + 1,
            one.state == State.RECEIVED,
            explained.get(one.pk),
            there.get(one.pk, []),
        )
        for one in commitments
    ]
