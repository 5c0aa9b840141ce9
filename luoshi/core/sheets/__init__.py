"""Spreadsheets: what every import reads, keeps and gives out in the same way."""

from luoshi.core.sheets.keep import (
    ENDINGS,
    folder_of,
    keep_sheet,
    sheet_bytes,
    sheet_of,
)
from luoshi.core.sheets.read import (
    BadSheet,
    Line,
    Names,
    Preview,
    guess_header,
    look_at,
    moment_in,
    read_lines,
    read_whole,
)

__all__ = [
    "ENDINGS",
    "BadSheet",
    "Line",
    "Names",
    "Preview",
    "folder_of",
    "guess_header",
    "keep_sheet",
    "look_at",
    "moment_in",
    "read_lines",
    "read_whole",
    "sheet_bytes",
    "sheet_of",
]
