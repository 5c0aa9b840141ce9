"""Reads cases from a table: which column is what, and why a row stays out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from luoshi.cases.limits import MOST_TEXT
from luoshi.core.clock import now
from luoshi.core.sheets import Line, Preview, look_at, moment_in, read_lines

# What a column may be called, for each thing that is read from it.
NAMES = {
    "source": ("留言编号", "工单编号", "编号", "number"),
    "name": ("留言用户", "来电人", "来件人", "姓名", "name"),
    "phone": ("联系电话", "电话", "手机号", "phone"),
    "subject": ("留言主题", "主题", "标题", "subject"),
    "at": ("留言时间", "受理时间", "来电时间", "时间", "time"),
    "text": ("内容", "留言详情", "诉求内容", "详情", "text"),
    "place": ("事发地址", "地点", "place"),
}
NEEDED = ("text",)


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


def read_rows(path: Path) -> Iterator[tuple[Any, ...] | Row]:
    """Yield the header's cells first, then each row; `BadSheet` without a header."""
    for line in read_lines(path, NAMES, NEEDED):
        yield _row(line) if isinstance(line, Line) else line


def preview(path: Path, most: int = 5) -> Preview[Row]:
    """Read a whole file and bring nothing in; `BadSheet` if it is none."""
    return look_at(path, NAMES, NEEDED, _row, most)


def _row(line: Line) -> Row:
    words = {key: line.word(key) for key in line.told if key != "at"}
    raw = line.told.get("at")
    at = moment_in(raw)
    return Row(line.number, line.cells, at=at, fault=_fault(words, raw, at), **words)


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
