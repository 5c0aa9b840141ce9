"""Finds an order's fields in its pasted text, by the names that label them."""

import re
import unicodedata

from luoshi.cases.models import MainSystem
from luoshi.cases.orders.read import MOMENTS
from luoshi.cases.orders.systems import names_of
from luoshi.core.sheets import tidy

_DAY = re.compile(
    r"\d{4}\s*[-/年.]\s*\d{1,2}\s*[-/月.]\s*\d{1,2}\s*日?"
    r"(?:\s*\d{1,2}\s*[:时点]\s*\d{1,2}(?:\s*[:分]\s*\d{1,2})?)?"
)
_SPAN = re.compile(r"\d{1,3}\s*个?(?:小时|工作日|自然日|日|天)")
# What people put before a label to number it.
_LISTED = r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.．)）]|[-·•●*■◆])[ \u3000]*"
_OPENS, _CLOSES = r"【〔［\[『〖", r"】〕］\]』〗"
_LABEL_LIKE = re.compile(r"[^\s：:，。]{2,10}[ \u3000]*[：:]|[【〔［〖]")
Mark = tuple[str, int, int]


def fields_in(text: str, system: MainSystem) -> dict[str, str]:
    """Return what a pasted order says; without any label all of it is the text."""
    keys = {
        tidy(name): key
        for key, names in reversed(names_of(system).items())
        for name in names
    }
    text = text.replace("\r\n", "\n")
    found = _marks(text, keys)
    if not found:
        return {"text": text.strip()}
    told: dict[str, str] = {}
    ends = [start for _key, start, _end in found[1:]] + [len(text)]
    for (key, _start, begin), end in zip(found, ends, strict=True):
        value = _value(key, text[begin:end])
        if value:
            told.setdefault(key, value)
    if not {"number", "text"}.intersection(told):
        # A telephone that somebody names is no label of an order.
        return {"text": text.strip()}
    return told


def _marks(text: str, keys: dict[str, str]) -> list[Mark]:
    """Return each label: with a colon or in a box; else as the cells of a table."""
    words = sorted((name for name in keys if len(name) > 1), key=len, reverse=True)
    # A word may be spaced out, as in 工 单 编 号.
    labels = "|".join(r"[ \u3000]*".join(map(re.escape, word)) for word in words)
    colon = re.compile(
        rf"[{_OPENS}]\s*(?P<boxed>{labels})\s*[{_CLOSES}][ \u3000]*[：:]?"
        rf"|(?:^[ \u3000]*(?:{_LISTED})?|(?<=[ \u3000\t；;|]))"
        rf"(?P<bare>{labels})[ \u3000]*[：:]",
        re.MULTILINE | re.IGNORECASE,
    )
    found = _found(colon, text, keys)
    if len(found) > 1:
        return found
    cells = re.compile(
        rf"(?P<boxed>(?!))|(?:^|(?<=\t))[ \u3000]*(?P<bare>{labels})[ \u3000]*(?=\t|$)",
        re.MULTILINE | re.IGNORECASE,
    )
    return max(found, _found(cells, text, keys), key=len)


def _found(pattern: "re.Pattern[str]", text: str, keys: dict[str, str]) -> list[Mark]:
    found: list[Mark] = []
    for mark in pattern.finditer(text):
        key = keys[tidy(mark["boxed"] or mark["bare"])]
        begins_line = text[: mark.start()].rpartition("\n")[2].strip() == ""
        # What is told may itself name a telephone or a place.
        if found and found[-1][0] == "text" and not begins_line:
            continue
        found.append((key, mark.start(), mark.end()))
    return found


def _value(key: str, raw: str) -> str:
    """Return what stands after a label: a day, a whole text, or the line."""
    raw = raw.strip()
    if key in MOMENTS:
        plain = unicodedata.normalize("NFKC", raw)
        day = _DAY.search(plain)
        span = _SPAN.search(plain)
        if day or span is None:
            return tidy_moment(day.group()) if day else raw.partition("\n")[0]
        return span.group()
    if key in ("text", "result"):
        return raw
    first, *others = raw.split("\n")
    if key in ("subject", "place"):
        # A long line was wrapped where the window ended.
        for line in others:
            if not line.strip() or _LABEL_LIKE.match(line.strip()):
                break
            first += line.strip()
    return first.strip()


def tidy_moment(text: str) -> str:
    """Write a day and an hour the one way in which it is read."""
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    day = "-".join(f"{part:02d}" for part in numbers[:3])
    hour = ":".join(f"{part:02d}" for part in numbers[3:6])
    return f"{day} {hour}".strip()
