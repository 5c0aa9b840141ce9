"""An uploaded sheet, kept while somebody looks at it, and sheets given out."""

import io
import re
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from django.conf import settings

from luoshi.core.models import Town
from luoshi.core.sheets.out import safe_cell

ENDINGS = (".xlsx", ".xls", ".csv")
NAME = re.compile(r"^[A-Za-z0-9_-]{22}$")
# What the name of a sheet may not hold, and how long it may be.
NO_NAME, MOST_NAME = re.compile(r"[\[\]:*?/\\]"), 31


def folder_of(town: Town, apart: str = "") -> Path:
    """Return where a town's imports lie, or those of one sort that lie apart."""
    folder: Path = settings.DATA / "imports" / town.code / apart
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def keep_sheet(town: Town, name: str, parts: Iterable[bytes], apart: str = "") -> str:
    """Keep an uploaded sheet and return its job's name."""
    return keep_as(town, Path(name).suffix.lower(), parts, apart)


def keep_as(town: Town, ending: str, parts: Iterable[bytes], apart: str = "") -> str:
    """Keep an uploaded file under an ending of our own and return its job's name."""
    job = secrets.token_urlsafe(16)
    path = folder_of(town, apart) / f"{job}{ending}"
    with path.open("wb") as file:
        for part in parts:
            file.write(part)
    return job


def sheet_of(town: Town, job: str, apart: str = "") -> Path | None:
    """Return the sheet of a job of this town, if there is one."""
    if not NAME.match(job):
        return None
    paths = (folder_of(town, apart) / f"{job}{ending}" for ending in ENDINGS)
    return next((path for path in paths if path.exists()), None)


def sheet_bytes(rows: Iterable[Iterable[Any]]) -> bytes:
    """Return rows as an .xlsx file without a formula."""
    return book_bytes({"": rows})


def book_bytes(sheets: Mapping[str, Iterable[Iterable[Any]]]) -> bytes:
    """Return several sheets by their names as one .xlsx file without a formula."""
    book = openpyxl.Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(NO_NAME.sub(" ", name)[:MOST_NAME] or None)
        for row in rows:
            sheet.append([_cell(cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(value: Any) -> Any:
    return safe_cell(value) if isinstance(value, str) else value
