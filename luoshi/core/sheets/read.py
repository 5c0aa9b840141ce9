"""Reads .xlsx, .xls and .csv: finds the header, matches columns by name."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from django.utils.translation import gettext as _

from luoshi.core.sheets.tables import BadSheet, tables_of

# What a column may be called, for each thing that is read from it.
Names = dict[str, tuple[str, ...]]
LOOK_FOR_HEADER = 20
# What is brought in while somebody waits.
MOST_ROWS = 5_000
# What stands behind a column's name in brackets says how to fill it in.
BRACKETS = re.compile(r"[(\[].*$")
KEPT_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


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
        text = CONTROLS.sub("", str(value)).strip() if value is not None else ""
        # How a CSV keeps a long number from being counted: ="0123".
        found = KEPT_AS_TEXT.fullmatch(text)
        return found[1].strip() if found else text


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


def tidy(cell: Any) -> str:
    """Return a column's name without what people add to it: blanks, stars, brackets."""
    text = unicodedata.normalize("NFKC", str(cell if cell is not None else ""))
    text = "".join(text.split()).lower().strip("*:#\"'")
    return BRACKETS.sub("", text) or text


def columns_in(cells: tuple[Any, ...], names: Names) -> dict[str, int]:
    """Return where each thing stands, if a row is the header."""
    said = [tidy(cell) for cell in cells]
    at = {word: said.index(word) for word in said if word}
    found = {
        key: next((at[one] for name in known if (one := tidy(name)) in at), None)
        for key, known in names.items()
    }
    return {key: place for key, place in found.items() if place is not None}


def _joined(above: tuple[Any, ...], below: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a header of two rows as one: the lower name counts where there is one."""
    pairs = zip_longest(above, below)
    return tuple(high if low in (None, "") else low for high, low in pairs)


def _header_in(
    cells: tuple[Any, ...], above: tuple[Any, ...], names: Names, needed: Iterable[str]
) -> tuple[tuple[Any, ...], dict[str, int]]:
    """Return a header and where its columns stand; none if this row ends no header."""
    for header in (cells, _joined(above, cells)):
        found = columns_in(header, names)
        if all(key in found for key in needed):
            return header, found
    return (), {}


def _headed(
    rows: Iterable[tuple[Any, ...]], names: Names, needed: tuple[str, ...]
) -> Iterator[tuple[Any, ...] | Line]:
    """Yield a sheet's header and its lines; nothing where it has no header."""
    header: tuple[Any, ...] = ()
    columns: dict[str, int] = {}
    above: tuple[Any, ...] = ()
    begun = False
    for number, cells in enumerate(rows, 1):
        if not columns:
            header, columns = _header_in(cells, above, names, needed)
            if not columns and number >= LOOK_FOR_HEADER:
                return
            above = cells
            continue
        if not begun:
            begun = True
            # Below a name over several columns stand the names of each.
            both = _joined(header, cells)
            more = columns_in(both, names)
            if len(more) > len(columns) and not _told(cells, more, needed[0]):
                header, columns = both, more
                yield header
                continue
            yield header
        if any(cell not in (None, "") for cell in cells):
            told = {key: _told(cells, columns, key) for key in columns}
            # Long lists repeat their header on each page.
            if any(tidy(told[key]) != tidy(header[columns[key]]) for key in needed):
                yield Line(number, cells, told)
    if columns and not begun:
        yield header


def _told(cells: tuple[Any, ...], columns: dict[str, int], key: str) -> Any:
    return cells[columns[key]] if columns[key] < len(cells) else None


def read_lines(
    path: Path, names: Names, needed: tuple[str, ...]
) -> Iterator[tuple[Any, ...] | Line]:
    """Yield the header's cells first, then each line; `BadSheet` without a header.

    Every sheet that has a header is read, by its own header.
    """
    begun = False
    try:
        for table in tables_of(path):
            for cells in _headed(table, names, needed):
                if isinstance(cells, Line) or not begun:
                    begun = True
                    yield cells
    except BadSheet:
        raise
    except Exception as error:
        raise BadSheet(_("The file is broken, or is not a table.")) from error
    if not begun:
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
        for table in tables_of(path):
            for cells in islice(table, LOOK_FOR_HEADER):
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
