"""One import as a job: the file, how far it is, the process that works on it."""

import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from luoshi.core.models import Person, Town

MOST_BYTES = 50 * 1024 * 1024
ENDINGS = (".xlsx", ".xls", ".csv")
NAME = re.compile(r"^[A-Za-z0-9_-]{22}$")


def folder_of(town: Town) -> Path:
    """Return where a town's imports lie."""
    folder: Path = settings.DATA / "imports" / town.code
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def keep_sheet(town: Town, name: str, parts: Iterable[bytes]) -> str:
    """Keep an uploaded sheet and return its job's name."""
    job = secrets.token_urlsafe(16)
    path = folder_of(town) / f"{job}{Path(name).suffix.lower()}"
    with path.open("wb") as file:
        for part in parts:
            file.write(part)
    return job


def sheet_of(town: Town, job: str) -> Path | None:
    """Return the sheet of a job of this town, if there is one."""
    if not NAME.match(job):
        return None
    paths = (folder_of(town) / f"{job}{ending}" for ending in ENDINGS)
    return next((path for path in paths if path.exists()), None)


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
    """Begin a job in a process of its own, once."""
    path = status_path(town, job)
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
    write_status(path, state="running")
    sheet = sheet_of(town, job)
    subprocess.Popen(
        [
            *(sys.executable, "-m", "luoshi.cli.main", "import-cases", str(sheet)),
            *("--town", town.code, "--as", "history" if history else "open"),
            *("--person", str(person.pk), "--status", str(path)),
        ],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
