"""Finds an order's fields in its pasted text, by the names that label them."""

import re
import unicodedata

from luoshi.cases.models import MainSystem
from luoshi.cases.orders.read import MOMENTS
from luoshi.cases.orders.systems import names_of

_DAY = re.compile(
    r"\d{4}\s*[-/年.]\s*\d{1,2}\s*[-/月.]\s*\d{1,2}\s*日?"
    r"(?:\s*\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2})?)?"
)


def fields_in(text: str, system: MainSystem) -> dict[str, str]:
    """Return what a pasted order says; without any label all of it is the text."""
    keys = {name: key for key, names in names_of(system).items() for name in names}
    labels = "|".join(re.escape(name) for name in sorted(keys, key=len, reverse=True))
    marks = re.compile(
        rf"【\s*(?P<boxed>{labels})\s*】[ \u3000]*[：:]?"
        rf"|(?:^|(?<=[ \u3000\t；;]))(?P<bare>{labels})[ \u3000]*[：:]",
        re.MULTILINE,
    )
    text = text.replace("\r\n", "\n")
    found: list[tuple[str, int, int]] = []
    for mark in marks.finditer(text):
        key = keys[mark["boxed"] or mark["bare"]]
        begins_line = text[: mark.start()].rpartition("\n")[2].strip() == ""
        # What is told may itself name a telephone or a place.
        if found and found[-1][0] == "text" and not begins_line:
            continue
        found.append((key, mark.start(), mark.end()))
    if not found:
        return {"text": text.strip()}
    told: dict[str, str] = {}
    ends = [start for _key, start, _end in found[1:]] + [len(text)]
    for (key, _start, begin), end in zip(found, ends, strict=True):
        value = _value(key, text[begin:end])
        if value:
            told.setdefault(key, value)
    return told


def _value(key: str, raw: str) -> str:
    """Return what stands after a label: a day, a whole text, or the line."""
    raw = raw.strip()
    if key in MOMENTS:
        day = _DAY.search(unicodedata.normalize("NFKC", raw))
        return tidy_moment(day.group()) if day else raw.partition("\n")[0]
    if key in ("text", "result"):
        return raw
    return raw.partition("\n")[0].strip()


def tidy_moment(text: str) -> str:
    """Write a day and an hour the one way in which it is read."""
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    day = "-".join(f"{part:02d}" for part in numbers[:3])
    hour = ":".join(f"{part:02d}" for part in numbers[3:6])
    return f"{day} {hour}".strip()
