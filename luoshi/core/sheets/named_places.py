"""Reads the town's names of roads, estates and facilities from a table."""

from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from luoshi.core.actions.named_places import LONGEST, Called, names_in
from luoshi.core.models import NamedPlace, Village
from luoshi.core.sheets.read import Line, Names, Preview, read_whole

NAMES: Names = {
    "name": ("名称", "地名", "name"),
    "kind": ("类型", "类别", "kind"),
    "aliases": ("别名", "俗称", "又叫", "aliases"),
    "village": ("村", "村（社区）", "所在村", "village"),
}
NEEDED = ("name", "kind")
# The first sign that a word of each kind has.
KINDS = {
    NamedPlace.Kind.ROAD: ("道路", "公路", "路", "桥", "road"),
    NamedPlace.Kind.ESTATE: ("小区", "聚居点", "安置点", "自然村", "estate"),
    NamedPlace.Kind.FACILITY: ("设施", "学校", "卫生室", "市场", "单位", "facility"),
    NamedPlace.Kind.WATER: ("水利", "渠", "塘", "水库", "河", "water"),
}


def read_named_places(path: Path) -> Preview[Called]:
    """Read a file; `BadSheet` if it is none."""
    return read_whole(path, NAMES, NEEDED, _reader())


def _reader() -> Callable[[Line], Called]:
    villages: dict[str, int] = {}
    for village in Village.objects.all():
        villages |= dict.fromkeys([*village.aliases, village.name], village.pk)
    earlier: dict[str, int] = {}

    def read(line: Line) -> Called:
        name, village = line.word("name"), line.word("village")
        kind = line.word("kind")
        found = next((one for one, words in KINDS.items() if kind in words), None)
        fault = ""
        if not name or len(name) > LONGEST:
            fault = _("no name, or one of more than %(most)d characters") % {
                "most": LONGEST
            }
        elif name in earlier:
            fault = _("row %(row)d has this name") % {"row": earlier[name]}
        elif found is None:
            fault = _(
                "“%(kind)s” is no kind of place; write 道路, 小区, 设施 or 水利"
            ) % {"kind": kind}
        elif village and village not in villages:
            fault = _("there is no village %(village)s") % {"village": village}
        if not fault:
            earlier[name] = line.number
        return Called(
            name=name,
            kind=found or "",
            aliases=names_in(line.word("aliases")),
            village_id=villages.get(village),
            line=line.number,
            kind_told=kind,
            village_told=village,
            fault=fault,
        )

    return read
