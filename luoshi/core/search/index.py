"""The database's own index over the terms: FTS5 on SQLite, tsvector on PostgreSQL."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from luoshi.core.models import SearchRow, Town
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
    row.save(force_insert=True)
    write_terms([(row.pk, terms)])


def write_terms(rows: list[tuple[int, str]]) -> None:
    """Put the terms of rows into the database's index."""
    if connection.vendor == "sqlite":
        statement = "INSERT INTO core_searchterms(rowid, terms) VALUES (%s, %s)"
    else:
        statement = (
            "INSERT INTO core_searchterms(id, terms) "
            "VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))"
        )
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


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


SQLITE = """
SELECT s.object_id FROM core_searchterms
JOIN core_searchrow s ON s.id = core_searchterms.rowid
WHERE core_searchterms MATCH %s
AND s.town_id = %s AND s.kind = %s AND s.visibility IN ({marks})
ORDER BY core_searchterms.rowid DESC LIMIT %s
"""
POSTGRESQL = """
SELECT s.object_id FROM (
  SELECT id FROM core_searchterms WHERE terms @@ %s::tsquery LIMIT 5001
) t JOIN core_searchrow s ON s.id = t.id
WHERE s.town_id = %s AND s.kind = %s AND s.visibility IN ({marks})
ORDER BY s.at DESC, s.id DESC LIMIT %s
"""


def _expression(terms: list[str]) -> str:
    """Write a query of terms that all must be there; terms hold no quotes."""
    if connection.vendor == "sqlite":
        return " AND ".join(f'"{term}"' for term in terms)
    return " & ".join(f"'{term}'" for term in terms)


def find(town: Town, words: str, *, kind: str, visibility: Collection[str]) -> Found:
    """Return the ids of what has all the words, newest first, 5,000 at most."""
    terms = query_terms(words)
    if not terms or not visibility:
        return Found([], 0, False)
    marks = ", ".join(["%s"] * len(visibility))
    statement = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(marks=marks),
            [_expression(terms), town.pk, kind, *visibility, MOST_HITS],
        )
        ids = [row[0] for row in cursor.fetchall()]
    return Found(
        ids[: MOST_HITS - 1], min(len(ids), MOST_HITS - 1), len(ids) >= MOST_HITS
    )
