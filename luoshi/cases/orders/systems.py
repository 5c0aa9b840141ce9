"""The main systems that a town begins with, and what their words mean.

All of it is data of a town from the first use on; a town puts right what its own
city calls otherwise.
"""

from dataclasses import dataclass, field

from luoshi.cases.models import MainSystem
from luoshi.commitments.models import Verdict
from luoshi.core.models import Town
from luoshi.core.sheets import Names, tidy

# What an export may call each thing; the first is the common one.
NAMES: Names = {
    "number": (
        *("工单编号", "工单号", "编号", "诉求编号", "受理编号", "order number"),
        *("工单流水号", "流水号", "流水编号", "受理单号", "诉求单号", "工单单号"),
        *("单号", "热线编号", "来件编号", "案件编号", "任务编号", "登记编号", "工单id"),
    ),
    "source": (
        *("来源", "工单来源", "诉求来源", "受理渠道", "渠道", "source"),
        *("来源渠道", "受理方式", "来件渠道", "诉求渠道", "反映渠道"),
    ),
    "received": (
        *("受理时间", "来电时间", "登记时间", "派单时间", "创建时间", "received"),
        *("受理日期", "来电日期", "登记日期", "诉求时间", "反映时间", "建单时间"),
        *("接收时间", "收件时间", "转办时间", "交办时间", "下派时间", "生成时间"),
    ),
    "name": (
        *("来电人", "诉求人", "反映人", "姓名", "联系人", "来件人", "name"),
        *("来电人姓名", "诉求人姓名", "反映人姓名", "联系人姓名", "投诉人", "来话人"),
    ),
    "phone": (
        *("联系电话", "来电号码", "联系方式", "手机号", "电话", "phone"),
        *("来电电话", "主叫号码", "手机号码", "联系人电话", "回访电话", "电话号码"),
    ),
    "sort": (
        *("诉求类型", "工单类型", "诉求类别", "类型", "type"),
        *("诉求分类", "工单分类", "事项类别", "问题类别", "问题分类", "类别"),
    ),
    "subject": (
        *("标题", "诉求标题", "工单标题", "主题", "subject"),
        *("诉求主题", "工单主题", "事项名称", "问题标题", "内容摘要"),
    ),
    "text": (
        *("诉求内容", "工单内容", "内容", "问题描述", "反映内容", "text"),
        *("诉求描述", "诉求详情", "诉求事项", "来电内容", "反映问题", "问题内容"),
        *("主要内容", "事项内容", "事件描述", "工单详情", "工单描述", "具体内容"),
        *("受理内容", "投诉内容", "情况描述", "详细描述", "描述"),
    ),
    "place": (
        *("事发地址", "事发地点", "诉求地址", "地址", "地点", "place"),
        *("问题地址", "问题地点", "发生地点", "发生地址", "事件地址", "诉求地点"),
        *("所在位置", "位置", "详细地址"),
    ),
    "urgency": (
        *("紧急程度", "紧急等级", "缓急程度", "urgency"),
        *("工单等级", "优先级", "缓急", "是否紧急", "紧急级别", "工单级别"),
    ),
    "due": (
        *("办理时限", "办结时限", "截止时间", "处理时限", "要求办结时间", "due"),
        *(
            "办理期限",
            "办结期限",
            "到期时间",
            "截止日期",
            "截止办理时间",
            "要求反馈时间",
        ),
        *("反馈时限", "反馈期限", "办结截止时间", "承办时限", "应办结时间", "限办时间"),
    ),
    "unit": (
        *("承办单位", "主办单位", "承办部门", "责任单位", "unit"),
        *("办理单位", "处理部门", "处置单位", "主责单位", "派往单位"),
    ),
    "state": (
        *("工单状态", "办理状态", "当前状态", "状态", "state"),
        *("处理状态", "流转状态", "办件状态", "当前环节", "办理环节", "办理进度"),
    ),
    "ended": (
        *("办结时间", "办理完成时间", "完成时间", "ended"),
        *("办结日期", "实际办结时间", "结案时间", "归档时间", "反馈时间", "完结时间"),
    ),
    "result": (
        *("办理结果", "处理结果", "答复内容", "办理情况", "result"),
        *("处理意见", "办结意见", "反馈内容", "处理情况", "回复内容", "办结内容"),
    ),
    "solved": (
        *("回访结果", "是否解决", "解决情况", "解决结果", "solved"),
        *("回访情况", "回访是否解决", "问题是否解决", "诉求是否解决", "解决与否"),
    ),
    "satisfied": (
        *("满意度", "满意情况", "是否满意", "满意度评价", "satisfied"),
        *("回访满意度", "群众满意度", "满意程度", "评价结果", "满意率"),
    ),
    "repeats": (
        *("重复工单", "关联工单", "重复工单编号", "repeats"),
        *("关联工单号", "关联工单编号", "原工单编号", "原工单号", "主工单编号"),
    ),
}
# What people write before a name without meaning anything else by it.
BEFORE = ("市民", "群众", "12345", "12345热线", "热线", "平台", "办件", "本次")
NEEDED = ("number", "text")

