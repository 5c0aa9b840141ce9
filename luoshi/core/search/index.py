"""The database's own index over the terms: FTS5 on SQLite, tsvector on PostgreSQL."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from luoshi.core.clock import now
from luoshi.core.models import SearchRow, Town
from luoshi.core.rows import insert_row
from luoshi.core.search.terms import query_terms, terms_of

# As many hits are taken from the index before they are sorted by time: sorting
# all hits of a common word would cost more than anybody reads.
MOST_HITS = 5001


@dataclass(frozen=True)
class Found:
    """Ids newest first, how many were counted, and whether there are more."""

    ids: list[int]
    counted: int
    capped: bool


def terms_text(title: str, body: str) -> str:
    """Return each term once: the index needs to know only that it is there."""
    return " ".join(dict.fromkeys(terms_of(title) + terms_of(body)))


def index_within(row: SearchRow, *, title: str, body: str) -> None:
    """Index a thing, or index it anew; inside the transaction of its change."""
    remove_within(row.kind, row.object_id)
    index_fresh(row, terms_text(title, body))


def index_fresh(row: SearchRow, terms: str) -> None:
    """Index a thing that never was, by terms made before the lock was taken."""
    insert_row(row)
    write_terms([(row, terms)])


def write_terms(rows: list[tuple[SearchRow, str]]) -> None:
    """Put the terms of saved rows into the database's index, with where and when."""
    if connection.vendor == "sqlite":
        statement = "INSERT INTO core_searchterms(rowid, terms) VALUES (%s, %s)"
    else:
        statement = (
            "INSERT INTO core_searchterms(id, terms) "
            "VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))"
        )
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [(row.pk, f"{terms} {' '.join(tags_of(row))}") for row, terms in rows],
        )


def tags_of(row: SearchRow) -> list[str]:
    """Return the terms of town and kind, and of the month.

    They narrow a search inside the index: hits of other towns would fill the first
    5,001, and of a common word only the newest months are read.
    """
    base = f"{row.kind}{row.town_id}"
    return [base, f"{base}m{row.at:%Y%m}"]


def remove_within(kind: str, object_id: int) -> None:
    """Take a thing out of the index."""
    rows = list(
        SearchRow.objects.filter(kind=kind, object_id=object_id).values_list(
            "pk", flat=True
        )
    )
    if not rows:
        return
    column = "rowid" if connection.vendor == "sqlite" else "id"
    with connection.cursor() as cursor:
        for pk in rows:
            cursor.execute(f"DELETE FROM core_searchterms WHERE {column} = %s", [pk])
    SearchRow.objects.filter(pk__in=rows).delete()


MONTHS = 24

SQLITE = """
SELECT s.object_id, s.visibility IN ({marks}) FROM (
  SELECT rowid AS id FROM core_searchterms WHERE core_searchterms MATCH %s
  ORDER BY rowid DESC LIMIT %s
) t JOIN core_searchrow s ON s.id = t.id
ORDER BY s.at DESC, s.id DESC
"""
POSTGRESQL = """
SELECT s.object_id, s.visibility IN ({marks}) FROM (
  SELECT id FROM core_searchterms WHERE terms @@ %s::tsquery LIMIT %s
) t JOIN core_searchrow s ON s.id = t.id
ORDER BY s.at DESC, s.id DESC
"""


def find(town: Town, words: str, *, kind: str, visibility: Collection[str]) -> Found:
    """Return the ids of what has all the words, newest first.

    Of more than 5,000 hits these are any 5,000: `find_newest` reads on by months.
    """
    terms = query_terms(words)
    if not terms or not visibility:
        return Found([], 0, False)
    return _take([*terms, f"{kind}{town.pk}"], visibility)


def find_newest(
    town: Town, words: str, *, kind: str, visibility: Collection[str]
) -> Iterator[list[int]]:
    """Yield ids of what has all the words in batches, newest first.

    A word with 5,000 hits or fewer comes in one batch; of a common one come the last
    24 months one by one, each its newest, and then whatever else the index gives.
    """
    whole = find(town, words, kind=kind, visibility=visibility)
    if whole.capped:
        terms = query_terms(words)
        for month in _months_back(now()):
            yield _take([*terms, f"{kind}{town.pk}m{month}"], visibility).ids
    yield whole.ids


def _months_back(at: datetime) -> Iterator[str]:
    year, month = at.year, at.month
    for _back in range(MONTHS):
        yield f"{year}{month:02}"
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)


def _take(terms: list[str], visibility: Collection[str]) -> Found:
    """Read one expression's hits; all terms must be there, and hold no quotes."""
    lite = connection.vendor == "sqlite"
    quoted = [f'"{term}"' if lite else f"'{term}'" for term in terms]
    expression = (" AND " if lite else " & ").join(quoted)
    marks = ", ".join(["%s"] * len(visibility))
    statement = (SQLITE if lite else POSTGRESQL).format(marks=marks)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*visibility, expression, MOST_HITS])
        hits = cursor.fetchall()
    seen = [pk for pk, visible in hits[: MOST_HITS - 1] if visible]
    return Found(seen, len(seen), len(hits) >= MOST_HITS)
