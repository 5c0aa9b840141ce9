"""Bringing cases in from a spreadsheet."""

from luoshi.cases.importing.bring import Result, import_cases
from luoshi.cases.importing.read import Row, preview, read_rows

__all__ = [
    "Result",
    "Row",
    "import_cases",
    "preview",
    "read_rows",
]