# What each meaning is said with. "unreached" is a call-back that reached nobody.
WORDS: dict[str, list[str]] = {
    "urgent": ["紧急", "特急", "加急", "急", "非常紧急", "特别紧急"],
    "ended": [
        *("已办结", "办结", "已归档", "已结案", "已完成", "办毕", "已办毕"),
        *("结案", "归档", "已关闭", "已完结", "完结", "办结归档"),
    ],
    "withdrawn": [
        *("已撤单", "撤单", "已撤回", "已撤销", "作废", "已作废"),
        *("撤销", "撤回", "已取消", "取消", "群众撤诉", "已撤诉"),
    ],
    "solved": [
        *("解决", "已解决", "是", "基本解决", "全部解决", "完全解决"),
        *("问题已解决", "诉求已解决", "解决了"),
    ],
    "partly": ["部分解决", "解决了一部分", "部分已解决"],
    "not": [
        *("未解决", "没解决", "没有解决", "否", "问题未解决", "诉求未解决"),
        *("仍未解决", "不解决"),
    ],
    "unreached": [
        *("未接通", "无人接听", "联系不上", "无法接通", "电话未接通", "未接听"),
        *("无法联系", "关机", "停机", "空号", "拒接"),
    ],
    "satisfied": ["满意", "非常满意", "很满意", "十分满意"],
    "neutral": ["基本满意", "一般", "较满意", "比较满意"],
    "dissatisfied": ["不满意", "非常不满意", "很不满意", "不太满意"],
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
    callback_days: int | None = None
    words: dict[str, list[str]] = field(default_factory=lambda: dict(WORDS))
    layout: str = LAYOUT


BEGINNINGS = {
    "12345": Beginning("12345热线平台", calls_back=True, callback_days=15),
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
            "callback_days": begins.callback_days,
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
        callback_days=begins.callback_days,
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
    taken = {tidy(name) for names in system.columns.values() for name in names}
    return {
        key: (
            *system.columns.get(key, ()),
            *(name for name in known if tidy(name) not in taken),
        )
        for key, known in KNOWN.items()
    }


def _known() -> Names:
    """Return all names, then those that an empty word stands before."""
    plain = {tidy(name) for names in NAMES.values() for name in names}
    # The hotline's own number is nobody's telephone.
    plain |= {"热线电话", "热线号码", "平台电话"}
    return {
        key: (
            *names,
            *(
                word + name
                for word in BEFORE
                for name in names
                if not name.isascii() and tidy(word + name) not in plain
            ),
        )
        for key, names in NAMES.items()
    }


KNOWN = _known()


def means(system: MainSystem, meaning: str, word: str) -> bool:
    """Tell whether a word has a meaning; blanks and brackets add none."""
    known = system.words.get(meaning, WORDS[meaning])
    return bool(word) and (word in known or tidy(word) in {tidy(one) for one in known})


def meaning_of(system: MainSystem, word: str, among: tuple[str, ...]) -> str:
    """Return which of some meanings a word has; empty if none."""
    return next((one for one in among if means(system, one, word)), "")
