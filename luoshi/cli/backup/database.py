"""What backups need of the two databases: a copy in use, a way back, and counts."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from luoshi.cli.backup.say import Refused

BATCH = 2000


def digests(connection: BaseDatabaseWrapper) -> dict[str, list[Any]]:
    """Return for each table the number of rows and a digest of them, by key."""
    tables = connection.introspection.django_table_names(only_existing=True)
    found = {}
    for table in sorted({*tables, "django_migrations"}):
        found[table] = _digest(connection, table)
    return found


def _digest(connection: BaseDatabaseWrapper, table: str) -> list[Any]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        key = connection.introspection.get_primary_key_column(cursor, table)
        # Asked of the rows: Django's own look at a table stumbles over some conditions.
        cursor.execute(f"SELECT * FROM {quote(table)} WHERE 1 = 0")
        # By name: a table that a migration altered has its columns in another order.
        names = sorted(column[0] for column in cursor.description)
        listed = ", ".join(quote(name) for name in names)
        order = quote(key) if key else listed
        cursor.execute(f"SELECT {listed} FROM {quote(table)} ORDER BY {order}")
        count, digest = 0, hashlib.sha256(repr(names).encode())
        while rows := cursor.fetchmany(BATCH):
            for row in rows:
                digest.update(repr([_plain(value) for value in row]).encode())
            count += len(rows)
    return [count, digest.hexdigest()]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def migrations_in(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the migrations that a database has seen, as "app.name"."""
    if "django_migrations" not in connection.introspection.table_names():
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return sorted(f"{app}.{name}" for app, name in cursor.fetchall())


@contextmanager
def opened(name: str | Path) -> Iterator[BaseDatabaseWrapper]:
    """Open another database with the settings of the present one."""
    settings = connections["default"].settings_dict | {"NAME": name}
    connections.settings["restored"] = settings  # type: ignore[assignment]
    try:
        yield connections["restored"]
    finally:
        connections["restored"].close()
        del connections["restored"]
        del connections.settings["restored"]


@contextmanager
def copied(folder: Path) -> Iterator[tuple[Path, BaseDatabaseWrapper]]:
    """Copy the database while it is in use; give the copy and a view of its rows."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        copy = folder / "database"
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            # At once: in steps, each write of the server would start it over.
            source.backup(target, pages=-1)
        with opened(copy) as view:
            yield copy, view
        return
    # Both the counts and pg_dump look at the database as it is at this moment.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
    try:
        copy = folder / "database"
        _client("pg_dump", "-Fc", "-n", "public", f"--snapshot={snapshot}", "-f", copy)
        yield copy, connection
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def _client(program: str, *words: str | Path, name: str = "") -> None:
    """Run a client of PostgreSQL; the password never stands in a list of processes."""
    settings = connections["default"].settings_dict
    env = os.environ | {
        "PGHOST": settings["HOST"] or "",
        "PGPORT": str(settings["PORT"] or ""),
        "PGUSER": settings["USER"] or "",
        "PGPASSWORD": settings["PASSWORD"] or "",
        "PGDATABASE": name or settings["NAME"],
    }
    env = {key: value for key, value in env.items() if value}
    done = subprocess.run(
        [_program(program), *map(str, words)], env=env, capture_output=True, text=True
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise Refused(f"{program} stopped: {last}")


def _program(name: str) -> str:
    # The newest: an older pg_dump refuses a newer server.
    found = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"),
        key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0,
    )
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        raise Refused(
            f"{name} is missing. Install it: apt-get install postgresql-client"
        )
    return program


@contextmanager
def restored_aside(copy: Path) -> Iterator[tuple[BaseDatabaseWrapper, str]]:
    """Give a throw-away database with the copy in it, and its address."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        with opened(copy) as view:
            yield view, ""
        return
    name = f"luoshi_check_{os.getpid()}"
    with connection.cursor() as cursor:
        try:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING UTF8')
        except Exception as error:
            raise Refused(
                "This account may not make the database that the check needs. "
                f"Let it: ALTER ROLE {connection.settings_dict['USER']} CREATEDB"
            ) from error
    try:
        _restore_into(copy, name)
        with opened(name) as view:
            yield view, name
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def _restore_into(copy: Path, name: str = "") -> None:
    # The schema is there; its comment and rights belong to the server's owner.
    _client(
        "pg_restore",
        *("--no-owner", "--no-acl", "--exit-on-error", "--single-transaction"),
        *(
            "--schema=public",
            "-d",
            name or connections["default"].settings_dict["NAME"],
        ),
        copy,
        name=name,
    )


def size_of_database() -> int:
    """Return about how many bytes a copy of the database takes."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        place = Path(connection.settings_dict["NAME"])
        logs = (place, place.with_name(f"{place.name}-wal"))
        return sum(path.stat().st_size for path in logs if path.exists())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def check_unused() -> None:
    """Refuse where another process has the database open, however it was started."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        place = Path(connection.settings_dict["NAME"])
        connection.close()
        if place.exists() and _open_elsewhere(place):
            raise Refused(
                f"{place} is open in another process. End it first: what it writes "
                "would be lost."
            )
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND usesysid IS NOT NULL"
        )
        count = cursor.fetchone()[0]
    if count:
        raise Refused(
            f"{count} other connections to this database are open: a server runs, here "
            "or on another machine. End it first."
        )


def _open_elsewhere(place: Path) -> bool:
    """Tell whether others have it open: only who is alone may leave the log mode."""
    try:
        with closing(sqlite3.connect(place, timeout=0)) as alone:
            alone.execute("PRAGMA journal_mode=DELETE").fetchall()
    except sqlite3.OperationalError as error:
        return "locked" in str(error)
    except sqlite3.DatabaseError:
        # Damaged: that is why it is being restored.
        return False
    return False


def put_in_place(copy: Path, aside: Path) -> None:
    """Make the copy the instance's database; what was there goes aside."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        place = Path(connection.settings_dict["NAME"])
        connection.close()
        for name in (place.name, f"{place.name}-wal", f"{place.name}-shm"):
            if (place.parent / name).exists():
                aside.mkdir(mode=0o700, exist_ok=True)
                os.replace(place.parent / name, aside / name)
        os.replace(copy, place)
        return
    with connection.cursor() as cursor:
        if connection.introspection.table_names():
            name = schema_of(aside)
            cursor.execute(f'ALTER SCHEMA public RENAME TO "{name}"')
            cursor.execute("CREATE SCHEMA public")
    _restore_into(copy)


def take_back(copy: Path, aside: Path) -> None:
    """Put the database back that went aside, after an error."""
    connection = connections["default"]
    connection.close()
    if connection.vendor == "sqlite":
        place = Path(connection.settings_dict["NAME"])
        for name in (place.name, f"{place.name}-wal", f"{place.name}-shm"):
            # Where the copy lies still, what is in place is what was there before.
            if not copy.exists():
                (place.parent / name).unlink(missing_ok=True)
            if (aside / name).exists():
                os.replace(aside / name, place.parent / name)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema_of(aside)]
        )
        if cursor.fetchone():
            cursor.execute("DROP SCHEMA IF EXISTS public CASCADE")
            cursor.execute(f'ALTER SCHEMA "{schema_of(aside)}" RENAME TO public')


def schema_of(aside: Path) -> str:
    """Return the name of the schema in which a database stands aside."""
    return aside.name.replace("-", "_")
