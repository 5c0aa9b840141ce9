"""The lists that can be taken out: which rows, in which order, who may see them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from luoshi.cases.figures.behind import Asked, list_behind
from luoshi.cases.figures.conditions import matters
from luoshi.cases.models import Case
from luoshi.cases.queries import cases_visible_to, search_ids
from luoshi.commitments.models import Commitment
from luoshi.commitments.queries import (
    Filters,
    commitments_visible_to,
    ids_of,
    inbox_ids,
    visible_among,
)
from luoshi.core.actors import Staff

# Beyond it a search is no list any more; the last row says so.
MOST_FOUND = 5000


@dataclass(frozen=True)
class Found:
    """One row before it is written: the case of a search, else the matter alone."""

    matter: Commitment
    case: Case | None = None
    # What is not dispatched yet is only counted by who may not read it.
    seen: bool = True


Fetch = Callable[[list[int]], dict[int, Found]]


@dataclass(frozen=True)
class Listed:
    """One list: its name, what it is narrowed to, its ids, and a chunk of its rows.

    The ids are taken at once, eight bytes each: rows move between lists while a file
    is written, and each would be there twice or not at all. Whether a row may still
    be seen is asked again with each chunk, of the queryset that the pages use.
    """

    name: str
    told: str
    ids: Callable[[], Iterable[int]]
    fetch: Fetch
    of_cases: bool = False
    # How many ids there are at most, where the list is cut off.
    most: int | None = None


# What a row needs; the rest of a matter stays unread.
_NEEDED = (
    *("town", "number", "title", "village", "category", "state", "ending", "paused"),
    *("owner_organisation", "owner", "started_at", "yellow_at", "due_at", "closed_at"),
    *("satisfied", "reopened"),
)


def _visible(staff: Staff) -> Fetch:
    def fetch(ids: list[int]) -> dict[int, Found]:
        rows = commitments_visible_to(staff).filter(pk__in=ids).only(*_NEEDED)
        return {one.pk: Found(one) for one in rows}

    return fetch


def of_inbox(
    staff: Staff, *, whose: str, view: str, filters: Filters, told: str
) -> Listed:
    """Return one view of the inbox."""

    def ids() -> Iterable[int]:
        return inbox_ids(staff, whose=whose, view=view, filters=filters)

    return Listed("inbox", told, ids, _visible(staff))


def of_chosen(staff: Staff, cases: list[Case]) -> Listed:
    """Return the matters that somebody ticked, in the order of the page."""
    matters = [case.commitment_id for case in cases]
    told = " · ".join(case.number for case in cases)
    return Listed("chosen", told, lambda: matters, _visible(staff))


def of_figure(staff: Staff, asked: Asked, told: str) -> Listed:
    """Return the list behind a number."""

    def ids() -> Iterable[int]:
        return ids_of(list_behind(asked).order_by("-pk"))

    def fetch(ids: list[int]) -> dict[int, Found]:
        seen = visible_among(staff, ids)
        rows = matters().filter(pk__in=ids).only(*_NEEDED)
        return {one.pk: Found(one, seen=one.pk in seen) for one in rows}

    return Listed("figure", told, ids, fetch)


def of_search(staff: Staff, words: str) -> Listed:
    """Return what a search finds, a row for each case."""

    def ids() -> Iterable[int]:
        return search_ids(staff, words, MOST_FOUND)

    def fetch(ids: list[int]) -> dict[int, Found]:
        inner = [f"commitment__{name}" for name in _NEEDED]
        rows = (
            cases_visible_to(staff)
            .filter(pk__in=ids)
            .select_related("commitment")
            .only("number", "subject", "village", "received_at", *inner)
        )
        return {one.pk: Found(one.commitment, one) for one in rows}

    return Listed("search", words, ids, fetch, of_cases=True, most=MOST_FOUND)
