"""Tells the database how its rows are spread, so that it chooses the right index.

SQLite never looks by itself: without figures it may begin a search of a million rows
at the wrong end. A sample is worse than none: it takes the rows of one town, all of
them, for the few that it saw. PostgreSQL looks by itself, yet a while after a growth.
"""

from typing import Any

from django.db import connection

# Looked at again when a table has so much more, or less, than at the last look.
GROWN = 0.1
TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' "
    "AND name NOT LIKE 'core_searchterms%' AND name NOT LIKE 'sqlite_%'"
)
INDEXES = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = '{}'"


def freshen_statistics() -> None:
    """Look at the tables anew; it changes no row."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("ANALYZE")
            return
        before = _known(cursor)
        for table in _column(cursor, TABLES):
            rows = _column(cursor, f'SELECT max(rowid) FROM "{table}"')[0] or 0
            if abs(rows - before.get(table, 0)) > GROWN * before.get(table, 0):
                # One index a statement: writers wait for a moment, not for the whole.
                for index in _column(cursor, INDEXES.format(table)):
                    cursor.execute(f'ANALYZE "{index}"')


def _known(cursor: Any) -> dict[str, int]:
    """Return how many rows each table had at the last look."""
    if "sqlite_stat1" not in _column(cursor, "SELECT name FROM sqlite_master"):
        return {}
    # The first number counts the index's rows; a partial index has fewer.
    cursor.execute(
        "SELECT tbl, max(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY 1"
    )
    return dict(cursor.fetchall())


def _column(cursor: Any, statement: str) -> list[Any]:
    cursor.execute(statement)
    return [row[0] for row in cursor.fetchall()]
