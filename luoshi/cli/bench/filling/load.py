"""The quickest way that each database has to take many rows."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

# What an index is rebuilt with, for this load only.
MEMORY = "512MB"
LITE_LOAD = (
    # Tables that a fill makes from the model hold together by construction, and a
    # test checks a small one.
    *("PRAGMA foreign_keys=OFF", "PRAGMA journal_mode=MEMORY"),
    *("PRAGMA synchronous=OFF", "PRAGMA cache_size=-400000"),
)
LITE_WORK = ("PRAGMA journal_mode=WAL", "PRAGMA foreign_keys=ON")


def is_lite() -> bool:
    """Tell whether the database is SQLite."""
    return connection.vendor == "sqlite"


def _text(value: Any) -> str:
    """Write a value as PostgreSQL's COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dict | list):
        value = json.dumps(value)
    pairs = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))
    text = str(value)
    for plain, written in pairs:
        text = text.replace(plain, written)
    return text


class Table:
    """Takes rows of a model: what differs is told, the rest is written once."""

    def __init__(self, model: type[models.Model], told: str, **same: Any) -> None:
        fields = model._meta.concrete_fields
        self.name, self.told = model._meta.db_table, told.split()
        self.rows: list[tuple[Any, ...]] = []
        self.next = self._highest(model) + 1
        example = model(**same)
        rest = [field for field in fields if field.column not in self.told]
        self.columns = [*self.told, *(str(field.column) for field in rest)]
        values = [self._prepared(field, example) for field in rest]
        if is_lite():
            marks = [*("?" for _one in self.told), *map(_quoted, values)]
            self.statement = _insert(self.name, self.columns, ", ".join(marks))
        else:
            written = [_text(value).replace("%", "%%") for value in values]
            self.line = "\t".join([*("%s" for _one in self.told), *written]) + "\n"

    @staticmethod
    def _highest(model: type[models.Model]) -> int:
        newest = model._base_manager.order_by("-pk").values_list("pk", flat=True)
        return newest.first() or 0

    @staticmethod
    def _prepared(field: Any, example: models.Model) -> Any:
        value = getattr(example, field.attname)
        if isinstance(field, models.JSONField):
            return None if value is None else json.dumps(value)
        return field.get_db_prep_save(value, connection)

    def new(self) -> int:
        """Return the next id."""
        self.next += 1
        return self.next - 1

    def load(self) -> None:
        """Put what was collected into the table."""
        if is_lite():
            with connection.cursor():
                connection.connection.executemany(self.statement, self.rows)
        else:
            line = self.line
            copy_lines(self.name, self.columns, [line % row for row in self.rows])
        self.rows = []


def _quoted(value: Any) -> str:
    """Write a value as SQLite reads it inside a statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote(%s)", [value])
        return cursor.fetchone()[0]


def _insert(table: str, columns: list[str], values: str) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({values})'


def copy_lines(table: str, columns: list[str], lines: list[str]) -> None:
    """Load lines as COPY takes them."""
    names = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy,
    ):
        copy.write("".join(lines))


def load_terms(rows: list[tuple[int, str]]) -> None:
    """Put terms into the database's search index, as `core.search` does."""
    if is_lite():
        statement = _insert("core_searchterms", ["rowid", "terms"], "?, ?")
        with connection.cursor():
            connection.connection.executemany(statement, rows)
        return
    # A vector is written as its terms in quotes; no term has a quote.
    lines = [
        f"{pk}\t" + " ".join(f"'{term}'" for term in terms.split()) + "\n"
        for pk, terms in rows
    ]
    copy_lines("core_searchterms", ["id", "terms"], lines)


@contextmanager
def indexes_apart(tables: list[str]) -> Iterator[None]:
    """Take the indexes of tables away, and make them anew by sorting."""
    with connection.cursor() as cursor:
        for statement in LITE_LOAD if is_lite() else ("SET synchronous_commit=off",):
            cursor.execute(statement)
        if not is_lite():
            cursor.execute(f"SET maintenance_work_mem='{MEMORY}'")
            # As a restore does: the keys hold by construction.
            cursor.execute("SET session_replication_role='replica'")
        found = _indexes_of(cursor, tables)
        for name, _statement in found:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        for _name, statement in found:
            cursor.execute(statement)
        if not is_lite():
            cursor.execute("SET session_replication_role='origin'")
        for statement in LITE_WORK if is_lite() else ():
            cursor.execute(statement)


def _indexes_of(cursor: Any, tables: list[str]) -> list[tuple[str, str]]:
    """Return names and statements of the indexes that no constraint stands on."""
    marks = ", ".join(["%s"] * len(tables))
    if is_lite():
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' "
            f"AND sql IS NOT NULL AND tbl_name IN ({marks})",
            tables,
        )
    else:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN "
            f"({marks}) AND schemaname = current_schema() AND NOT EXISTS ("
            "SELECT 1 FROM pg_constraint WHERE conindid = "
            "quote_ident(indexname)::regclass)",
            tables,
        )
    return cursor.fetchall()


def set_sequences(tables: list[str]) -> None:
    """Let PostgreSQL number on from the last row; SQLite does by itself."""
    if is_lite():
        return
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), "
                f'(SELECT max(id) FROM "{table}"))'
            )


def settle() -> None:
    """Do what PostgreSQL's autovacuum would have done over ten years."""
    if not is_lite():
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
