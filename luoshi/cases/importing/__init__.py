"""Bringing cases in from a spreadsheet."""

from luoshi.cases.importing.bring import Result, import_cases
from luoshi.cases.importing.read import BadSheet, Preview, Row, preview, read_rows

__all__ = [
    "BadSheet",
    "Preview",
    "Result",
    "Row",
    "import_cases",
    "preview",
    "read_rows",
]
