"""An uploaded sheet, kept while somebody looks at it, and sheets given out."""

import io
import re
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
from django.conf import settings

from luoshi.core.models import Town

ENDINGS = (".xlsx", ".xls", ".csv")
NAME = re.compile(r"^[A-Za-z0-9_-]{22}$")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


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


def harmless(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def sheet_bytes(rows: Iterable[Iterable[Any]]) -> bytes:
    """Return rows as an .xlsx file without a formula."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
