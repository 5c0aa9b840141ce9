"""Reads a day and an hour in any form found in real files."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

import xlrd

from luoshi.core.clock import SHANGHAI

# Days as a spreadsheet counts them, between 1955 and 2119: other numbers are no days.
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000
SERIAL = re.compile(r"\d{5}(\.\d+)?")
TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
WEEKDAY = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?")
APART = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[T\s]*(?P<half>上午|中午|下午|晚上|am|pm)?\s*"
    r"(?P<hour>\d{1,2})\s*[:时点]\s*(?P<minute>\d{1,2})?\s*分?"
    r"(?:\s*:?\s*(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?\s*(?P<late>am|pm)?"
    r"(?:\+08:?00)?)?",
    re.IGNORECASE,
)


def moment_in(value: Any) -> datetime | None:
    """Read a date in any form found in real files; None if it cannot be read."""
    if isinstance(value, datetime):
        return _here(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial(float(value))
    text = " ".join(unicodedata.normalize("NFKC", str(value or "")).split())
    text = WEEKDAY.sub(" ", text).strip()
    if SERIAL.fullmatch(text):
        return _serial(float(text))
    try:
        return _in_words(text)
    except ValueError:
        return None


def _here(moment: datetime) -> datetime:
    return moment.replace(tzinfo=SHANGHAI).astimezone(UTC)


def _serial(days: float) -> datetime | None:
    if not FIRST_SERIAL <= days <= LAST_SERIAL:
        return None
    moment = xlrd.xldate_as_datetime(days, 0)
    # A fraction of a day is never whole seconds.
    return _here((moment + timedelta(milliseconds=500)).replace(microsecond=0))


def _in_words(text: str) -> datetime | None:
    if found := TOGETHER.fullmatch(text):
        numbers = [int(part or 0) for part in found.groups()]
        return datetime(*numbers, tzinfo=SHANGHAI).astimezone(UTC)  # type: ignore[misc, arg-type]
    found = APART.fullmatch(text)
    if found is None:
        return None
    day = datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=SHANGHAI)
    hour, minute, second = (
        int(found[part] or 0) for part in ("hour", "minute", "second")
    )
    half = (found["half"] or found["late"] or "").lower()
    if half in ("下午", "晚上", "pm") and hour < 12:
        hour += 12
    if half in ("上午", "am") and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute + second):
        return None
    return _here(day + timedelta(hours=hour, minutes=minute, seconds=second))
