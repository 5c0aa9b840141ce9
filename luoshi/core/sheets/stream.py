"""Tables given out part by part, as CSV or .xlsx: only the part at hand is held.

openpyxl writes a sheet to the disk first and packs it at the end, so that the first
byte would come last; here the packing runs along (`docs/decisions/exports.md`).
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from xml.sax.saxutils import escape

from luoshi.core.sheets.out import safe_cell

# What one sheet of Excel holds.
EXCEL_ROWS = 1_048_576
EXCEL_CELL = 32_767
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Row = Sequence[Any]


class TableWriter(Protocol):
    """Turns rows into bytes, part by part."""

    content_type: str
    # How many rows fit; None for as many as there are.
    most: int | None

    def write(self, rows: Iterable[Row]) -> bytes:
        """Return what these rows add to the file."""

    def close(self) -> bytes:
        """Return what ends the file."""


class CsvWriter:
    """UTF-8 with the mark by which spreadsheets know it."""

    content_type = "text/csv; charset=utf-8"
    most: int | None = None

    def __init__(self) -> None:
        self._out = io.StringIO()
        self._csv = csv.writer(self._out)
        self._out.write("\ufeff")

    def write(self, rows: Iterable[Row]) -> bytes:
        """Return rows as lines; no cell is a formula."""
        self._csv.writerows([safe_cell(cell) for cell in row] for row in rows)
        text = self._out.getvalue()
        self._out.seek(0)
        self._out.truncate()
        return text.encode()

    def close(self) -> bytes:
        """Add nothing."""
        return b""


class _Sink(io.RawIOBase):
    """Keeps what is written until it is taken; cannot go back, as a socket."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, data: Any) -> int:
        """Keep bytes."""
        self._held += data
        return len(data)

    def take(self) -> bytes:
        """Give what is kept and forget it."""
        given = bytes(self._held)
        self._held.clear()
        return given


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/'
    'vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    f'ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
    f'Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}
_SHEET_BEGINS = (
    f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    '</sheetView></sheetViews><sheetFormatPr baseColWidth="14" '
    'defaultRowHeight="15"/><sheetData>'
)
_SHEET_ENDS = "</sheetData></worksheet>"


class XlsxWriter:
    """One sheet of texts and whole numbers; a file cut off cannot be opened."""

    content_type = XLSX_TYPE
    most: int | None = EXCEL_ROWS

    def __init__(self) -> None:
        self._sink = _Sink()
        # Quick rather than small: the rows come faster than a network takes them.
        self._zip = zipfile.ZipFile(
            self._sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1
        )
        for name, text in _PARTS.items():
            self._zip.writestr(name, _HEAD + text)
        self._sheet = self._zip.open("xl/worksheets/sheet1.xml", "w")
        self._sheet.write(_SHEET_BEGINS.encode())

    def write(self, rows: Iterable[Row]) -> bytes:
        """Return rows; texts are texts, so that no cell is a formula."""
        parts = []
        for row in rows:
            parts.append("<row>")
            parts += [_cell(value) for value in row]
            parts.append("</row>")
        self._sheet.write("".join(parts).encode())
        return self._sink.take()

    def close(self) -> bytes:
        """Return the end of the sheet and the list of what is packed."""
        self._sheet.write(_SHEET_ENDS.encode())
        self._sheet.close()
        self._zip.close()
        return self._sink.take()


def _cell(value: Any) -> str:
    if type(value) is int:
        return f"<c><v>{value}</v></c>"
    text = escape(safe_cell(value)[:EXCEL_CELL])
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


WRITERS: dict[str, type[TableWriter]] = {"csv": CsvWriter, "xlsx": XlsxWriter}
