"""What pages say about a term: each day's reason, the time left, the Chinese."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from django.utils import translation

from luoshi.core import worktime
from luoshi.core.clock import SHANGHAI
from luoshi.core.worktime import (
    Calendar,
    Pause,
    Span,
    Unit,
    describe_left,
    explain,
    left_text,
    provisional_text,
    provisional_year,
)

STATE = Calendar()
PACKAGE = Path(worktime.__file__).parent
PO = PACKAGE.parent / "locale/zh_Hans/LC_MESSAGES/worktime.po"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


@pytest.fixture(scope="module")
def chinese():
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def told(start: str, amount: int, unit: Unit, *pauses: Pause) -> list[tuple]:
    lines = explain(moment(start), Span(amount, unit), STATE, pauses)
    return [
        (f"{line.day:%m-%d}", line.counts, line.reason, line.running) for line in lines
    ]


def test_workdays_are_explained_across_golden_week():
    assert told("2026-09-29 09:00", 4, Unit.WORKDAYS) == [
        ("09-29", False, "start_day", 0),
        ("09-30", True, "workday", 1),
        *[(f"10-0{n}", False, "holiday", 1) for n in range(1, 8)],
        ("10-08", True, "workday", 2),
        ("10-09", True, "workday", 3),
        ("10-10", True, "makeup", 4),
    ]


def test_a_last_day_of_rest_is_explained():
    assert told("2026-11-26 09:00", 2, Unit.DAYS) == [
        ("11-26", False, "start_day", 0),
        ("11-27", True, "workday", 1),
        ("11-28", False, "last_day_rests", 1),
        ("11-29", False, "last_day_rests", 1),
        ("11-30", True, "workday", 2),
    ]


def test_pauses_and_hours_are_explained():
    still = Pause(moment("2026-11-24 10:00"), moment("2026-11-26 09:30"))
    assert told("2026-11-24 09:00", 3, Unit.OFFICE_HOURS, still) == [
        ("11-24", True, "workday", 60),
        ("11-25", False, "paused", 60),
        ("11-26", True, "workday", 180),
    ]
    assert told("2026-11-24 23:00", 2, Unit.HOURS) == [
        ("11-24", True, "clock", 60),
        ("11-25", True, "clock", 120),
    ]
    assert told("2026-11-24 17:30", 1, Unit.OFFICE_HOURS)[0][2] == "closed"
    assert told("2026-11-23 09:00", 1, Unit.WORKDAYS, still)[1][2] == "paused"


def test_an_unpublished_year_is_marked():
    lines = explain(moment("2026-12-30 09:00"), Span(2, Unit.WORKDAYS), STATE)
    assert provisional_year(lines) == 2027
    own = Calendar(overrides={date(2027, 1, 1): False, date(2027, 1, 4): True})
    lines = explain(moment("2026-12-31 09:00"), Span(1, Unit.WORKDAYS), own)
    assert [line.provisional for line in lines if line.counts] == [False]


@pytest.mark.parametrize(
    ("now", "due", "text"),
    [
        ("2026-11-24 09:00", "2026-11-27 17:30", "还有3个工作日"),
        ("2026-11-24 18:00", "2026-11-25 17:30", "还有1个工作日"),
        ("2026-09-30 09:00", "2026-10-08 17:30", "还有1个工作日"),
        ("2026-11-27 10:00", "2026-11-29 17:30", "还有2天"),
        ("2026-11-24 09:00", "2026-11-24 17:30", "今天到期"),
        ("2026-11-24 09:00", "2026-11-24 23:59", "今天到期"),
        ("2026-11-24 09:00", "2026-11-24 15:00", "还有6小时"),
        ("2026-11-24 20:00", "2026-11-25 19:00", "还有23小时"),
        ("2026-11-24 17:00", "2026-11-24 17:30", "还有30分钟"),
        ("2026-11-24 17:30", "2026-11-24 17:30", "还有1分钟"),
        ("2026-11-24 17:31", "2026-11-24 17:30", "超期1分钟"),
        ("2026-11-24 20:00", "2026-11-24 17:30", "超期2小时"),
        ("2026-11-25 00:01", "2026-11-24 17:30", "超期1天"),
        ("2026-12-01 09:00", "2026-11-24 17:30", "超期7天"),
    ],
)
def test_time_left_in_chinese(chinese, now, due, text):
    left = describe_left(moment(now), moment(due), STATE)
    with translation.override("en"):
        english = left_text(left)
    found = next(
        message.string[0] if message.pluralizable else message.string
        for message in chinese
        if message.id and english in [form % {"n": left.n} for form in forms(message)]
    )
    assert found % {"n": left.n} == text


def forms(message) -> list[str]:
    ids = message.id if message.pluralizable else (message.id,)
    return [form for form in ids if "%(" not in form or "%(n)d" in form]


def test_lines_read_as_sentences_in_english():
    with translation.override("en"):
        lines = explain(moment("2026-09-30 09:00"), Span(1, Unit.WORKDAYS), STATE)
        assert lines[0].text == "The day it began is not counted"
        assert lines[1].text == "Holiday (国庆节)"
        assert lines[-1].running_text == "day 1"
        lines = explain(moment("2026-11-24 22:30"), Span(2, Unit.HOURS), STATE)
        texts = [line.running_text for line in lines]
        assert texts == ["1 h 30 min so far", "2 h so far"]
        assert "2027" in provisional_text(2027)


def test_every_text_has_its_chinese(chinese):
    keywords = {"_": None, "gettext_lazy": None, "ngettext": (1, 2)}
    found = extract_from_dir(PACKAGE, keywords=keywords)
    ids = {message for _file, _line, message, _comments, _context in found}
    translated = {m.id for m in chinese if m.id and m.string and not m.fuzzy}
    assert len(ids) > 20
    assert ids == translated
    for message in chinese:
        assert not message.id or not list(message.check())
