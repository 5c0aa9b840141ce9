"""Inserting a row that is new for certain, as fast as the database takes it."""

from functools import cache
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import Field

Row = TypeVar("Row", bound=models.Model)


@cache
def _insert_of(model: type[models.Model], vendor: str) -> tuple[str, list[Field]]:
    """Return a model's INSERT and the fields that fill it; made once a process."""
    fields = [field for field in model._meta.local_concrete_fields if not _given(field)]
    quote, pk = connection.ops.quote_name, model._meta.pk
    assert pk is not None
    columns = ", ".join(quote(field.column or field.attname) for field in fields)
    marks = ", ".join(_mark(field) for field in fields)
    table, key = quote(model._meta.db_table), quote(pk.attname)
    return f"INSERT INTO {table} ({columns}) VALUES ({marks}) RETURNING {key}", fields


def _given(field: Field) -> bool:
    """Tell whether the database gives the value."""
    return isinstance(field, models.AutoField) or field.generated


def _mark(field: Field) -> str:
    binary = isinstance(field, models.BinaryField)
    return "%s::bytea" if binary and connection.vendor == "postgresql" else "%s"


def insert_row(row: Row) -> Row:
    """Insert a row that has never been saved; the same as `save(force_insert=True)`.

    The ORM builds the same statement anew each time, and on SQLite it does so while
    it holds the one lock of all writers. No model here uses signals or several tables.
    """
    statement, fields = _insert_of(type(row), connection.vendor)
    values: list[Any] = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias
    return row
