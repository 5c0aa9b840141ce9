"""Reads .xlsx, .xls and .csv: finds the header, matches columns, cleans the rows."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlrd
from django.utils.translation import gettext as _

from luoshi.cases.actions.intake import MOST_TEXT
from luoshi.core.clock import SHANGHAI, now

# What a column may be called, for each thing that is read from it.
NAMES = {
    "source": ("留言编号", "工单编号", "编号", "number"),
    "name": ("留言用户", "来电人", "来件人", "姓名", "name"),
    "phone": ("联系电话", "电话", "手机号", "phone"),
    "subject": ("留言主题", "主题", "标题", "subject"),
    "at": ("留言时间", "受理时间", "来电时间", "时间", "time"),
    "text": ("留言详情", "诉求内容", "内容", "详情", "text"),
    "place": ("事发地址", "地点", "place"),
}
FORMS = (
    "%Y/%m/%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d",
    "%Y-%m-%d",
    "%Y年%m月%d日",
    "%Y年%m月%d日 %H:%M",
)
LOOK_FOR_HEADER = 20
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class BadSheet(ValueError):
    """A file in which nothing can be read; the text says why and what to do."""


@dataclass(frozen=True)
class Row:
    """One row as told; `fault` says why it cannot be brought in, or is empty."""

    line: int
    cells: tuple[Any, ...]
    source: str = ""
    name: str = ""
    phone: str = ""
    subject: str = ""
    text: str = ""
    place: str = ""
    at: datetime | None = None
    fault: str = ""


def _sheet(path: Path) -> Iterator[tuple[Any, ...]]:
    match path.suffix.lower():
        case ".xlsx":
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            yield from book.active.iter_rows(values_only=True)
        case ".xls":
            sheet = xlrd.open_workbook(path).sheet_by_index(0)
            for number in range(sheet.nrows):
                yield tuple(sheet.row_values(number))
        case ".csv":
            yield from (tuple(row) for row in csv.reader(io.StringIO(_text_of(path))))
        case other:
            raise BadSheet(
                _("The file must be .xlsx, .xls or .csv; this ends in “%(ending)s”.")
                % {"ending": other}
            )


def _text_of(path: Path) -> str:
    """Return the text of a CSV file in UTF-8 or in the older Chinese encoding."""
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadSheet(_("The letters of this CSV cannot be read. Save it as UTF-8."))


def _columns(cells: tuple[Any, ...]) -> dict[str, int]:
    """Return where each thing stands, if a row is the header."""
    said = [str(cell or "").strip().lower() for cell in cells]
    return {
        key: said.index(next(name for name in names if name in said))
        for key, names in NAMES.items()
        if any(name in said for name in names)
    }


def read_rows(path: Path) -> Iterator[tuple[Any, ...] | Row]:
    """Yield the header's cells first, then each row; `BadSheet` without a header."""
    columns: dict[str, int] = {}
    try:
        for line, cells in enumerate(_sheet(path), 1):
            if not columns:
                found = _columns(cells)
                if "text" in found:
                    columns = found
                    yield cells
                elif line >= LOOK_FOR_HEADER:
                    break
            elif any(cell not in (None, "") for cell in cells):
                yield _row(line, cells, columns)
    except BadSheet:
        raise
    except Exception as error:
        raise BadSheet(_("The file is broken, or is not a table.")) from error
    if not columns:
        raise BadSheet(
            _(
                "No header was found. One of the first 20 rows must have a column "
                "for the text, called for example “内容”."
            )
        )


@dataclass(frozen=True)
class Preview:
    """What a file holds, before anything is brought in."""

    columns: list[tuple[str, str]]
    left_out: list[str]
    rows: list[Row]
    read: int
    faulty: int


def preview(path: Path, most: int = 5) -> Preview:
    """Read a whole file and bring nothing in; `BadSheet` if it is none."""
    rows = read_rows(path)
    header = next(rows)
    assert isinstance(header, tuple)
    found = _columns(header)
    taken = {at: key for key, at in found.items()}
    columns, left_out = [], []
    for at, cell in enumerate(header):
        if at in taken:
            columns.append((str(cell), taken[at]))
        elif cell not in (None, ""):
            left_out.append(str(cell))
    shown: list[Row] = []
    read = faulty = 0
    for row in rows:
        assert isinstance(row, Row)
        read += 1
        faulty += bool(row.fault)
        if len(shown) < most:
            shown.append(row)
    return Preview(columns, left_out, shown, read, faulty)


def _row(line: int, cells: tuple[Any, ...], columns: dict[str, int]) -> Row:
    told: dict[str, Any] = {
        key: cells[at] if at < len(cells) else None for key, at in columns.items()
    }
    words = {
        key: CONTROLS.sub("", str(value)).strip() if value is not None else ""
        for key, value in told.items()
        if key != "at"
    }
    at = moment_in(told.get("at"))
    return Row(line, cells, at=at, fault=_fault(words, told.get("at"), at), **words)


def _fault(words: dict[str, str], raw: Any, at: datetime | None) -> str:
    if not words["text"]:
        return _("no text")
    if len(words["text"]) > MOST_TEXT:
        return _("%(count)d characters; %(most)d fit") % {
            "count": len(words["text"]),
            "most": MOST_TEXT,
        }
    if raw not in (None, "") and at is None:
        return _("the time “%(time)s” cannot be read") % {"time": raw}
    if at is not None and at > now():
        return _("the time “%(time)s” is after today") % {"time": raw}
    return ""


def moment_in(value: Any) -> datetime | None:
    """Read a date in any form found in real files; None if it cannot be read."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=SHANGHAI).astimezone(UTC)
    if isinstance(value, float):
        value = xlrd.xldate_as_datetime(value, 0)
        return value.replace(tzinfo=SHANGHAI).astimezone(UTC)
    text = " ".join(str(value or "").split())
    for form in FORMS:
        try:
            found = datetime.strptime(text, form).replace(tzinfo=SHANGHAI)
        except ValueError:
            continue
        return found.astimezone(UTC)
    return None
