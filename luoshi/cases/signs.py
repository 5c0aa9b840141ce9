"""Words that make a person look: is it about somebody's conduct, is a child harmed?

Data, not a decision: a list asks the person who tells it, or the dispatcher, and they
decide. A town adds words of its own in its rules ("signs_conduct", "signs_minor").
"""

from dataclasses import dataclass

from luoshi.cases.models import SealedMatter
from luoshi.core.models import Town


@dataclass(frozen=True)
class Signs:
    """A list of words: one of `alone`, or one of `who` together with one of `what`."""

    kind: str
    source: str
    # The day from which the source is in force.
    since: str
    alone: tuple[str, ...]
    who: tuple[str, ...]
    what: tuple[str, ...]


LISTS = (
    Signs(
        SealedMatter.Kind.MINOR,
        source="未成年人保护法第十一条；国家监委等九部门《关于建立侵害未成年人案件"
        "强制报告制度的意见（试行）》第四条",
        since="2021-06-01",
        alone=("性侵", "猥亵", "童工", "拐卖儿童", "虐待儿童", "打孩子", "校园欺凌"),
        who=(
            *("孩子", "小孩", "儿童", "未成年", "学生", "女童", "男童", "婴儿", "幼儿"),
            *("娃", "小姑娘", "孙子", "孙女", "岁的女儿", "岁的儿子"),
        ),
        what=(
            *("虐待", "毒打", "殴打", "挨打", "被打", "打骂", "打伤", "家暴", "体罚"),
            *("欺凌", "遗弃", "没人管", "不给饭吃", "锁在", "关在家", "伤痕", "淤青"),
            *("失踪", "被拐", "自残", "自杀", "乱摸", "流浪", "乞讨"),
        ),
    ),
    Signs(
        SealedMatter.Kind.CONDUCT,
        source="纪检监察机关处理检举控告工作规则",
        since="2020-01-21",
        alone=(
            *("检举", "控告", "贪污", "受贿", "行贿", "索贿", "吃拿卡要", "以权谋私"),
            *("公款吃喝", "吃回扣", "拿回扣", "优亲厚友", "侵占集体", "小金库"),
        ),
        who=(
            *(
                "书记",
                "支书",
                "主任",
                "村干部",
                "镇干部",
                "干部",
                "镇长",
                "所长",
                "站长",
            ),
            *("会计", "村委", "支委", "组长", "工作人员", "网格员", "办事员", "公务员"),
        ),
        what=(
            *("举报", "贪", "收钱", "收了钱", "要钱", "送礼", "收礼", "红包", "回扣"),
            *("挪用", "侵占", "截留", "冒领", "套取", "克扣", "虚报", "私分", "骂人"),
            *("打人", "威胁", "欺负", "报复", "刁难", "霸占", "包庇", "违纪", "违法"),
        ),
    ),
)


def sign_in(text: str, town: Town) -> str:
    """Return what a text may be about, the harm to a minor first; empty if nothing."""
    for signs in LISTS:
        own = tuple(town.rules.get(f"signs_{signs.kind}", ()))
        if _any(text, (*signs.alone, *own)):
            return signs.kind
        if _any(text, signs.who) and _any(text, signs.what):
            return signs.kind
    return ""


def _any(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)
