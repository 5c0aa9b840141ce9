"""One import as a job: how far it is, and the process that works on it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from luoshi.core.models import Person, Town
from luoshi.core.sheets import folder_of, sheet_of


def status_path(town: Town, job: str) -> Path:
    """Return the file that tells how far a job is."""
    return folder_of(town) / f"{job}.json"


def write_status(path: Path, **told: Any) -> None:
    """Tell how far it is, in one stroke."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(told, ensure_ascii=False))
    fresh.replace(path)


def status_of(town: Town, job: str) -> dict[str, Any] | None:
    """Return how far a job is; None before it began."""
    path = status_path(town, job)
    return json.loads(path.read_text()) if path.exists() else None


def start_import(town: Town, job: str, *, history: bool, person: Person) -> None:
    """Begin to bring cases in, in a process of its own, once."""
    mode = ("--as", "history" if history else "open")
    _start("import-cases", town, job, mode, person)


def start_orders(town: Town, job: str, system: str, *, person: Person) -> None:
    """Begin to bring a system's orders in, in a process of its own, once."""
    _start("import-orders", town, job, ("--system", system), person)


def _start(
    command: str, town: Town, job: str, more: tuple[str, ...], person: Person
) -> None:
    path = status_path(town, job)
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
    write_status(path, state="running")
    sheet = sheet_of(town, job)
    subprocess.Popen(
        [
            *(sys.executable, "-m", "luoshi.cli.main", command, str(sheet), *more),
            *("--town", town.code, "--person", str(person.pk)),
            *("--status", str(path)),
        ],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
