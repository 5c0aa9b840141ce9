"""The main systems that a town begins with, and what their words mean.

All of it is data of a town from the first use on; a town puts right what its own
city calls otherwise.
"""

from dataclasses import dataclass, field

from luoshi.cases.models import MainSystem
from luoshi.commitments.models import Verdict
from luoshi.core.models import Town
from luoshi.core.sheets import Names

# What an export may call each thing; the first is the common one.
NAMES: Names = {
    "number": ("工单编号", "工单号", "编号", "诉求编号", "受理编号", "order number"),
    "source": ("来源", "工单来源", "诉求来源", "受理渠道", "渠道", "source"),
    "received": (
        "受理时间",
        "来电时间",
        "登记时间",
        "派单时间",
        "创建时间",
        "received",
    ),
    "name": ("来电人", "诉求人", "反映人", "姓名", "联系人", "来件人", "name"),
    "phone": ("联系电话", "来电号码", "联系方式", "手机号", "电话", "phone"),
    "sort": ("诉求类型", "工单类型", "诉求类别", "类型", "type"),
    "subject": ("标题", "诉求标题", "工单标题", "主题", "subject"),
    "text": ("诉求内容", "工单内容", "内容", "问题描述", "反映内容", "text"),
    "place": ("事发地址", "事发地点", "诉求地址", "地址", "地点", "place"),
    "urgency": ("紧急程度", "紧急等级", "缓急程度", "urgency"),
    "due": ("办理时限", "办结时限", "截止时间", "处理时限", "要求办结时间", "due"),
    "unit": ("承办单位", "主办单位", "承办部门", "责任单位", "unit"),
    "state": ("工单状态", "办理状态", "当前状态", "状态", "state"),
    "ended": ("办结时间", "办理完成时间", "完成时间", "ended"),
    "result": ("办理结果", "处理结果", "答复内容", "办理情况", "result"),
    "solved": ("回访结果", "是否解决", "解决情况", "解决结果", "solved"),
    "satisfied": ("满意度", "满意情况", "是否满意", "满意度评价", "satisfied"),
    "repeats": ("重复工单", "关联工单", "重复工单编号", "repeats"),
}
NEEDED = ("number", "text")

# What each meaning is said with. "unreached" is a call-back that reached nobody.
WORDS: dict[str, list[str]] = {
    "urgent": ["紧急", "特急", "加急"],
    "ended": ["已办结", "办结", "已归档", "已结案"],
    "withdrawn": ["已撤单", "撤单", "已撤回", "已撤销", "作废", "已作废"],
    "solved": ["解决", "已解决", "是", "基本解决"],
    "partly": ["部分解决", "解决了一部分"],
    "not": ["未解决", "没解决", "没有解决", "否"],
    "unreached": ["未接通", "无人接听", "联系不上", "无法接通"],
    "satisfied": ["满意", "非常满意", "很满意"],
    "neutral": ["基本满意", "一般", "较满意"],
    "dissatisfied": ["不满意", "非常不满意", "很不满意"],
}
MEANINGS = tuple(WORDS)
SOLVED = {
    "solved": Verdict.Solved.SOLVED,
    "partly": Verdict.Solved.PARTLY,
    "not": Verdict.Solved.NOT,
}
SATISFIED = {
    "satisfied": Verdict.Satisfied.SATISFIED,
    "neutral": Verdict.Satisfied.NEUTRAL,
    "dissatisfied": Verdict.Satisfied.NOT,
}
LAYOUT = """工单编号：{工单号}
标题：{标题}
承办单位：{镇}{单位}
受理时间：{受理}
办理时限：{期限}
办结时间：{办结}
办理情况：{答复}
联系电话：{电话}"""


@dataclass(frozen=True)
class Beginning:
    """A system as a town gets it at first use."""

    name: str
    calls_back: bool = False
    words: dict[str, list[str]] = field(default_factory=lambda: dict(WORDS))
    layout: str = LAYOUT


BEGINNINGS = {
    "12345": Beginning("12345热线平台", calls_back=True),
    "petition": Beginning("信访信息系统"),
    "governance": Beginning("综治平台"),
    "relief": Beginning("社会救助系统"),
}
FIRST = "12345"


def system_within(town: Town, code: str) -> MainSystem:
    """Return a town's system; a known one is made at first use."""
    kept = MainSystem.objects.filter(town=town, code=code).first()
    if kept is not None:
        return kept
    begins = BEGINNINGS[code]
    system, _made = MainSystem.objects.get_or_create(
        town=town,
        code=code,
        defaults={
            "name": begins.name,
            "calls_back": begins.calls_back,
            "words": begins.words,
            "reply_layout": begins.layout,
        },
    )
    return system


def system_named(town: Town, code: str) -> MainSystem:
    """Return a town's system, or as it would begin, not yet saved."""
    kept = MainSystem.objects.filter(town=town, code=code).first()
    begins = BEGINNINGS.get(code)
    if kept or begins is None:
        return kept or MainSystem.objects.get(town=town, code=code)
    return MainSystem(
        town=town,
        code=code,
        name=begins.name,
        calls_back=begins.calls_back,
        words=begins.words,
        reply_layout=begins.layout,
    )


def systems_of(town: Town) -> list[MainSystem]:
    """Return what a town knows and what it may begin to use, the usual one first."""
    kept = {one.code: one for one in MainSystem.objects.filter(town=town)}
    known = [kept.get(code) or system_named(town, code) for code in BEGINNINGS]
    return [*known, *(one for code, one in kept.items() if code not in BEGINNINGS)]


def names_of(system: MainSystem) -> Names:
    """Return what a system's columns may be called: the town's corrections first."""
    taken = {name for names in system.columns.values() for name in names}
    return {
        key: (
            *system.columns.get(key, ()),
            *(name for name in known if name not in taken),
        )
        for key, known in NAMES.items()
    }


def means(system: MainSystem, meaning: str, word: str) -> bool:
    """Tell whether a word of the system has a meaning."""
    return bool(word) and word in system.words.get(meaning, WORDS[meaning])


def meaning_of(system: MainSystem, word: str, among: tuple[str, ...]) -> str:
    """Return which of some meanings a word has; empty if none."""
    return next((one for one in among if means(system, one, word)), "")
