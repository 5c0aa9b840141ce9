"""Reads the list of duties (履职事项清单) from a table."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from luoshi.commitments.models import DutyItem
from luoshi.core.sheets import Line, Names, Preview, read_whole

NAMES: Names = {
    "title": ("事项", "事项名称", "履职事项", "title"),
    "tier": ("类型", "事项类型", "清单", "kind"),
    "lead_body": (
        *("主管部门", "县级部门", "牵头部门", "责任部门", "承接部门"),
        "department",
    ),
    "lead_phone": ("电话", "联系电话", "phone"),
    "keywords": ("关键词", "找得到的词", "words"),
    "source": ("依据", "来源", "source"),
}
NEEDED = ("title", "tier")
TIERS = {
    "基本": DutyItem.Tier.BASIC,
    "basic": DutyItem.Tier.BASIC,
    "配合": DutyItem.Tier.SHARED,
    "shared": DutyItem.Tier.SHARED,
    "上级收回": DutyItem.Tier.WITHDRAWN,
    "上级部门收回": DutyItem.Tier.WITHDRAWN,
    "收回": DutyItem.Tier.WITHDRAWN,
    "withdrawn": DutyItem.Tier.WITHDRAWN,
}
# “基本履职事项清单” says no more than “基本”.
TAIL = re.compile(r"(履职)?(事项)?(清单)?$")
DIVIDERS = re.compile(r"[\s、，,;；]+")
LONGEST = {"title": 200, "lead_body": 120, "lead_phone": 40, "source": 200}


@dataclass(frozen=True)
class DutyRow:
    """One line; `fault` says why it stays out, or is empty."""

    line: int
    title: str
    tier: str
    lead_body: str
    lead_phone: str
    source: str
    keywords: list[str]
    fault: str = ""

    @property
    def tier_shown(self) -> str:
        """Return the kind in the reader's words, or as it was written."""
        if self.tier in DutyItem.Tier.values:
            return str(DutyItem.Tier(self.tier).label)
        return self.tier


def tier_in(text: str) -> str:
    """Read a kind as lists write it; empty if it cannot be read."""
    told = "".join(text.split()).lower()
    return TIERS.get(TAIL.sub("", told, count=1), "")


def duty_reader() -> Callable[[Line], DutyRow]:
    """Return what reads the lines of one file and knows the titles before."""
    earlier: dict[str, int] = {}

    def read(line: Line) -> DutyRow:
        fault = _fault(line, earlier)
        earlier.setdefault(line.word("title"), line.number)
        return DutyRow(
            line.number,
            title=line.word("title"),
            tier=tier_in(line.word("tier")) or line.word("tier"),
            lead_body=line.word("lead_body"),
            lead_phone=line.word("lead_phone"),
            source=line.word("source"),
            keywords=list(filter(None, DIVIDERS.split(line.word("keywords")))),
            fault=fault,
        )

    return read


def _fault(line: Line, earlier: dict[str, int]) -> str:
    title = line.word("title")
    if not title:
        return _("no title")
    if title in earlier:
        return _("the same as row %(row)d") % {"row": earlier[title]}
    for name, most in LONGEST.items():
        if len(line.word(name)) > most:
            return _("%(count)d characters; %(most)d fit") % {
                "count": len(line.word(name)),
                "most": most,
            }
    tier = tier_in(line.word("tier"))
    if not tier:
        return _("the kind “%(kind)s” is none of 基本, 配合, 上级收回") % {
            "kind": line.word("tier")
        }
    if tier != DutyItem.Tier.BASIC and not line.word("lead_body"):
        return _("the county's department is missing")
    return ""


def read_duties(path: Path) -> Preview[DutyRow]:
    """Read a list of duties; `BadSheet` if it is none, or too long."""
    return read_whole(path, NAMES, NEEDED, duty_reader())
