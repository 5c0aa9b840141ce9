"""Names of places in a text: from the town's own gazetteer, and by how they end.

A pattern finds a name by its last word (小区, 路, 村, 学校) and cuts what stands before
it at words that no name begins with. It finds some words that are no names; whoever
counts pieces of names over many texts is not misled by them (see `features`).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from luoshi.engines.text import clean

__all__ = ["EMPTY", "Gazetteer", "Mention", "mentions"]

# What names of places end with; longer ones first, so that 社区 is not read as 区.
ENDINGS = """
    小区 社区 新村 花园 家园 公寓 公馆 广场 大厦 新城 国际 路口 大道 街道 学校 中学
    小学 学院 大学 幼儿园 敬老院 福利院 卫生院 卫生室 医院 诊所 公园 市场 超市 酒店
    宾馆 饭店 水库 大桥 车站 地铁站 号线
    合作社 砖厂 矿山 祠堂 屋场 苑 园 城 湾 郡 村 组 队 寨 屯 路 街 巷
    桥 湖 河 渠 塘 坝 厂 场 矿 寺 庭 墅 邸
"""
# Words that stand before a name and are none of it.
BEFORE = """
    投诉 反映 反应 咨询 举报 建议 请问 询问 希望 关于 尊敬 领导 坐落 座落 市民 我们
    强烈 要求 请求 加快 解决 附近 旁边 再次 这个 那个 一个 进入 通往 路过 请修 请
"""
# Characters that no name has: where one stands, the name begins after it.
_NEVER = (
    "的在是于位对把和与及到从至被给让了我你他她它们这那有无没不且但而因为由向将也都就还"
    "很去来说会能可等又"
)
_ENDING = "|".join(sorted(ENDINGS.split(), key=len, reverse=True))
_NAME = re.compile(
    rf"([^\W\d_a-z{_NEVER}]{{2,6}}?)(?:{_ENDING})+(?![民市管委织长商家所地灯])"
)
# What stands right behind a wider place is a name, however it ends: A 区麓谷林语.
_BEHIND = re.compile(
    r"(?:[a-z]\d*[市区县]|[^小社园校景片城]区|.[县镇乡]|街道)([\u3400-\u9fff]{4})"
)
_BEFORE = re.compile(rf"(?:{'|'.join(BEFORE.split())})+")
_WIDER = re.compile(r".*[省市区县镇乡]")


@dataclass(frozen=True)
class Mention:
    """A name in a text: its first and last position, and its entry if it has one."""

    start: int
    end: int
    name: str
    known: str | None = None
    # Without an ending that says so, and perhaps cut in the wrong place.
    guessed: bool = False


@dataclass(frozen=True)
class Gazetteer:
    """The town's own names: villages, groups, roads, estates, facilities, with aliases.

    `names` maps what identifies a place to all that it is called. A name that two
    places share (前进组 of two villages) is left out by `of`, for it tells neither.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, places: Mapping[str, Iterable[str]]) -> "Gazetteer":
        """Build one from `{identity: [name, alias, ...]}`; single signs are no name."""
        owners: dict[str, set[str]] = {}
        for identity, called in places.items():
            for name in called:
                if len(short := clean(name)) >= 2:
                    owners.setdefault(short, set()).add(identity)
        names = {name: min(whose) for name, whose in owners.items() if len(whose) == 1}
        heads: dict[str, list[str]] = {}
        for name in sorted(names, key=lambda name: (-len(name), name)):
            heads.setdefault(name[:2], []).append(name)
        return cls(names, {head: tuple(those) for head, those in heads.items()})

    def find(self, text: str) -> list[Mention]:
        """Return the entries named in a cleaned text, the longest at each place."""
        found, at = [], 0
        while self.heads and at < len(text) - 1:
            for name in self.heads.get(text[at : at + 2], ()):
                if text.startswith(name, at):
                    found.append(Mention(at, at + len(name), name, self.names[name]))
                    at += len(name) - 1
                    break
            at += 1
        return found


EMPTY = Gazetteer()


def _by_pattern(text: str) -> list[Mention]:
    """Return what looks like a name of a place in a cleaned text."""
    found = []
    for match in _NAME.finditer(text):
        stem, start = match[1], match.start()
        for cut in (_WIDER.match(stem), _BEFORE.match(stem)):
            if cut:
                start = max(start, match.start() + cut.end())
        if match.end() - start >= 3:
            found.append(Mention(start, match.end(), text[start : match.end()]))
    for match in _BEHIND.finditer(text):
        found.append(Mention(match.start(1), match.end(), match[1], guessed=True))
    return found


def mentions(text: str, gazetteer: Gazetteer = EMPTY) -> list[Mention]:
    """Return the places named in a cleaned text, in order; known names win."""
    known = gazetteer.find(text)
    covered = {at for mention in known for at in range(mention.start, mention.end)}
    guessed = [
        mention
        for mention in _by_pattern(text)
        if not known or covered.isdisjoint(range(mention.start, mention.end))
    ]
    return sorted([*known, *guessed], key=lambda mention: mention.start)
