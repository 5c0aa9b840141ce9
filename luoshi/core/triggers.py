"""Triggers that refuse to change or delete trail entries and seals.

Made again after each migration, for SQLite drops them without a word when a table
is altered.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models.signals import post_migrate
from django.dispatch import receiver

TABLES = ("core_trailentry", "core_trailseal")
REFUSAL = "the trail is insert-only"


def _sqlite(table: str, event: str) -> list[str]:
    name = f"{table}_no_{event.lower()}"
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    ]


def _postgresql(table: str, event: str) -> list[str]:
    name = f"{table}_no_{event.lower()}"
    return [
        "CREATE OR REPLACE FUNCTION luoshi_insert_only() RETURNS trigger AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END; $$ LANGUAGE plpgsql",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION luoshi_insert_only()",
    ]


def make_triggers() -> None:
    """Make the triggers of both tables, whether they exist or not."""
    existing = set(connection.introspection.table_names())
    statements = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        for table in existing.intersection(TABLES):
            for event in ("UPDATE", "DELETE"):
                for statement in statements(table, event):
                    cursor.execute(statement)


def drop_triggers() -> None:
    """Take the triggers away."""
    on = "" if connection.vendor == "sqlite" else " ON {table}"
    with connection.cursor() as cursor:
        for table in TABLES:
            for event in ("update", "delete"):
                suffix = on.format(table=table)
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{suffix}")


@contextmanager
def triggers_off() -> Iterator[None]:
    """Go round the triggers: for tests that flush or play the forger."""
    drop_triggers()
    try:
        yield
    finally:
        make_triggers()


@receiver(post_migrate, dispatch_uid="luoshi.trail.triggers")
def _after_migrate(app_config, **_kwargs) -> None:
    if app_config.label == "core":
        make_triggers()
