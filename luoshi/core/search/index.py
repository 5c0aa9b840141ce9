"""The database's own index over the terms: FTS5 on SQLite, tsvector on PostgreSQL."""

from django.db import connection

from luoshi.core.models import SearchRow
from luoshi.core.rows import insert_row
from luoshi.core.search.terms import TITLE, terms_of


def terms_text(title: str, body: str) -> str:
    """Return each term once: the index needs to know only that it is there."""
    terms = [*terms_of(title), *title_marks(title), *terms_of(body)]
    return " ".join(dict.fromkeys(terms))


def title_marks(title: str) -> list[str]:
    """Return the terms by which a title is known from what else is said."""
    return [f"{TITLE}{term}" for term in terms_of(title)]


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
            # Punctuation has no terms, and PostgreSQL takes no empty one.
            [
                (row.pk, " ".join([*terms.split(), *tags_of(row)]))
                for row, terms in rows
            ],
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
