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
                f"文件要是 .xlsx、.xls 或 .csv，这个是 {other or '没有后缀'}。"
            )


def _text_of(path: Path) -> str:
    """Return the text of a CSV file in UTF-8 or in the older Chinese encoding."""
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadSheet("这个 CSV 的文字编码认不出来。另存为 UTF-8 再导入。")


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
        raise BadSheet(f"{path.name} 打不开：文件坏了，或不是表格。") from error
    if not columns:
        raise BadSheet("没有找到表头。前20行里要有一行写着“留言详情”或“内容”。")


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
        return "没有内容"
    if len(words["text"]) > MOST_TEXT:
        return f"内容有{len(words['text'])}个字，最多{MOST_TEXT}个"
    if raw not in (None, "") and at is None:
        return f"时间“{raw}”认不出来"
    if at is not None and at > now():
        return f"时间“{raw}”在今天以后"
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
