"""Reads earlier years' lists from a table, and writes them as one."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from luoshi.core.refusals import Refusal
from luoshi.core.sheets import Line, Names, Preview, read_whole
from luoshi.projects.actions.earlier import Past, check_past
from luoshi.projects.models import Earlier
from luoshi.projects.models.lasting import Thing

NAMES: Names = {
    "year": ("年份", "年度", "year"),
    "title": ("项目", "项目名称", "名称", "title"),
    "cost": ("造价", "投资", "金额", "cost"),
    "years_of_use": ("能用几年", "使用年限", "years of use"),
    "people_a_day": ("每天多少人用", "每天用的人数", "people a day"),
    "upkeep_yearly": ("一年管护经费", "管护经费", "upkeep a year"),
    "asked": ("谁提出的", "来源", "who asked"),
    "kind": ("种类", "类别", "kind"),
    "appearance": ("花在样子上的", "for looks"),
}
NEEDED = ("year", "title", "cost")
ASKED = {
    "群众": Earlier.Asked.RESIDENTS,
    "居民": Earlier.Asked.RESIDENTS,
    "村民": Earlier.Asked.RESIDENTS,
    "residents": Earlier.Asked.RESIDENTS,
    "村": Earlier.Asked.VILLAGE,
    "村里": Earlier.Asked.VILLAGE,
    "village": Earlier.Asked.VILLAGE,
    "单位": Earlier.Asked.OFFICE,
    "部门": Earlier.Asked.OFFICE,
    "office": Earlier.Asked.OFFICE,
}
KINDS = {
    "路": Thing.ROAD,
    "路灯": Thing.LAMPS,
    "水渠": Thing.CANAL,
    "饮水": Thing.WATER,
    "桥": Thing.BRIDGE,
    "房子": Thing.HOUSE,
    "公厕": Thing.TOILET,
    "垃圾": Thing.WASTE,
    "广场": Thing.SQUARE,
    "牌子和屏": Thing.SCREEN,
    "别的": Thing.OTHER,
}
YEAR = re.compile(r"^(\d{4})年?$")
# Ten thousand yuan, as such lists are written: the head says so.
WAN = 10_000


@dataclass(frozen=True)
class Told:
    """One row as it was written, and what it says; `fault` says why it stays out."""

    line: int
    cells: list[str]
    past: Past | None = None
    fault: str = ""


def read_earlier(path: Path) -> Preview[Told]:
    """Read a file of earlier lists; `BadSheet` if it is none, or too long."""
    seen: set[tuple[int, str]] = set()

    def read(line: Line) -> Told:
        cells = [line.word(key) for key in NAMES]
        try:
            past = _past(line)
            check_past(past)
        except Refusal as refusal:
            return Told(line.number, cells, fault=refusal.sentence)
        except ValueError as error:
            return Told(line.number, cells, fault=str(error))
        if (past.year, past.title) in seen:
            return Told(line.number, cells, fault=_("this project is there twice"))
        seen.add((past.year, past.title))
        return Told(line.number, cells, past)

    return read_whole(path, NAMES, NEEDED, read)


def _past(line: Line) -> Past:
    year = YEAR.match(line.word("year"))
    if year is None:
        raise ValueError(_("the year “%(year)s” cannot be read") % _said(line, "year"))
    cost = _fen(line, "cost")
    if cost is None:
        raise ValueError(_("the cost is missing"))
    return Past(
        int(year[1]),
        line.word("title").strip()[:80],
        cost,
        kind=_one_of(line, "kind", KINDS) or Thing.OTHER,
        years_of_use=_whole(line, "years_of_use", "年"),
        people_a_day=_whole(line, "people_a_day", "人"),
        upkeep_yearly=_fen(line, "upkeep_yearly"),
        asked=_one_of(line, "asked", ASKED),
        appearance=_fen(line, "appearance"),
    )


def _said(line: Line, key: str) -> dict[str, str]:
    return {key: line.word(key)}


def _one_of(line: Line, key: str, known: dict[str, Any]) -> str:
    word = line.word(key).lower()
    if word and word not in known:
        told = _("“%(word)s” is not known here. Known are: %(known)s")
        raise ValueError(told % {"word": word, "known": "、".join(known)})
    return str(known[word]) if word else ""


def _fen(line: Line, key: str) -> int | None:
    """Read ten thousand yuan; nothing where nothing is written."""
    word = line.word(key).replace(",", "").replace("，", "").removesuffix("万元")
    if not word:
        return None
    try:
        fen = Decimal(word) * WAN * 100
        whole = int(fen)
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise _no_number(word) from error
    if whole != fen:
        raise _no_number(word)
    return whole


def _whole(line: Line, key: str, unit: str) -> int | None:
    word = line.word(key).replace(",", "").replace("，", "").removesuffix(unit)
    if not word:
        return None
    if not word.isascii() or not word.isdigit() or len(word) > 9:
        raise _no_number(word)
    return int(word)


def _no_number(word: str) -> ValueError:
    return ValueError(_("“%(word)s” is no number here") % {"word": word})


def head() -> list[str]:
    """Return the names of the columns, with the unit of money in brackets."""
    money = ("cost", "upkeep_yearly", "appearance")
    return [
        f"{names[0]}（万元）" if key in money else names[0]
        for key, names in NAMES.items()
    ]


def earlier_rows(lines: list[Earlier]) -> list[list[Any]]:
    """Return what is kept as a table that can be brought in again."""
    asked = {str(value): word for word, value in reversed(ASKED.items())}
    kinds = {str(value): word for word, value in KINDS.items()}

    def wan(fen: int | None) -> Decimal | None:
        return None if fen is None else Decimal(fen) / (WAN * 100)

    rows: list[list[Any]] = [
        [
            *(one.year, one.title, wan(one.cost), one.years_of_use),
            *(one.people_a_day, wan(one.upkeep_yearly)),
            asked.get(one.asked),
            kinds[one.kind],
            wan(one.appearance),
        ]
        for one in lines
    ]
    return [head(), *rows]
