"""Leaves a dump of a small demo town in `tests/upgrade/`, at the end of each issue.

    .venv/bin/python scripts/dump_demo.py NAME

It works with the code that is on the path, so that a dump of an older commit is made
by `PYTHONPATH=<its work tree>`. The file is one JSON line a table, at that commit's
level of the schema, and goes into both databases (`docs/decisions/upgrade-dumps.md`).
"""

import base64
import gzip
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "upgrade"
# As many as show every state; the whole demo would be 3,000.
SIZES = {"CASES": 60, "RECENT_CASES": 50, "WAITING": 4}


def main() -> int:
    """Make the town in a folder of its own, and write the dump."""
    name = sys.argv[1]
    data = tempfile.mkdtemp(prefix="luoshi-dump-")
    os.environ |= {"LUOSHI_DATA": data, "LUOSHI_DATABASE_URL": ""}
    os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.conf.settings"
    try:
        import django

        django.setup()
        _make_town()
        path = FOLDER / f"{name}.jsonl.gz"
        lines = [json.dumps(line, ensure_ascii=False) for line in _lines(Path(data))]
        # Without a time in it, the same rows are the same file.
        path.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
    finally:
        shutil.rmtree(data)
    print(f"{path.name}: {len(lines) - 1} tables, {path.stat().st_size} bytes")
    return 0


def _make_town() -> None:
    from django.core.management import call_command
    from django_scopes import scope

    from luoshi.core.models import Town
    from luoshi.core.towns import make_town
    from luoshi.core.trail import seal_entries
    from luoshi.demo import town as demo

    call_command("migrate", verbosity=0)
    for size, count in SIZES.items():
        setattr(demo, size, count)
    place = make_town(code="qinghe", name="青禾镇", prefix="QH")
    demo.fill_town(place)
    with scope(town=Town.objects.get()):
        while seal_entries(place):
            pass


def _lines(data: Path) -> list[dict[str, Any]]:
    """Return the head, then each table with its rows."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from luoshi.core.clock import now

    applied = sorted(MigrationRecorder(connection).applied_migrations())
    head = {
        "made_at": now().isoformat(),
        "migrations": [list(one) for one in applied],
        # Made for this dump alone: its town and its people are made up.
        "key": (data / "personal.key").read_text(),
    }
    lines = [head]
    for model in apps.get_models(include_auto_created=True):
        rows = _rows(model)
        if rows:
            lines.append({"model": model._meta.label_lower, "rows": rows})
    with connection.cursor() as cursor:
        # No model knows the table of the search terms.
        cursor.execute("SELECT rowid, terms FROM core_searchterms ORDER BY rowid")
        lines.append({"model": "terms", "rows": [list(row) for row in cursor]})
    return lines


def _rows(model: Any) -> list[dict[str, Any]]:
    if model._meta.label_lower == "sessions.session":
        return []
    manager = model._base_manager
    return [
        {field.attname: _plain(getattr(row, field.attname)) for field in _fields(model)}
        for row in manager.order_by("pk")
    ]


def _fields(model: Any) -> list[Any]:
    return list(model._meta.concrete_fields)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


if __name__ == "__main__":
    sys.exit(main())
