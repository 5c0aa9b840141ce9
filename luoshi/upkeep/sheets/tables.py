"""Reads assets from a table: one row each, by their numbers."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from luoshi.core.clock import SHANGHAI, today
from luoshi.core.models import Organisation, Village
from luoshi.core.sheets import (
    Line,
    Names,
    Preview,
    moment_in,
    read_lines,
    read_whole,
    tidy,
)
from luoshi.core.villages import village_now
from luoshi.upkeep.actions.register import AssetTold, Named
from luoshi.upkeep.coordinates import System
from luoshi.upkeep.geometry import BadPlace, Meant, read_geometry
from luoshi.upkeep.models import Asset, AssetKind, Responsible
from luoshi.upkeep.queries import keepers, kinds_in_use

NAMES: Names = {
    "number": ("编号", "设施编号", "number"),
    "kind": ("类型", "设施类型", "kind"),
    "name": ("名称", "设施名称", "name"),
    "village": ("村", "村（社区）", "所在村", "village"),
    "place": ("位置", "地点", "place"),
    "road_class": ("公路等级", "路级", "road class"),
    "amount": ("长度或数量", "长度", "数量", "amount"),
    "built_year": ("建成年份", "建成年", "built"),
    "project": ("来源项目", "项目", "project"),
    "people_served": ("服务人数", "受益人数", "people"),
    "owner": ("权属", "权属单位", "owner"),
    "keeper": ("管护主体", "管护单位", "keeper"),
    "cost": ("重置价", "重置成本", "replacement cost"),
    "yearly": ("年管护费", "yearly upkeep"),
    "works_on": ("最近维修日期", "last works on"),
    "works": ("最近维修内容", "last works"),
    "leads": ("行政责任人",),
    "technical": ("技术责任人",),
    "watches": ("巡查责任人",),
    "longitude": ("经度", "longitude"),
    "latitude": ("纬度", "latitude"),
    "system": ("坐标系", "coordinates"),
}
NEEDED = ("number", "kind", "name")
# As the register is given out, which reads back the same.
HEADER = [
    *("编号", "类型", "名称", "村", "位置", "公路等级", "长度或数量", "建成年份"),
    *("来源项目", "服务人数", "权属", "管护主体", "重置价（元）", "年管护费（元）"),
    *("最近维修日期", "最近维修内容", "行政责任人", "技术责任人", "巡查责任人"),
    *("经度", "纬度", "坐标系"),
]
CLASSES = {
    "县道": Asset.RoadClass.COUNTY,
    "乡道": Asset.RoadClass.TOWN,
    "村道": Asset.RoadClass.VILLAGE,
}
SYSTEMS = {
    **dict.fromkeys(("wgs84", "cgcs2000", "国家2000"), System.WGS84),
    **dict.fromkeys(("gcj02", "国测局", "高德", "腾讯", "火星"), System.GCJ02),
    **dict.fromkeys(("bd09", "百度"), System.BD09),
}
# What stands behind a column's name in brackets, and by how much it multiplies.
UNITS = {
    "amount": {"公里": 1000, "千米": 1000, "km": 1000},
    "cost": {"万元": 10_000},
    "yearly": {"万元": 10_000},
}
MOST_AMOUNT, MOST_PEOPLE, MOST_YUAN = 100_000_000, 1_000_000, 10_000_000_000
FIRST_YEAR = 1900
NAMED = re.compile(r"^(.+?)\s*[（(](.+)[）)]$")
LONGEST = {"name": 80, "number": 40, "place": 120, "project": 80, "owner": 80}


@dataclass(frozen=True)
class AssetRow:
    """One row; `fault` says why it stays out, or is empty."""

    line: int
    shown: tuple[str, ...]
    told: AssetTold | None = None
    fault: str = ""


class _Fault(ValueError):
    """Why a cell cannot be read."""


class Reader:
    """Reads the rows of one file and knows those before."""

    def __init__(self, units: dict[str, int]) -> None:
        self.units = units
        self.kinds: dict[str, AssetKind] = {one.name: one for one in kinds_in_use()}
        self.villages: dict[str, Village] = {}
        for one in Village.objects.all():
            self.villages |= dict.fromkeys([*one.aliases, one.name], one)
        self.keepers: dict[str, Organisation] = {one.name: one for one in keepers()}
        self.earlier: dict[str, int] = {}

    def read(self, line: Line) -> AssetRow:
        """Read one row of a table."""
        return self.row(line, lambda: _point_in(line))

    def row(self, line: Line, place: Any) -> AssetRow:
        """Read one row, with its place from wherever it stands."""
        shown = tuple(line.word(key) for key in NAMES)
        try:
            told = self._told(line, place)
        except (_Fault, BadPlace) as fault:
            return AssetRow(line.number, shown, fault=str(fault))
        return AssetRow(line.number, shown, told)

    def _told(self, line: Line, place: Any) -> AssetTold:
        number = line.word("number")
        if not number:
            raise _Fault(_("no number"))
        if number in self.earlier:
            told = {"row": self.earlier[number]}
            raise _Fault(_("row %(row)d has the same number") % told)
        facts = self._facts(line)
        if (geometry := place()) is not None:
            facts["geometry"] = geometry
        self.earlier[number] = line.number
        return AssetTold(facts, _named(line), number)

    def _facts(self, line: Line) -> dict[str, Any]:
        kind = self.kinds.get(line.word("kind"))
        if kind is None:
            raise _Fault(
                _("the town has no kind “%(name)s”") % {"name": line.word("kind")}
            )
        if not line.word("name"):
            raise _Fault(_("no name"))
        facts: dict[str, Any] = {"kind": kind}
        for key, most in LONGEST.items():
            if len(line.word(key)) > most:
                told = {"most": most, "count": len(line.word(key))}
                raise _Fault(_("%(count)d characters; %(most)d fit") % told)
            if key != "number" and line.word(key):
                facts[key] = line.word(key)
        for name, read in (
            ("village", self._village),
            ("keeper", self._keeper),
            ("road_class", lambda word: _road_class(word, kind)),
            ("amount", self._amount),
            ("built_year", _year),
            ("people_served", lambda word: _count(word, MOST_PEOPLE)),
        ):
            if word := line.word(name):
                facts[name] = read(word)
        return facts | self._money_and_works(line)

    def _money_and_works(self, line: Line) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        for key, name in (("cost", "replacement_fen"), ("yearly", "yearly_fen")):
            if cost := line.word(key):
                yuan = _number(cost) * self.units.get(key, 1)
                if not 0 <= yuan <= MOST_YUAN or (yuan * 100) % 1:
                    raise _Fault(_("“%(cost)s” is no sum of money") % {"cost": cost})
                facts[name] = int(yuan * 100)
        if line.word("works_on"):
            moment = moment_in(line.told["works_on"])
            day = moment.astimezone(SHANGHAI).date() if moment else None
            if day is None or day > today():
                raise _Fault(
                    _("the day “%(day)s” cannot be read or is after today")
                    % {"day": line.word("works_on")}
                )
            facts["last_works_on"] = day
        if line.word("works"):
            facts["last_works"] = line.word("works")[:120]
        return facts

    def _village(self, word: str) -> Village:
        village = self.villages.get(word)
        village = village_now(village.pk) if village and village.head_id else village
        if village is None:
            raise _Fault(_("the town has no village “%(name)s”") % {"name": word})
        return village

    def _keeper(self, word: str) -> Organisation:
        if word not in self.keepers:
            raise _Fault(_("the town has no office “%(name)s”") % {"name": word})
        return self.keepers[word]

    def _amount(self, word: str) -> int:
        amount = _number(word) * self.units.get("amount", 1)
        if not 0 < amount <= MOST_AMOUNT:
            raise _Fault(_("“%(amount)s” is no length or count") % {"amount": word})
        return round(amount)


def _number(word: str) -> Decimal:
    plain = word.replace(",", "").replace("，", "")
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise _Fault(_("“%(word)s” is no number") % {"word": word}) from error
    if not number.is_finite():
        raise _Fault(_("“%(word)s” is no number") % {"word": word})
    return number


def _count(word: str, most: int) -> int:
    number = _number(word.removesuffix("人"))
    if not 0 <= number <= most or number % 1:
        raise _Fault(_("“%(word)s” is no number") % {"word": word})
    return int(number)


def _year(word: str) -> int:
    year = _count(word.removesuffix("年"), 9999)
    if not FIRST_YEAR <= year <= today().year:
        raise _Fault(_("“%(year)s” is no year until now") % {"year": word})
    return year


def _road_class(word: str, kind: AssetKind) -> str:
    if not kind.is_road:
        raise _Fault(_("only a road has a class"))
    if word not in CLASSES:
        raise _Fault(
            _("“%(word)s” is no class of road: write %(classes)s")
            % {"word": word, "classes": "、".join(CLASSES)}
        )
    return CLASSES[word]


def _named(line: Line) -> tuple[Named, ...] | None:
    """Return who answers for it; None where the row says nothing of it."""
    told = [(duty, line.word(duty.value)) for duty in Responsible.Duty]
    found = [(duty, word) for duty, word in told if word]
    if not found:
        return None
    return tuple((duty.value, *person_in(word)) for duty, word in found)


def person_in(word: str) -> tuple[str, str]:
    """Read a name with the position in brackets."""
    parts = NAMED.match(word.strip())
    name, position = (parts[1], parts[2]) if parts else (word, "")
    return name[:40], position[:60]


def _point_in(line: Line) -> dict[str, Any] | None:
    """Return a table's point; the system is asked for, never guessed."""
    east, north = line.word("longitude"), line.word("latitude")
    if not east and not north:
        return None
    said = tidy(line.word("system")).replace("-", "")
    if said not in SYSTEMS:
        raise _Fault(
            _(
                "say in the column %(column)s in which system the coordinates are: "
                "WGS-84, GCJ-02 or BD-09"
            )
            % {"column": NAMES["system"][0]}
        )
    point = [float(_number(east or "x")), float(_number(north or "x"))]
    return read_geometry({"type": "Point", "coordinates": point}, Meant(SYSTEMS[said]))


def units_in(header: tuple[Any, ...]) -> dict[str, int]:
    """Return what the brackets behind the columns' names multiply by."""
    found: dict[str, int] = {}
    for cell in header:
        text = unicodedata.normalize("NFKC", str(cell or ""))
        for key, units in UNITS.items():
            if tidy(cell) in map(tidy, NAMES[key]):
                by = [times for unit, times in units.items() if f"({unit})" in text]
                found[key] = by[0] if by else 1
    return found


def read_assets(path: Path) -> Preview[AssetRow]:
    """Read a table of assets with all its rows; `BadSheet` if it is none."""
    header = next(read_lines(path, NAMES, NEEDED))
    assert isinstance(header, tuple)
    return read_whole(path, NAMES, NEEDED, Reader(units_in(header)).read)
