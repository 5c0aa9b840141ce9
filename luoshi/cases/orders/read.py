"""Reads orders from an export: each row with what is wrong with it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from luoshi.cases.limits import MOST_TEXT
from luoshi.cases.models import MainSystem
from luoshi.cases.orders.systems import NEEDED, names_of
from luoshi.commitments.terms import calendar_of
from luoshi.core.clock import now
from luoshi.core.sheets import (
    BadSheet,
    Line,
    Preview,
    guess_header,
    look_at,
    moment_in,
    read_lines,
    tidy,
)
from luoshi.core.worktime import Calendar, Span, Unit, due_at

MOMENTS = ("received", "due", "ended")
# What people write where there is nothing.
NOTHING = frozenset(
    ["-", "--", "—", "——", "/", "\\", "无", "暂无", "空", "null", "none", "n/a"]
)
# A spreadsheet keeps fifteen digits; what it shows of a longer number is another one.
EXACT = 1e15
CUT = re.compile(r"\d(\.\d+)?e\+\d+", re.IGNORECASE)
SPAN = re.compile(r"(\d{1,3})个?(小时|工作日|自然日|日|天)内?")
SPAN_UNITS = {
    "小时": Unit.HOURS,
    "工作日": Unit.WORKDAYS,
    **dict.fromkeys(("自然日", "日", "天"), Unit.DAYS),
}
MOST_SPAN = 400
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
    calendar = calendar_of(system.town)
    for line in read_lines(path, names_of(system), NEEDED):
        yield _row(line, calendar) if isinstance(line, Line) else line


def preview_orders(path: Path, system: MainSystem, most: int = 5) -> Preview[OrderRow]:
    """Read a whole export and bring nothing in; `BadSheet` if it is none."""
    read = partial(_row, calendar=calendar_of(system.town))
    return look_at(path, names_of(system), NEEDED, read, most)


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
    known = {tidy(word): word for word in reversed(words)}
    found = {
        key: next(known[one] for name in names if (one := tidy(name)) in known)
        for key, names in names_of(system).items()
        if any(tidy(name) in known for name in names)
    }
    return words, found


def _row(line: Line, calendar: Calendar) -> OrderRow:
    raw = {key: line.told[key] for key in MOMENTS if key in line.told}
    words = {key: line.word(key) for key in line.told if key not in MOMENTS}
    number = line.told["number"]
    if isinstance(number, float) and number >= EXACT:
        words["number"] = f"{number:.5e}"
    return order_from(words, raw, calendar=calendar, line=line.number, cells=line.cells)


def order_from(
    words: dict[str, str],
    raw: dict[str, Any],
    *,
    calendar: Calendar,
    line: int = 0,
    cells: tuple[Any, ...] = (),
) -> OrderRow:
    """Make an order of words and of moments as they were written."""
    raw = {key: _blank_or(value) for key, value in raw.items()}
    words = {key: _word(key, value) for key, value in words.items()}
    moments = {key: moment_in(value) for key, value in raw.items()}
    if moments.get("received") and not moments.get("due"):
        moments |= _due_after(moments["received"], raw.get("due"), calendar)
    words = words | {"text": words.get("text") or words.get("subject", "")}
    fault = _fault(words, raw, moments)
    has = frozenset(words) | frozenset(raw)
    told: dict[str, Any] = words | moments
    return OrderRow(line=line, cells=cells, fault=fault, has=has, **told)


def _blank_or(value: Any) -> Any:
    """Return a cell, or nothing where somebody wrote that there is nothing."""
    return "" if isinstance(value, str) and value.strip().lower() in NOTHING else value


def _word(key: str, value: str) -> str:
    """Return a word as it is compared and kept."""
    if key in ("text", "subject"):
        return value
    value = str(_blank_or(value))
    if key in ("number", "repeats"):
        return tidy_number(value)
    return value.lstrip("'") if key == "phone" else value


def tidy_number(text: str) -> str:
    """Return a number without blanks, full-width letters or a spreadsheet's sign."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lstrip("'")


def _due_after(
    received: datetime | None, told: Any, calendar: Calendar
) -> dict[str, datetime | None]:
    """Return the day that a span such as "5个工作日" from the receipt leads to."""
    found = SPAN.fullmatch("".join(unicodedata.normalize("NFKC", str(told)).split()))
    if found is None or received is None or not 0 < int(found[1]) <= MOST_SPAN:
        return {}
    unit = SPAN_UNITS[found[2]]
    return {"due": due_at(received, Span(int(found[1]), unit), calendar)}


def _fault(
    words: dict[str, str], raw: dict[str, Any], moments: dict[str, datetime | None]
) -> str:
    if not words.get("number"):
        return _("no number")
    if CUT.fullmatch(words["number"]):
        return _(
            "the spreadsheet cut the number “%(number)s”: "
            "make its column text and export again"
        ) % {"number": words["number"]}
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
