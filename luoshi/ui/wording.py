"""How dates, numbers and names are written, in the reader's language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"
# 10,000 yuan in fen.
WAN = 1_000_000


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")


def day_of(value: date | datetime) -> date:
    """Return the day in China."""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).date()
    return value


def day(value: date | datetime) -> str:
    """Write 11月24日, or 24 November."""
    on = day_of(value)
    if _chinese():
        return f"{on.month}月{on.day}日"
    return f"{on.day} {on:%B}"


def long_day(value: date | datetime) -> str:
    """Write 2026年11月24日（星期二）, or 24 November 2026 (Tuesday)."""
    on = day_of(value)
    if _chinese():
        return f"{on.year}年{day(on)}（星期{WEEKDAYS[on.weekday()]}）"
    return f"{day(on)} {on.year} ({on:%A})"


def month(value: date | datetime) -> str:
    """Write 2026年11月, or November 2026."""
    on = day_of(value)
    return f"{on.year}年{on.month}月" if _chinese() else f"{on:%B} {on.year}"


def weekday(value: date | datetime) -> str:
    """Write 周二, or Tuesday."""
    on = day_of(value)
    return f"周{WEEKDAYS[on.weekday()]}" if _chinese() else f"{on:%A}"


def moment(value: datetime) -> str:
    """Write 11月24日17:30, or 24 November 17:30."""
    here = value.astimezone(SHANGHAI)
    gap = "" if _chinese() else " "
    return f"{day(here)}{gap}{here:%H:%M}"


def table_day(value: date | datetime, today: date | None = None) -> str:
    """Write 11-24 for a day of this year, else 2025-11-24."""
    on = day_of(value)
    return f"{on:%m-%d}" if today and on.year == today.year else f"{on:%Y-%m-%d}"


def length_said(seconds: int) -> str:
    """Write 1分20秒, or 1 min 20 s: how long a recording is."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return _("%(seconds)d s") % {"seconds": rest}
    return _("%(minutes)d min %(seconds)02d s") % {"minutes": minutes, "seconds": rest}


def thousands(value: int | float) -> str:
    """Write 1,204."""
    return f"{value:,}"


def money(fen: int) -> str:
    """Write 860元 or 12.6万元, for sentences; tables have `yuan`."""
    if not _chinese():
        return f"¥{yuan(fen)}"
    if abs(fen) < WAN:
        return f"{yuan(fen)}元"
    return f"{round(fen / WAN, 2):,.2f}".rstrip("0").rstrip(".") + "万元"


def yuan(fen: int) -> str:
    """Write 126,000 or 860.50: fen only where there are some."""
    sign, whole, rest = "-" if fen < 0 else "", abs(fen) // 100, abs(fen) % 100
    return f"{sign}{whole:,}.{rest:02d}" if rest else f"{sign}{whole:,}"


def mask_name(name: str) -> str:
    """Write 王*国 or 王*."""
    if len(name) <= 1:
        return "*" if name else ""
    if len(name) == 2:
        return f"{name[0]}*"
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"
