"""Bringing cases in from a spreadsheet."""

from luoshi.cases.importing.bring import Result, import_cases
from luoshi.cases.importing.read import BadSheet, Row, read_rows

__all__ = ["BadSheet", "Result", "Row", "import_cases", "read_rows"]
