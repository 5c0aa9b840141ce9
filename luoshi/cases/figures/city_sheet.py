"""Reads the city's published figures from a table."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.utils.translation import gettext as _

from luoshi.cases.actions.city import Published
from luoshi.cases.models import CityFigure
from luoshi.core.clock import SHANGHAI
from luoshi.core.sheets import Line, Names, moment_in, read_whole, tidy

NAMES: Names = {
    "what": ("指标", "指标名称", "项目", "统计项目", "what"),
    "by": ("统计口径", "口径", "按哪天算", "by"),
    "first": ("开始日期", "起始日期", "从哪天", "统计开始", "first"),
    "last": ("结束日期", "截止日期", "到哪天", "统计截止", "last"),
    "value": ("数值", "数据", "公布的数", "本期", "value"),
    "source": ("来源", "出处", "文件", "在哪里公布的", "source"),
    "published": ("公布日期", "发布日期", "通报日期", "published"),
}
NEEDED = tuple(NAMES)
WHAT: dict[str, tuple[str, ...]] = {
    "received": (
        "受理",
        "受理量",
        "受理数",
        "受理工单",
        "受理件数",
        "工单量",
        "received",
    ),
    "closed": ("办结", "办结量", "办结数", "办结工单", "办结件数", "closed"),
    "in_time": ("按时办结率", "按时率", "及时率", "按期办结率", "按时", "in time"),
    "solved": ("解决率", "办成率", "群众解决率", "解决", "solved"),
    "satisfied": ("满意率", "群众满意率", "满意度", "满意", "satisfied"),
}
BY: dict[str, tuple[str, ...]] = {
    "closed": ("办结", "按办结", "办结时间", "按办结时间", "按办结日期", "closed"),
    "received": ("受理", "按受理", "受理时间", "按受理时间", "按受理日期", "received"),
}


@dataclass(frozen=True)
class Row:
    """One row; `fault` says why it cannot be kept, or is empty."""

    line: int
    told: Published | None = None
    fault: str = ""


def read_city_figures(path: Path, system: str) -> list[Row]:
    """Read a table of published figures; `BadSheet` if it is none."""
    return read_whole(path, NAMES, NEEDED, lambda line: _row(line, system)).rows


def _row(line: Line, system: str) -> Row:
    days = [_day(line, key) for key in ("first", "last", "published")]
    what, by = _which(WHAT, line.word("what")), _which(BY, line.word("by"))
    value, fault = _value(line), ""
    if not what:
        fault = _("“%(word)s” is none of the figures that are compared")
    elif not by:
        fault = _("“%(word)s” says neither receipt nor closing")
    elif value is None:
        fault = _("“%(word)s” is no figure")
    elif None in days:
        fault = _("a day cannot be read")
    if fault:
        key = "what" if not what else "by" if not by else "value"
        return Row(line.number, fault=fault % {"word": line.word(key)})
    first, last, published = days
    assert first and last and published and value is not None
    told = Published(
        *(system, what, by, first, last, _share(line, what, value)),
        source=line.word("source")[:120],
        published_on=published,
    )
    return Row(line.number, told)


def _which(known: dict[str, tuple[str, ...]], word: str) -> str:
    tidied = tidy(word).rstrip("%")
    for key, names in known.items():
        if tidied in {tidy(name) for name in names}:
            return key
    return ""


def _day(line: Line, key: str) -> date | None:
    moment: datetime | None = moment_in(line.told.get(key))
    return moment.astimezone(SHANGHAI).date() if moment else None


def _value(line: Line) -> Decimal | None:
    text = line.word("value").replace(",", "").rstrip("%％件")
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _share(line: Line, what: str, value: Decimal) -> Decimal:
    """Return a share of a hundred also where the cell keeps it as a part of one."""
    count = what in (CityFigure.What.RECEIVED, CityFigure.What.CLOSED)
    part = isinstance(line.told.get("value"), float) and value <= 1 and not count
    return round(value * 100 if part else value, 2)
