"""Reads .xlsx, .xls and .csv: finds the header, matches columns by name."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import openpyxl
import xlrd
from django.utils.translation import gettext as _

from luoshi.core.clock import SHANGHAI

# What a column may be called, for each thing that is read from it.
Names = dict[str, tuple[str, ...]]
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
# What is brought in while somebody waits.
MOST_ROWS = 5_000
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class BadSheet(ValueError):
    """A file in which nothing can be read; the text says why and what to do."""


@dataclass(frozen=True)
class Line:
    """One row of a table: its number, its cells, and what the known columns say."""

    number: int
    cells: tuple[Any, ...]
    told: dict[str, Any]

    def word(self, key: str) -> str:
        """Return a cell as text, without what nobody can see."""
        value = self.told.get(key)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return CONTROLS.sub("", str(value)).strip() if value is not None else ""


class ReadRow(Protocol):
    """A row as a domain reads it; `fault` says why it stays out, or is empty."""

    @property
    def fault(self) -> str: ...


RowType = TypeVar("RowType", bound=ReadRow)


@dataclass(frozen=True)
class Preview(Generic[RowType]):
    """What a file holds, before anything is brought in."""

    columns: list[tuple[str, str]]
    left_out: list[str]
    rows: list[RowType]
    read: int
    faulty: int


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


def columns_in(cells: tuple[Any, ...], names: Names) -> dict[str, int]:
    """Return where each thing stands, if a row is the header."""
    said = [str(cell or "").strip().lower() for cell in cells]
    return {
        key: said.index(next(name for name in known if name in said))
        for key, known in names.items()
        if any(name in said for name in known)
    }


def read_lines(
    path: Path, names: Names, needed: tuple[str, ...]
) -> Iterator[tuple[Any, ...] | Line]:
    """Yield the header's cells first, then each line; `BadSheet` without a header."""
    columns: dict[str, int] = {}
    try:
        for number, cells in enumerate(_sheet(path), 1):
            if not columns:
                found = columns_in(cells, names)
                if all(key in found for key in needed):
                    columns = found
                    yield cells
                elif number >= LOOK_FOR_HEADER:
                    break
            elif any(cell not in (None, "") for cell in cells):
                told = {
                    key: cells[at] if at < len(cells) else None
                    for key, at in columns.items()
                }
                yield Line(number, cells, told)
    except BadSheet:
        raise
    except Exception as error:
        raise BadSheet(_("The file is broken, or is not a table.")) from error
    if not columns:
        raise BadSheet(
            _(
                "No header was found. One of the first 20 rows must name the columns, "
                "for example: %(names)s."
            )
            % {"names": "、".join(names[key][0] for key in needed)}
        )


def guess_header(path: Path) -> list[str]:
    """Return the row that looks most like a header: the most short, different cells."""
    best: list[str] = []
    try:
        for cells in islice(_sheet(path), LOOK_FOR_HEADER):
            words = dict.fromkeys(str(cell or "").strip() for cell in cells)
            short = [word for word in words if 0 < len(word) <= 20]
            best = max(best, short, key=len)
    except BadSheet:
        raise
    except Exception as error:
        raise BadSheet(_("The file is broken, or is not a table.")) from error
    return best


def look_at(
    path: Path,
    names: Names,
    needed: tuple[str, ...],
    read: Callable[[Line], RowType],
    most: int = 5,
) -> Preview[RowType]:
    """Read a whole file and bring nothing in; `BadSheet` if it is none."""
    lines = read_lines(path, names, needed)
    header = next(lines)
    assert isinstance(header, tuple)
    taken = {at: key for key, at in columns_in(header, names).items()}
    columns, left_out = [], []
    for at, cell in enumerate(header):
        if at in taken:
            columns.append((str(cell), taken[at]))
        elif cell not in (None, ""):
            left_out.append(str(cell))
    shown: list[RowType] = []
    count = faulty = 0
    for line in lines:
        assert isinstance(line, Line)
        row = read(line)
        count += 1
        faulty += bool(row.fault)
        if len(shown) < most:
            shown.append(row)
    return Preview(columns, left_out, shown, count, faulty)


def read_whole(
    path: Path,
    names: Names,
    needed: tuple[str, ...],
    read: Callable[[Line], RowType],
) -> Preview[RowType]:
    """Read a short list with all its rows; `BadSheet` if it is none, or too long."""
    found = look_at(path, names, needed, read, MOST_ROWS)
    if found.read > MOST_ROWS:
        raise BadSheet(
            _("The file has %(count)d rows; %(most)d fit. Split it.")
            % {"count": found.read, "most": MOST_ROWS}
        )
    return found


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
