"""Finding: at most four statements, however many hits a word has.

What has all the words in its title comes first; the rest is asked for only if that is
not enough. Of each, up to 5,000 hits are counted. Where there are no more, all of them
are sorted by time. Of a commoner word the last 24 months are read, each month's hits on
their own and the newest month first, and it stops as soon as enough were found.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, QuerySet
from django.db.models.expressions import RawSQL

from luoshi.core.clock import now
from luoshi.core.models import Town
from luoshi.core.search.terms import TITLE, query_terms

# As many hits are taken from the index before they are sorted by time: sorting
# all hits of a common word would cost more than anybody reads.
MOST_HITS = 5000
MONTHS = 24
# The id of the thing found, for a queryset that says whether it may be seen.
HIT: Any = RawSQL("hit.object_id", [], output_field=BigIntegerField())

TERMS = {
    # The newest rows first, as far as the order of indexing tells.
    "sqlite": (
        "SELECT rowid AS id FROM core_searchterms "
        "WHERE core_searchterms MATCH %s ORDER BY rowid DESC LIMIT %s"
    ),
    "postgresql": (
        "SELECT id FROM core_searchterms WHERE terms @@ %s::tsquery LIMIT %s"
    ),
}
SORTED = """
SELECT * FROM (
  SELECT s.object_id, s.visibility FROM ({terms}) t
  JOIN core_searchrow s ON s.id = t.id
  ORDER BY s.at DESC, s.id DESC LIMIT %s
) part
"""


@dataclass(frozen=True)
class Words:
    """What is looked for, where: words among one kind of things in a town."""

    town: Town
    text: str
    kind: str

    def expression(self, *, in_title: bool, month: str = "") -> str:
        """Return what the index is asked; no term has a quote.

        Either what has all words in its title, or what has them but not all there.
        """
        tag = f"{self.kind}{self.town.pk}" + (f"m{month}" if month else "")
        lite = connection.vendor == "sqlite"
        terms = query_terms(self.text)
        titled = _all_of([f"{TITLE}{term}" for term in terms], lite)
        if in_title:
            return _all_of([tag], lite) + (" AND " if lite else " & ") + titled
        without = " NOT " if lite else " & !"
        return f"({_all_of([*terms, tag], lite)}){without}({titled})"


def _all_of(terms: list[str], lite: bool) -> str:
    if lite:
        return " AND ".join(f'"{term}"' for term in terms)
    return " & ".join(f"'{term}'" for term in terms)


def find_titles_first(
    words: Words,
    *,
    visibility: Collection[str],
    most: int,
    seen: QuerySet[Any] | None = None,
) -> list[int]:
    """Return the ids of what has all the words: in its title first, then the newest.

    `seen` narrows to what may be seen: a queryset filtered by `HIT`. Each hit is asked
    in turn, so that a hit that one may not see takes the place of no other.
    """
    if not query_terms(words.text) or not visibility:
        return []
    condition, told = _may_be_seen(visibility, seen)
    hits: list[int] = []
    for in_title in (True, False):
        if len(hits) < most:
            asked = _hits(words, in_title=in_title)
            hits += _first(asked, condition, told, most - len(hits))
    return hits


def _may_be_seen(
    visibility: Collection[str], seen: QuerySet[Any] | None
) -> tuple[str, list[Any]]:
    """Return the condition on a hit, and its values."""
    marks = ", ".join(["%s"] * len(visibility))
    where, told = f"hit.visibility IN ({marks})", list(visibility)
    if seen is not None:
        condition, more = seen.order_by().values("pk").query.sql_with_params()
        where, told = f"{where} AND EXISTS ({condition})", [*told, *more]
    return where, told


def _hits(words: Words, *, in_title: bool) -> list[str]:
    """Return what the index is to be asked, in turn; nothing where nothing is found."""
    whole = words.expression(in_title=in_title)
    count = f"SELECT count(*) FROM ({TERMS[connection.vendor]}) t"
    with connection.cursor() as cursor:
        # It stops where they are too many to be sorted.
        cursor.execute(count, [whole, MOST_HITS + 1])
        found = cursor.fetchone()[0]
    if found <= MOST_HITS:
        return [whole] if found else []
    months = _months_back(now())
    return [
        *(words.expression(in_title=in_title, month=month) for month in months),
        whole,
    ]


def _first(asked: list[str], where: str, told: list[Any], most: int) -> list[int]:
    """Return so many hits that may be seen, the newest of each part in turn."""
    if not asked:
        return []
    part = SORTED.format(terms=TERMS[connection.vendor])
    parts = " UNION ALL ".join([part] * len(asked))
    values: list[Any] = []
    for one in asked:
        values += [one, MOST_HITS, MOST_HITS]
    # What is found in its month comes again at the end, with all that is left.
    again = most * 2 if len(asked) > 1 else most
    statement = f"SELECT hit.object_id FROM ({parts}) hit WHERE {where} LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *told, again])
        hits = dict.fromkeys(pk for (pk,) in cursor.fetchall())
    return list(hits)[:most]


def _months_back(at: datetime) -> Iterator[str]:
    year, month = at.year, at.month
    for _back in range(MONTHS):
        yield f"{year}{month:02}"
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
