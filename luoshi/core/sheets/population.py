"""Reads how many people live in each village, by sex and age band."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from luoshi.core.clock import SHANGHAI, today
from luoshi.core.models import Population, Village
from luoshi.core.population import OLDEST, Band, bands_of, in_bands
from luoshi.core.sheets.keep import sheet_bytes
from luoshi.core.sheets.moments import moment_in
from luoshi.core.sheets.read import Line, Names, Preview, read_whole
from luoshi.core.villages import population_now

NAMES: Names = {
    "village": ("村", "村（社区）", "村名", "village"),
    "sex": ("性别", "sex"),
    "band": ("年龄段", "年龄", "age band", "age"),
    "people": ("人数", "人口", "people"),
    "on": ("日期", "统计日期", "截至日期", "date"),
}
NEEDED = tuple(NAMES)
SEXES = {
    "女": Population.Sex.FEMALE,
    "女性": Population.Sex.FEMALE,
    "female": Population.Sex.FEMALE,
    "男": Population.Sex.MALE,
    "男性": Population.Sex.MALE,
    "male": Population.Sex.MALE,
}
SEX_WORDS = {Population.Sex.FEMALE.value: "女", Population.Sex.MALE.value: "男"}
BETWEEN = re.compile(r"^(\d{1,3})岁?(?:-|–|—|~|～|至|到)(\d{1,3})岁?$")
FROM = re.compile(r"^(\d{1,3})(?:岁?(?:及|或)?以上|岁?\+)$")
UP_TO = re.compile(r"^(\d{1,3})岁?(?:及|或)以下$")
MOST_PEOPLE = 1_000_000


@dataclass(frozen=True)
class Figure:
    """One row; `fault` says why it stays out, or is empty."""

    line: int
    village: str
    sex: str
    band: str
    people: str
    village_id: int = 0
    on: date | None = None
    age_from: int = 0
    age_to: int | None = None
    count: int = 0
    fault: str = ""

    @property
    def sex_shown(self) -> str:
        """Return the sex in the reader's words, or as it was written."""
        if self.sex in Population.Sex.values:
            return str(Population.Sex(self.sex).label)
        return self.sex


def band_in(text: str) -> tuple[int, int | None] | None:
    """Read an age band as people write it; None if it cannot be read."""
    told = "".join(text.split())
    if found := BETWEEN.match(told):
        first, last = int(found[1]), int(found[2])
        return (first, last) if first <= last <= OLDEST else None
    if found := FROM.match(told):
        return (int(found[1]), None) if int(found[1]) <= OLDEST else None
    if found := UP_TO.match(told):
        return (0, int(found[1])) if int(found[1]) <= OLDEST else None
    return None


def count_in(text: str) -> int | None:
    """Read a number of people; None if it cannot be one."""
    digits = text.replace(",", "").replace("，", "").removesuffix("人")
    if not digits.isascii() or not digits.isdigit() or int(digits) > MOST_PEOPLE:
        return None
    return int(digits)


def overlap(one: tuple[int, int | None], two: tuple[int, int | None]) -> bool:
    """Tell whether somebody would be counted in both bands."""
    (first, first_end), (second, second_end) = one, two
    return first <= (OLDEST if second_end is None else second_end) and second <= (
        OLDEST if first_end is None else first_end
    )


def figure_reader() -> Callable[[Line], Figure]:
    """Return what reads the lines of one file and knows those before."""
    villages: dict[str, Village] = {}
    for village in Village.objects.all():
        villages |= dict.fromkeys([*village.aliases, village.name], village)
    earlier: dict[tuple[int, date, str], list[Figure]] = {}

    def read(line: Line) -> Figure:
        figure = _figure(line, villages)
        if figure.fault or figure.on is None:
            return figure
        same = earlier.setdefault((figure.village_id, figure.on, figure.sex), [])
        for other in same:
            if overlap(
                (figure.age_from, figure.age_to), (other.age_from, other.age_to)
            ):
                fault = _("row %(row)d counts the same people") % {"row": other.line}
                return Figure(line.number, *_words(line), fault=fault)
        same.append(figure)
        return figure

    return read


def _words(line: Line) -> tuple[str, str, str, str]:
    return (
        line.word("village"),
        line.word("sex"),
        line.word("band"),
        line.word("people"),
    )


def _figure(line: Line, villages: dict[str, Village]) -> Figure:
    village, sex, band, people = _words(line)
    moment = moment_in(line.told.get("on"))
    told: dict[str, Any] = {
        "village": villages.get(village),
        "sex": SEXES.get(sex.lower()),
        "band": band_in(band),
        "count": count_in(people),
        "on": moment.astimezone(SHANGHAI).date() if moment else None,
    }
    fault = _fault(line, told)
    if fault:
        return Figure(line.number, village, sex, band, people, fault=fault)
    age_from, age_to = told["band"]
    return Figure(
        line.number,
        village,
        told["sex"],
        band,
        people,
        village_id=told["village"].pk,
        on=told["on"],
        age_from=age_from,
        age_to=age_to,
        count=told["count"],
    )


def _fault(line: Line, told: dict[str, Any]) -> str:
    if told["village"] is None:
        return _("the town has no village “%(name)s”") % {"name": line.word("village")}
    if told["sex"] is None:
        return _("the sex “%(sex)s” cannot be read") % {"sex": line.word("sex")}
    if told["band"] is None:
        return _("the age band “%(band)s” cannot be read") % {"band": line.word("band")}
    if told["count"] is None:
        return _("“%(people)s” is no number of people") % {
            "people": line.word("people")
        }
    if told["on"] is None:
        return _("the day “%(day)s” cannot be read") % {"day": line.word("on")}
    if told["on"] > today():
        return _("the day “%(day)s” is after today") % {"day": told["on"].isoformat()}
    ended = told["village"].ended_on
    if ended is not None and told["on"] >= ended:
        return _("%(name)s has been part of %(head)s since %(day)s") % {
            "name": told["village"].name,
            "head": told["village"].head_name,
            "day": ended.isoformat(),
        }
    return ""


def figures_sheet() -> bytes:
    """Return the figures of today as a sheet that can be brought in again."""
    # In Chinese whatever the reader's language: these are the names that are read.
    header = [NAMES[key][0] for key in NEEDED]
    now = population_now()
    rows: list[list[Any]] = []
    for village in Village.objects.filter(ended_on=None):
        own = now.get(village.pk, [])
        people = in_bands(own, bands_of(own))
        rows += [
            [village.name, SEX_WORDS[sex], _band_word(band), count, _newest(own)]
            for (sex, band), count in sorted(people.items(), key=lambda one: one[0])
        ]
    return sheet_bytes([header, *rows])


def _band_word(band: Band) -> str:
    first, last = band
    return f"{first}岁以上" if last is None else f"{first}-{last}岁"


def _newest(rows: list[Population]) -> str:
    return max(row.on for row in rows).isoformat()


def read_figures(path: Path) -> Preview[Figure]:
    """Read a file of figures; `BadSheet` if it is none, or too long."""
    return read_whole(path, NAMES, NEEDED, figure_reader())
