"""The head of each town's chain, kept outside the database.

A chain cannot see that its own end was cut off; a head written elsewhere can.
"""

import json
import os
from pathlib import Path

from django.conf import settings
from django_scopes import scope

from luoshi.core.clock import now
from luoshi.core.models import Town
from luoshi.core.trail import first_unsealed, head_of, seal_entries


def heads_folder() -> Path:
    """Return where heads are kept: `LUOSHI_HEADS`, best on another disk or machine."""
    return Path(os.environ.get("LUOSHI_HEADS") or settings.DATA / "heads")


def keep_heads() -> list[Path]:
    """Seal what waits and add each town's head to its file, as `--head` takes it."""
    folder = heads_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return [_keep(town, folder / f"{town.code}.jsonl") for town in Town.objects.all()]


def _keep(town: Town, path: Path) -> Path:
    with scope(town=town):
        # Asked outside the transaction: all entries are looked through.
        while (since := first_unsealed(town)) is not None:
            seal_entries(town, since=since)
        number, digest = head_of(town)
    line = {"at": now().isoformat(), "head": f"{number}:{digest}"}
    with path.open("a") as file:
        file.write(json.dumps(line) + "\n")
    return path
