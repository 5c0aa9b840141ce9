"""Reads a duty roster (值班表) as offices write it, and writes it out again."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from luoshi.commitments.models import Shift
from luoshi.commitments.queries.roster import phone_of
from luoshi.commitments.terms import calendar_of
from luoshi.core.clock import SHANGHAI, now, today
from luoshi.core.models import Tenure, Town
from luoshi.core.secrets import BadPhone, normalise_phone
from luoshi.core.sheets import Line, Names, Preview, moment_in, read_whole
from luoshi.core.worktime.deadlines import local

NAMES: Names = {
    "day": ("日期", "值班日期", "date"),
    "shift": ("班次", "值班时间", "时段", "时间", "shift"),
    "people": ("值班人员", "值班人", "值班员", "值班干部", "值班", "on duty"),
    "leader": ("带班领导", "带班", "带班人", "值班领导", "leader on duty", "leader"),
    "phone": ("电话", "联系电话", "值班电话", "手机", "手机号", "phone"),
    "office": ("单位", "站所", "office"),
}
NEEDED = ("day", "people")
HEADER = ["日期", "星期", "班次", "值班人员", "带班领导", "电话"]
WEEKDAYS = "一二三四五六日"
BY_DAY = {"白班", "日班", "白天", "day"}
BY_NIGHT = {"夜班", "晚班", "晚上", "夜间", "night"}
WHOLE_DAY = {"全天", "全日", "昼夜", "24小时", "whole day"}
CLOCK = r"(\d{1,2})(?:[:：时点](\d{2})?分?)"
NEXT_DAY = r"(?:次日|第二天|翌日|隔天)?"
HOURS = re.compile(CLOCK + r"(?:[-–—~～]+|至|到)" + NEXT_DAY + CLOCK)
BESIDE = re.compile(r"[（(\[【].*?[)）\]】]|(?:星期|周|礼拜)[一二三四五六日天]")
SHORT_DAY = re.compile(r"(\d{1,2})(?:月|[./-])(\d{1,2})[日号]?")
DIVIDERS = re.compile(r"[、，,;；/\n]+")
DAY = timedelta(days=1)
# A date kept as a small number is no date: Excel counts days from 1900.
FIRST_YEAR = 2000
LONGEST_NAME = 20
Told = dict[str, list[tuple[int, frozenset[str]]]]
Slot = tuple[datetime, datetime]


@dataclass(frozen=True)
class RosterRow:
    """One line: who is on duty from when to when; `fault` says why it stays out."""

    line: int
    day: date | None
    shift: str
    names: tuple[str, ...]
    leader: str
    phones: tuple[str, ...]
    office: str = ""
    slot: Slot | None = None
    people: tuple[int, ...] = ()
    leader_id: int | None = None
    fault: str = ""


class Fault(Exception):
    """Why a line stays out, in words."""


@dataclass
class _Above:
    """What the lines above said: merged cells name it once."""

    day: date | None = None
    shift: str = ""
    leader: str = ""
    lines: dict[tuple[Slot, int], int] = field(default_factory=dict)


def day_in(value: Any, near: date) -> date | None:
    """Read a day as rosters write it; without a year it is the one nearest to a day."""
    moment = moment_in(value)
    if moment is None and isinstance(value, str):
        text = "".join(BESIDE.sub("", value).split())
        found = SHORT_DAY.fullmatch(text)
        if found:
            return _nearest(int(found[1]), int(found[2]), near)
        moment = moment_in(re.sub(r"(?<=\d)[.](?=\d)", "-", text))
    if moment is None or moment.astimezone(SHANGHAI).year < FIRST_YEAR:
        return None
    return moment.astimezone(SHANGHAI).date()


def _nearest(month: int, day: int, near: date) -> date | None:
    found = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return min(found, key=lambda one: abs(one - near), default=None)


def hours_in(text: str, opens: time, closes: time) -> tuple[time, time] | None:
    """Read from when to when a shift lasts; an end not after its beginning is next day.

    Day and night divide where the offices open and close; no word is the whole day.
    """
    told = "".join(text.split()).lower()
    found = HOURS.search(told)
    if found:
        begin = _time_in(found[1], found[2])
        end = _time_in(found[3], found[4])
        return None if begin is None or end is None else (begin, end)
    told = BESIDE.sub("", told)
    if told in BY_DAY:
        return opens, closes
    if told in BY_NIGHT:
        return closes, opens
    return (opens, opens) if not told or told in WHOLE_DAY else None


def _time_in(hour: str, minute: str | None) -> time | None:
    told = int(hour) * 60 + int(minute or 0)
    if told > 24 * 60 or int(minute or 0) > 59:
        return None
    return time(told // 60 % 24, told % 60)


def slot_of(day: date, hours: tuple[time, time]) -> Slot:
    """Return from when to when a shift of a day lasts, in UTC."""
    begin, end = hours
    return local(day, begin), local(day if end > begin else day + DAY, end)


def roster_reader(town: Town) -> Callable[[Line], RosterRow]:
    """Return what reads the lines of one file, and knows who works for the town."""
    known = _people_here()
    over = _shifts_over()
    calendar = calendar_of(town)
    above = _Above()

    def read(line: Line) -> RosterRow:
        day, shift, leader = _told_above(line, above)
        names = _names_in(line.word("people"), known)
        phones = tuple(filter(None, DIVIDERS.split(line.word("phone"))))
        office = line.word("office")
        row = RosterRow(line.number, day, shift, names, leader, phones, office)
        try:
            hours = hours_in(shift, calendar.opens, calendar.closes)
            return _whole(row, hours, known, over, above)
        except Fault as fault:
            return replace(row, fault=str(fault))

    return read


def _told_above(line: Line, above: _Above) -> tuple[date | None, str, str]:
    """Return day, shift and leader of a line, from above where it leaves them out."""
    shift, leader = line.word("shift"), line.word("leader")
    if not line.word("day"):
        shift = shift or above.shift
    else:
        above.day = day_in(line.told.get("day"), today())
    above.shift, above.leader = shift, leader or above.leader
    return above.day, shift, above.leader


def _whole(
    row: RosterRow,
    hours: tuple[time, time] | None,
    known: Told,
    over: dict[Slot, set[int]],
    above: _Above,
) -> RosterRow:
    """Return a line with what its words mean; `Fault` where they mean nothing."""
    if row.day is None:
        raise Fault(_("the day cannot be read"))
    if hours is None:
        raise Fault(_("the shift “%(shift)s” cannot be read") % {"shift": row.shift})
    if not row.names:
        raise Fault(_("nobody is named"))
    slot = slot_of(row.day, hours)
    people = tuple(_person(name, row.office, known) for name in row.names)
    leader_id = _person(_bare(row.leader), "", known) if row.leader else None
    for person in people:
        if slot[1] <= now() and person not in over.get(slot, ()):
            raise Fault(_("this shift is over already"))
        first = above.lines.setdefault((slot, person), row.line)
        if first != row.line:
            raise Fault(_("the same as row %(row)d") % {"row": first})
    phones = _phones(row.phones, len(people))
    return replace(
        row,
        shift=(row.shift or _("whole day"))[:LONGEST_NAME],
        phones=phones,
        slot=slot,
        people=people,
        leader_id=leader_id,
    )


def _phones(told: tuple[str, ...], people: int) -> tuple[str, ...]:
    """Return one telephone for each person: their own, one of the room, or none."""
    try:
        phones = tuple(normalise_phone(one) for one in told)
    except BadPhone as error:
        raise Fault(str(error)) from error
    if len(phones) == people:
        return phones
    if len(phones) > 1:
        told_wrong = {"phones": len(phones), "people": people}
        raise Fault(
            _("%(phones)d telephones for %(people)d people: one each, or one for all")
            % told_wrong
        )
    return (phones or ("",)) * people


def _person(name: str, office: str, known: Told) -> int:
    """Return who bears a name; an office tells two of one name apart."""
    same = known.get(name, [])
    if len(same) > 1 and office:
        same = [one for one in same if office in one[1]]
    if len(same) == 1:
        return same[0][0]
    told = {"name": name}
    if same:
        raise Fault(_("several people are called “%(name)s”; add the office") % told)
    raise Fault(_("nobody who works for the town is called “%(name)s”") % told)


def _bare(text: str) -> str:
    """Return a name without what stands in brackets and without blanks."""
    return "".join(BESIDE.sub("", text).split())


def _names_in(text: str, known: Told) -> tuple[str, ...]:
    """Divide the names of a cell: short names are often written with a blank inside."""
    names: list[str] = []
    for part in filter(None, (part.strip() for part in DIVIDERS.split(text))):
        whole = _bare(part)
        words = BESIDE.sub("", part).split()
        names += words if whole not in known and len(words) > 1 else [whole]
    return tuple(filter(None, names))


def _people_here() -> Told:
    known: dict[int, tuple[str, set[str]]] = {}
    held = Tenure.objects.filter(until=None, person__left_at=None)
    for one in held.select_related("person", "post__organisation"):
        offices = known.setdefault(one.person_id, (one.person.name, set()))[1]
        offices.add(one.post.organisation.name)
    found: Told = {}
    for pk, (name, offices) in known.items():
        found.setdefault("".join(name.split()), []).append((pk, frozenset(offices)))
    return found


def _shifts_over() -> dict[Slot, set[int]]:
    """Return who was on duty in the shifts that are over: they stay as they were."""
    found: dict[Slot, set[int]] = {}
    for one in Shift.objects.filter(ends_at__lte=now()):
        people = found.setdefault((one.starts_at, one.ends_at), set())
        people |= {one.person_id, one.listed_id}
    return found


def read_roster(path: Path, town: Town) -> Preview[RosterRow]:
    """Read a roster; `BadSheet` if it is none, or too long."""
    return read_whole(path, NAMES, NEEDED, roster_reader(town))


def roster_sheet(shifts: Iterable[Shift], town: Town) -> Iterator[list[str]]:
    """Write a roster as it can be brought in again: one person a row."""
    calendar = calendar_of(town)
    yield HEADER
    for one in shifts:
        begin, end = one.starts_at.astimezone(SHANGHAI), one.ends_at
        hours = hours_in(one.name, calendar.opens, calendar.closes)
        as_named = hours and slot_of(begin.date(), hours) == (one.starts_at, end)
        yield [
            begin.date().isoformat(),
            WEEKDAYS[begin.weekday()],
            one.name if as_named else hours_shown(one),
            one.person.name,
            one.leader.name if one.leader else "",
            phone_of(one),
        ]


def hours_shown(shift: Shift) -> str:
    """Write from when to when a shift lasts, such as 17:30-次日08:30."""
    begin = shift.starts_at.astimezone(SHANGHAI)
    end = shift.ends_at.astimezone(SHANGHAI)
    next_day = "次日" if end.date() > begin.date() else ""
    return f"{begin:%H:%M}-{next_day}{end:%H:%M}"


def example_rows() -> list[list[str]]:
    """Return a table to fill in, in the words that are looked for."""
    day = today()
    return [
        ["日期", "班次", "值班人员", "带班领导", "电话"],
        [day.isoformat(), "夜班", "张三、李四", "王五", "0570-6001234"],
        [(day + DAY).isoformat(), "全天", "赵六", "王五", "13800000000"],
        [(day + 2 * DAY).isoformat(), "18:00-次日8:00", "张三", "王五", ""],
    ]


def cells_of(row: RosterRow) -> list[str]:
    """Return what a line says, for the page on which it is looked at."""
    return [
        row.day.isoformat() if row.day else "",
        _span_shown(row),
        "、".join(row.names),
        row.leader,
        "、".join(dict.fromkeys(filter(None, row.phones))),
        row.office,
    ]


def _span_shown(row: RosterRow) -> str:
    if row.slot is None:
        return row.shift
    begin, end = (at.astimezone(SHANGHAI) for at in row.slot)
    return f"{row.shift} {begin:%m-%d %H:%M}–{end:%m-%d %H:%M}"
