"""Reads a village's own list of households."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from luoshi.alerts.rules import villages_of
from luoshi.core.actors import Staff
from luoshi.core.secrets import BadPhone, normalise_phone
from luoshi.core.sheets import Line, Names, Preview, read_whole
from luoshi.core.sheets.population import count_in

NAMES: Names = {
    "village": ("村", "村（社区）", "村名", "行政村", "village"),
    "group": ("组", "村民小组", "小组", "网格", "group"),
    "name": ("户主", "户主姓名", "姓名", "name"),
    "phone": ("电话", "手机", "手机号", "联系电话", "phone"),
    "kind": ("类别", "户类", "类型", "kind"),
    "people": ("人数", "人口", "家庭人口", "people"),
    "need": ("需要帮助", "帮助", "特殊情况", "help"),
}
NEEDED = ("village", "name", "phone", "kind")
NO_HELP = {"", "无", "否", "不需要", "没有", "no", "-", "0"}
HELP = {"是", "需要", "有", "yes", "1"}
MOST_PEOPLE = 99
HEADER = [names[0] for names in NAMES.values()]


@dataclass(frozen=True)
class Row:
    """One household of the table; `fault` says why it stays out, or is empty."""

    line: int
    village: str
    group: str
    name: str
    phone: str
    kind: str
    people: int = 1
    needs_help: bool = False
    need: str = ""
    village_id: int = 0
    fault: str = ""

    @property
    def key(self) -> str:
        """Return by what the next list finds the household again."""
        return f"{self.village_id}|{self.group}|{self.name}"


def row_reader(staff: Staff) -> Callable[[Line], Row]:
    """Return what reads the lines of one file and knows those before."""
    villages: dict[str, int] = {}
    for village in villages_of(staff):
        villages |= dict.fromkeys([*village.aliases, village.name], village.pk)
    earlier: dict[tuple[str, str], int] = {}

    def read(line: Line) -> Row:
        row = _row(line, villages)
        if row.fault:
            return row
        same = earlier.setdefault((row.key, row.phone), row.line)
        if same != row.line:
            return _faulty(line, _("row %(row)d names the same household"), row=same)
        return row

    return read


def _row(line: Line, villages: dict[str, int]) -> Row:
    village_id = villages.get(line.word("village"))
    if village_id is None:
        return _faulty(
            line,
            _("“%(name)s” is no village of yours"),
            name=line.word("village"),
        )
    if not line.word("name"):
        return _faulty(line, _("the name is missing"))
    if not line.word("kind"):
        return _faulty(line, _("the kind of household is missing"))
    try:
        phone = normalise_phone(line.word("phone")) if line.word("phone") else ""
    except BadPhone as error:
        return _faulty(line, str(error))
    people = count_in(line.word("people") or "1")
    if people is None or not 1 <= people <= MOST_PEOPLE:
        told = line.word("people")
        return _faulty(line, _("“%(people)s” is no number of people"), people=told)
    need = line.word("need")
    return Row(
        line.number,
        village=line.word("village"),
        group=line.word("group")[:60],
        name=line.word("name")[:60],
        phone=phone,
        kind=line.word("kind")[:30],
        people=people,
        needs_help=need.lower() not in NO_HELP,
        need="" if need.lower() in NO_HELP | HELP else need[:100],
        village_id=village_id,
    )


def _faulty(line: Line, fault: str, **told: object) -> Row:
    return Row(
        line.number,
        line.word("village"),
        line.word("group"),
        line.word("name"),
        line.word("phone"),
        line.word("kind"),
        fault=fault % told if told else fault,
    )


def read_households(path: Path, staff: Staff) -> Preview[Row]:
    """Read a list of households; `BadSheet` if it is none, or too long."""
    return read_whole(path, NAMES, NEEDED, row_reader(staff))
