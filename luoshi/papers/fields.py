"""The fields that a template may have: what each holds, and a sample to try it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.papers.models import Kind

NUMBER, CODE = "文号", "二维码"
TITLE, TEXT, PLACE, CATEGORY, CHANNEL = "事项", "内容", "地点", "类别", "来源"
CASE_NUMBER, RECEIVED = "编号", "收到日期"
OFFICE, OWNER, DUE = "承办单位", "承办人", "期限"
WORDS, PROPOSAL, INSTRUCTION = "要求", "拟办意见", "领导批示"
ANSWER, ADDRESSEE = "答复", "反映人"
ISSUER, DAY, MAKER, PHONE = "机关名称", "成文日期", "经办人", "联系电话"

ORDERS = (Kind.ASSIGNMENT, Kind.SUPERVISION)
ANSWERS = (Kind.ANSWER,)
ALL = (*ORDERS, *ANSWERS)
# Where a name would stand that is written in by hand.
BY_HAND = "＿＿＿＿＿＿"


@dataclass(frozen=True)
class Field:
    """One field of a template."""

    name: str
    say: Promise
    sample: str
    kinds: tuple[Kind, ...] = ALL


FIELDS = [
    Field(ISSUER, _("who issues it"), "青禾镇人民政府"),
    Field(NUMBER, _("the number of the paper; every template has it"), "〔2026〕1号"),
    Field(CODE, _("the code by which a scan finds its way; every template has it"), ""),
    Field(DAY, _("the day on which it was made"), "2026年11月24日"),
    Field(CASE_NUMBER, _("the matter's number"), "QH-2291"),
    Field(TITLE, _("the matter in a few words"), "青溪村水井抽不上水"),
    Field(TEXT, _("what was told"), "水井抽不上水，已经三天了。\n家里有老人。"),
    Field(PLACE, _("village, group and place"), "青溪村三组 老槐树旁"),
    Field(CATEGORY, _("the category"), "供水"),
    Field(CHANNEL, _("how it came in"), "电话"),
    Field(RECEIVED, _("the day of the first word"), "2026年11月16日"),
    Field(OFFICE, _("the office that does it"), "农业农村办"),
    Field(OWNER, _("who does it"), "赵强"),
    Field(DUE, _("until when"), "2026年11月27日"),
    Field(WORDS, _("what is asked for"), "到现场看清原因，三天内恢复供水。", ORDERS),
    Field(PROPOSAL, _("the proposal who does it"), "请农业农村办办理。", ORDERS),
    Field(INSTRUCTION, _("the leader's word"), "同意。今天就去。", ORDERS),
    Field(ANSWER, _("the answer itself"), "换了水泵，11月23日恢复供水。", ANSWERS),
    Field(ADDRESSEE, _("whom it answers"), "王建国", ANSWERS),
    Field(MAKER, _("who made the paper"), "周敏"),
    Field(PHONE, _("the town's telephone"), "0570-6001234"),
]
# Without these a paper cannot be told from another, or its scan finds no way back.
NEEDED = (NUMBER, CODE)


def fields_of(kind: str) -> list[Field]:
    """Return what a template of a kind may have."""
    return [field for field in FIELDS if kind in field.kinds]


def names_of(kind: str) -> set[str]:
    """Return the names that a template of a kind may use."""
    return {field.name for field in fields_of(kind)}


def samples_of(kind: str) -> dict[str, str]:
    """Return something for each field, to try a template with."""
    return {field.name: field.sample for field in fields_of(kind)}


def in_braces(name: str) -> str:
    """Return a field as it is written in a template."""
    return "{{ " + name + " }}"


def missing_in(used: Iterable[str]) -> list[str]:
    """Return what a template cannot be without and does not have."""
    return [name for name in NEEDED if name not in used]


def words_in(content: str) -> str:
    """Return the words that somebody wrote for a paper; the rest is known elsewhere."""
    stands = json.loads(content) if content else {}
    return stands.get(ANSWER) or stands.get(WORDS) or ""
