"""Help asked of higher bodies, and explanations of what was late, in the demo town."""

from datetime import datetime, timedelta

from luoshi.cases.actions import receive_case
from luoshi.commitments import actions
from luoshi.commitments.actions import Above
from luoshi.commitments.models import Category
from luoshi.core.actors import RESIDENT, Staff
from luoshi.core.clock import at, today
from luoshi.core.models import Organisation, Village
from luoshi.core.staff import staff_of_person
from luoshi.demo.history import Cast

OFFICE = "水利站"
GATE = "南山村水闸关不严，下游田里天天泡着水。"
POLE = "东坪村变压器一到晚上就跳闸，半个村没电。"
LATE = "石塘村进村的渠桥裂了缝，拖拉机不敢过。"
TWICE = "竹林村的灌溉泵修了两次，还是抽不上水。"


def ask_above_and_explain(cast: Cast, end: datetime) -> None:
    """Play four matters: help waited for and given, an explanation new and decided."""
    doer = staff_of_person(cast.staff[OFFICE])
    leader = staff_of_person(cast.staff["leader"])
    _wait_for_help(cast, doer, end)
    _lift(cast, doer, leader, end)
    for text, days, decided in ((LATE, 22, False), (TWICE, 26, True)):
        pk = _in_hand(cast, doer, text, end - timedelta(days=days))
        with at(end - timedelta(days=1, hours=2)):
            words = "配件厂停工，九天后才发来货；现在先备一套常用配件在站里。"
            actions.explain(pk, about="late", words=words, actor=doer)
        if decided:
            with at(end - timedelta(hours=20)):
                answer = "情况属实，下周一前修好。"
                actions.decide_explanation(
                    pk, accepted=True, answer=answer, actor=leader
                )


def _in_hand(cast: Cast, doer: Staff, text: str, start: datetime) -> int:
    """Let a matter come in, be dispatched and be taken; return its id."""
    category = Category.objects.filter(organisation__name=OFFICE).earliest("pk")
    name = text[:3]
    with at(start) as clock:
        pk = receive_case(
            town=cast.town,
            text=text,
            actor=RESIDENT,
            channel="phone",
            village=Village.objects.get(name=name),
        ).case.commitment_id
        clock.tick(timedelta(hours=2))
        actions.dispatch_commitment(
            pk,
            organisation_id=Organisation.objects.get(name=OFFICE).pk,
            category_id=category.pk,
            person_id=doer.person.pk,
            actor=staff_of_person(cast.staff["dispatcher"]),
        )
        clock.tick(timedelta(hours=3))
        actions.take_commitment(pk, actor=doer)
    return pk


def _wait_for_help(cast: Cast, doer: Staff, end: datetime) -> None:
    """Ask the county for a technician; the clock goes on."""
    pk = _in_hand(cast, doer, GATE, end - timedelta(days=4))
    with at(end - timedelta(days=2)):
        until = today() + timedelta(days=5)
        contact, asked = "建管科 0570-6001888", "请派技术员来看闸门的止水。"
        above = Above("help", "县水利局", contact, asked, until)
        actions.ask_higher(pk, above=above, actor=doer)


def _lift(cast: Cast, doer: Staff, leader: Staff, end: datetime) -> None:
    """Lift a matter to the county, which answers; the clock stood until then."""
    pk = _in_hand(cast, doer, POLE, end - timedelta(days=9))
    with at(end - timedelta(days=7)):
        until = today() + timedelta(days=5)
        contact, asked = "客户服务部 95598", "变压器归县供电公司，请换大一级的。"
        above = Above("lift", "县供电公司", contact, asked, until, waits=True)
        actions.ask_higher(pk, above=above, actor=leader)
    with at(end - timedelta(days=3)):
        answer = "已列入本月计划，月底前换好。"
        actions.note_higher_answer(pk, answer=answer, actor=doer)
