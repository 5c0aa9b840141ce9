"""Spreadsheets: what every import reads, keeps and gives out in the same way."""

from luoshi.core.sheets.keep import (
    ENDINGS,
    book_bytes,
    folder_of,
    keep_sheet,
    sheet_bytes,
    sheet_of,
)
from luoshi.core.sheets.moments import moment_in
from luoshi.core.sheets.read import (
    Line,
    Names,
    Preview,
    guess_header,
    look_at,
    read_lines,
    read_whole,
    tidy,
)
from luoshi.core.sheets.tables import BadSheet

__all__ = [
    "ENDINGS",
    "BadSheet",
    "Line",
    "Names",
    "Preview",
    "book_bytes",
    "folder_of",
    "guess_header",
    "keep_sheet",
    "look_at",
    "moment_in",
    "read_lines",
    "read_whole",
    "sheet_bytes",
    "sheet_of",
    "tidy",
]
