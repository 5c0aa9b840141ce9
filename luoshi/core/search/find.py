"""Finding: two statements, however many hits a word has.

The first counts up to 5,000 hits. Where there are no more, all of them are sorted by
time. Of a commoner word the second reads the last 24 months, each month's hits on their
own and the newest month first, and stops as soon as enough were found.
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
from luoshi.core.search.terms import query_terms

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

    def expression(self, month: str = "") -> str:
        """Return what the index is asked; no term has a quote."""
        tag = f"{self.kind}{self.town.pk}" + (f"m{month}" if month else "")
        lite = connection.vendor == "sqlite"
        quoted = [
            f'"{term}"' if lite else f"'{term}'"
            for term in [*query_terms(self.text), tag]
        ]
        return (" AND " if lite else " & ").join(quoted)


def find_newest(
    words: Words,
    *,
    visibility: Collection[str],
    most: int,
    seen: QuerySet[Any] | None = None,
) -> list[int]:
    """Return the ids of what has all the words, the newest first.

    `seen` narrows to what may be seen: a queryset filtered by `HIT`. Each hit is asked
    in turn, so that a hit that one may not see takes the place of no other.
    """
    if not query_terms(words.text) or not visibility:
        return []
    parts = [""]
    if _count(words) > MOST_HITS:
        parts = [*_months_back(now()), ""]
    sql, params = _sorted(words, parts)
    marks = ", ".join(["%s"] * len(visibility))
    told: list[Any] = list(visibility)
    where = f"hit.visibility IN ({marks})"
    if seen is not None:
        condition, more = seen.order_by().values("pk").query.sql_with_params()
        where = f"{where} AND EXISTS ({condition})"
        told += more
    # What is found in its month comes again at the end, with all that is left.
    again = most * 2 if len(parts) > 1 else most
    statement = f"SELECT hit.object_id FROM ({sql}) hit WHERE {where} LIMIT %s"
    values: list[Any] = [*params, *told, again]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        hits = dict.fromkeys(pk for (pk,) in cursor.fetchall())
    return list(hits)[:most]


def _count(words: Words) -> int:
    """Count the hits, and stop where they are too many to be sorted."""
    terms = TERMS[connection.vendor]
    with connection.cursor() as cursor:
        told: list[Any] = [words.expression(), MOST_HITS + 1]
        cursor.execute(f"SELECT count(*) FROM ({terms}) t", told)
        return cursor.fetchone()[0]


def _sorted(words: Words, months: list[str]) -> tuple[str, list[Any]]:
    """Return a statement that gives the hits of each month in turn, and its values."""
    one = SORTED.format(terms=TERMS[connection.vendor])
    params: list[Any] = []
    for month in months:
        params += [words.expression(month), MOST_HITS, MOST_HITS]
    return " UNION ALL ".join([one] * len(months)), params


def _months_back(at: datetime) -> Iterator[str]:
    year, month = at.year, at.month
    for _back in range(MONTHS):
        yield f"{year}{month:02}"
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
