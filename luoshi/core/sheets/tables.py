"""Opens a file as tables, by what is in it: what it calls itself is often not true.

Platforms give out HTML or text with tabs and call it .xls; both are read.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import xlrd
from django.utils.translation import gettext as _

Cells = tuple[Any, ...]
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DELIMITERS = ("\t", ",", ";", "，", "|")
# A sheet's width is told by its header; what is wider is no header's doing.
MOST_SPAN = 60


class BadSheet(ValueError):
    """A file in which nothing can be read; the text says why and what to do."""


def tables_of(path: Path) -> Iterator[Iterable[Cells]]:
    """Yield the rows of each sheet that is not hidden."""
    if path.suffix.lower() not in (".xlsx", ".xls", ".csv"):
        raise BadSheet(
            _("The file must be .xlsx, .xls or .csv; this ends in “%(ending)s”.")
            % {"ending": path.suffix.lower()}
        )
    with path.open("rb") as file:
        begins = file.read(4)
    if begins == ZIP:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                yield sheet.iter_rows(values_only=True)
    elif begins == OLD_EXCEL:
        yield from _old_excel(path)
    else:
        yield from _tables_in(_text_of(path))


def _old_excel(path: Path) -> Iterator[Iterable[Cells]]:
    book = xlrd.open_workbook(path)
    for sheet in book.sheets():
        if not sheet.visibility:
            rows = (sheet.row(number) for number in range(sheet.nrows))
            yield (
                tuple(_old_value(cell, book.datemode) for cell in row) for row in rows
            )


def _old_value(cell: Any, datemode: int) -> Any:
    if cell.ctype == xlrd.XL_CELL_DATE and cell.value >= 1:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    return None if cell.ctype == xlrd.XL_CELL_ERROR else cell.value


def _tables_in(text: str) -> Iterator[Iterable[Cells]]:
    """Yield the tables of an HTML page, or the one of a text."""
    if "<table" in text[:100_000].lower():
        page = _Tables()
        page.feed(text)
        page.close()
        yield from page.tables
        return
    first = text[:5000]
    delimiter = max(DELIMITERS, key=first.count)
    yield (tuple(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter))


def _text_of(path: Path) -> str:
    """Return a file's text in UTF-8, UTF-16 or the older Chinese encoding."""
    raw = path.read_bytes()
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadSheet(_("The letters of this CSV cannot be read. Save it as UTF-8."))


class _Tables(HTMLParser):
    """Collects the tables of a page; a cell over several columns leaves blanks."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[Cells]] = []
        self._row: list[str] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self._end_row()
        elif tag in ("td", "th"):
            self._end_cell()
            told = dict(attrs).get("colspan") or "1"
            self._span = min(int(told), MOST_SPAN) if told.isdigit() else 1
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()

    def _end_cell(self) -> None:
        if self._cell is not None:
            self._row += ["".join(self._cell).strip(), *[""] * (self._span - 1)]
            self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row and self.tables:
            self.tables[-1].append(tuple(self._row))
        self._row = []
