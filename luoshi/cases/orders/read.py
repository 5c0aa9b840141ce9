"""Reads orders from an export: each row with what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from luoshi.cases.limits import MOST_TEXT
from luoshi.cases.models import MainSystem
from luoshi.cases.orders.systems import NEEDED, names_of
from luoshi.core.clock import now
from luoshi.core.sheets import (
    BadSheet,
    Line,
    Preview,
    guess_header,
    look_at,
    moment_in,
    read_lines,
)

MOMENTS = ("received", "due", "ended")
# How long each may be; what is longer was never such a thing.
MOST = {"number": 60, "urgency": 40, "state": 40, "solved": 40, "satisfied": 40}


@dataclass(frozen=True)
class OrderRow:
    """One order as told; `fault` says why it cannot be brought in, or is empty."""

    line: int = 0
    cells: tuple[Any, ...] = ()
    number: str = ""
    source: str = ""
    received: datetime | None = None
    name: str = ""
    phone: str = ""
    sort: str = ""
    subject: str = ""
    text: str = ""
    place: str = ""
    urgency: str = ""
    due: datetime | None = None
    unit: str = ""
    state: str = ""
    ended: datetime | None = None
    result: str = ""
    solved: str = ""
    satisfied: str = ""
    repeats: str = ""
    fault: str = ""
    # What the export or the pasted text has a place for; the rest it says nothing of.
    has: frozenset[str] = frozenset()

    def same_as(self, other: "OrderRow") -> bool:
        """Tell whether two rows say the same, wherever they stand."""
        bare = replace(self, line=0, cells=(), fault="")
        return bare == replace(other, line=0, cells=(), fault="")


def read_orders(path: Path, system: MainSystem) -> Iterator[tuple[Any, ...] | OrderRow]:
    """Yield the header's cells first, then each order; `BadSheet` without a header."""
    for line in read_lines(path, names_of(system), NEEDED):
        yield _row(line) if isinstance(line, Line) else line


def preview_orders(path: Path, system: MainSystem, most: int = 5) -> Preview[OrderRow]:
    """Read a whole export and bring nothing in; `BadSheet` if it is none."""
    return look_at(path, names_of(system), NEEDED, _row, most)


def columns_found(path: Path, system: MainSystem) -> tuple[list[str], dict[str, str]]:
    """Return the file's column names, and which of them is what, as far as known."""
    try:
        header = next(read_lines(path, names_of(system), NEEDED))
        assert isinstance(header, tuple)
        words = [str(cell).strip() for cell in header if cell not in (None, "")]
    except BadSheet:
        words = guess_header(path)
        if not words:
            raise
    names = names_of(system)
    lowered = {word.lower(): word for word in reversed(words)}
    found = {
        key: next(lowered[name] for name in known if name in lowered)
        for key, known in names.items()
        if any(name in lowered for name in known)
    }
    return words, found


def _row(line: Line) -> OrderRow:
    raw = {key: line.told[key] for key in MOMENTS if key in line.told}
    words = {key: line.word(key) for key in line.told if key not in MOMENTS}
    return order_from(words, raw, line=line.number, cells=line.cells)


def order_from(
    words: dict[str, str],
    raw: dict[str, Any],
    *,
    line: int = 0,
    cells: tuple[Any, ...] = (),
) -> OrderRow:
    """Make an order of words and of moments as they were written."""
    moments = {key: moment_in(value) for key, value in raw.items()}
    words = words | {"text": words.get("text") or words.get("subject", "")}
    fault = _fault(words, raw, moments)
    has = frozenset(words) | frozenset(raw)
    told: dict[str, Any] = words | moments
    return OrderRow(line=line, cells=cells, fault=fault, has=has, **told)


def _fault(
    words: dict[str, str], raw: dict[str, Any], moments: dict[str, datetime | None]
) -> str:
    if not words.get("number"):
        return _("no number")
    if not words["text"]:
        return _("no text")
    if len(words["text"]) > MOST_TEXT:
        return _("%(count)d characters; %(most)d fit") % {
            "count": len(words["text"]),
            "most": MOST_TEXT,
        }
    for key, most in MOST.items():
        if len(words.get(key, "")) > most:
            return _("“%(word)s…” is too long to be what its column says") % {
                "word": words[key][:20]
            }
    for key, value in raw.items():
        if value not in (None, "") and moments[key] is None:
            return _("the time “%(time)s” cannot be read") % {"time": value}
    received = moments.get("received")
    if received is not None and received > now():
        return _("the time “%(time)s” is after today") % {"time": raw["received"]}
    return ""
