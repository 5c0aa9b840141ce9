"""Loads a dump into an empty instance, migrates it to today, and says how it is.

Run as a process of its own, on the database that the environment names:
`python -m tests.upgrade.load FILE`. It prints one JSON object.
"""

import base64
import gzip
import json
import os
import sys
from pathlib import Path
from typing import Any

BATCH = 200
PAGES = [
    *(("", ""), ("", "open/"), ("", "village/1/"), ("", "open/data.json")),
    *(("dispatcher", "work/"), ("dispatcher", "work/inbox/")),
    *(("dispatcher", "work/inbox/?view=closed"), ("dispatcher", "work/dispatch/")),
    *(("dispatcher", "work/search/?q=路"), ("leader", "work/figures/?period=twelve")),
    *(("handler", "work/"), ("admin", "work/manage/")),
]


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Return the head of a dump and its tables."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def to_its_level(head: dict[str, Any]) -> Any:
    """Make the empty schema as it was then; return the models of that time."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    last = {app: name for app, name in sorted(map(tuple, head["migrations"]))}
    executor = MigrationExecutor(connection)
    executor.migrate(list(last.items()))
    return executor.loader.project_state(list(last.items())).apps


def put(apps: Any, tables: list[dict[str, Any]]) -> None:
    """Put the rows in, whichever order their keys ask for."""
    from django.core.management.color import no_style
    from django.db import connection, transaction

    models = []
    with transaction.atomic():
        for table in tables:
            if table["model"] == "terms":
                _put_terms(table["rows"])
                continue
            model = apps.get_model(table["model"])
            rows = [_row(model, told) for told in table["rows"]]
            model._base_manager.bulk_create(rows, batch_size=BATCH)
            models.append(model)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _row(model: Any, told: dict[str, Any]) -> Any:
    values = {}
    for field in model._meta.concrete_fields:
        value = told[field.attname]
        if isinstance(value, dict) and set(value) == {"base64"}:
            values[field.attname] = base64.b64decode(value["base64"])
        else:
            values[field.attname] = field.to_python(value)
    return model(**values)


def _put_terms(rows: list[list[Any]]) -> None:
    from django.db import connection

    column, value = "rowid", "%s"
    if connection.vendor == "postgresql":
        column, value = "id", "array_to_tsvector(string_to_array(%s, ' '))"
    statement = f"INSERT INTO core_searchterms({column}, terms) VALUES (%s, {value})"
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


def faults_of(tables: list[dict[str, Any]]) -> list[str]:
    """Return a sentence for each thing that is not as it should be today."""
    from django.apps import apps

    from luoshi.cli.trail import check_all
    from luoshi.core.consistency import rows_across_towns

    faults = []
    for table in tables:
        name = table["model"]
        if (
            name != "terms"
            and name.split(".")[1] in apps.all_models[name.split(".")[0]]
        ):
            count = apps.get_model(name)._base_manager.count()
            if count < len(table["rows"]):
                faults.append(f"{name} lost rows: {count} of {len(table['rows'])}.")
    report, status = check_all(None)
    faults += [f"The trail is not whole: {report}"] if status else []
    faults += [f"A row crosses towns: {one}" for one in rows_across_towns()]
    return faults + _secrets_that_stay_shut() + _pages_that_fail()


def _secrets_that_stay_shut() -> list[str]:
    from luoshi.core.sealed import _rows, sealed_fields
    from luoshi.core.secrets import SecretError, unseal

    faults, opened = [], 0
    for sealed in sealed_fields():
        for row in _rows(sealed):
            place = sealed.place(row)
            try:
                cipher = getattr(row, sealed.name)
                unseal(cipher, town_id=sealed.town_id(row), place=place)
                opened += 1
            except SecretError as error:
                faults.append(str(error))
    return faults if opened else ["No name or telephone came along."]


def _pages_that_fail() -> list[str]:
    from django.test import Client
    from django_scopes import scopes_disabled

    from luoshi.core.models import User

    faults = []
    for role, path in PAGES:
        client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
        if role:
            with scopes_disabled():
                client.force_login(User.objects.get(username=role))
        status = client.get(f"/qinghe/{path}").status_code
        if status != 200:
            faults.append(f"/qinghe/{path} answers {role or 'a resident'} {status}.")
    return faults


def main() -> int:
    """Load, migrate, check; print what was found."""
    path = Path(sys.argv[1])
    head, *tables = lines_of(path)
    data = Path(os.environ["LUOSHI_DATA"])
    (data / "personal.key").write_text(head["key"])
    import django

    django.setup()
    from django.core.management import call_command

    from luoshi.core.clock import at

    put(to_its_level(head), tables)
    call_command("migrate", verbosity=0)
    # The town as on that day: later, its calendar would not be known.
    with at(head["made_at"]):
        faults = faults_of(tables)
    print(json.dumps({"faults": faults, "rows": sum(len(t["rows"]) for t in tables)}))
    return 1 if faults else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.conf.settings")
    sys.exit(main())
