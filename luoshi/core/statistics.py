"""Tells the database how its rows are spread, so that it chooses the right index.

SQLite never looks by itself: without figures it may begin a search of a million rows at
the wrong end. PostgreSQL does, though only a while after a table has grown.
"""

from django.db import connection

# Of each index so many rows are read: a sample, not a pass over millions.
SAMPLE = 2000


def freshen_statistics() -> None:
    """Look at samples of all tables anew; takes moments and changes no row."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit={SAMPLE}")
        cursor.execute("ANALYZE")
