"""Matters of several offices and one of two things, in the demo town's last weeks."""

from datetime import datetime, timedelta

from luoshi.cases.actions import Second, add_part, receive_case, split_case
from luoshi.cases.models import Case
from luoshi.commitments import actions
from luoshi.commitments.models import Category
from luoshi.core.actors import RESIDENT, Staff
from luoshi.core.clock import Frozen, at
from luoshi.core.models import Organisation
from luoshi.core.staff import staff_of_person
from luoshi.demo.history import Cast

# What was told, who leads, and what other offices do of it, with how far each got:
# 0 given, 1 taken, 2 handed in, 3 accepted.
SHARED = [
    (
        "学校门口下雨就积水，水沟也堵了，孩子们要蹚水进校门。",
        "村镇建设办",
        [("疏通校门口的水沟", "水从沟里流走，门口不积水", "水利站", 3)],
    ),
    (
        "桥头垃圾堆得老高，旁边的护栏也倒了，晚上过桥害怕。",
        "村镇建设办",
        [
            ("清走桥头的垃圾", "桥头干净，垃圾桶放回原处", "环卫所", 2),
            ("查看桥下冲刷", "写明桥墩有没有被掏空", "水利站", 0),
        ],
    ),
    (
        "渠道塌了一段，田里进不了水，路边也塌了半边。",
        "水利站",
        [("修好塌了的路边", "路边补齐，立好警示桩", "村镇建设办", 1)],
    ),
]
TWO = "村口第二盏路灯不亮。另外晒谷场边的垃圾桶满了一个多星期没人收。"
SECOND = "晒谷场边的垃圾桶满了一个多星期没人收。"


def tell_apart(cast: Cast, end: datetime) -> None:
    """Play three matters with parts, and one that was two."""
    for number, (text, office, parts) in enumerate(SHARED):
        _play_shared(cast, end - timedelta(hours=52 - number * 7), text, office, parts)
    _play_split(cast, end - timedelta(hours=3))


def _tell(cast: Cast, text: str) -> Case:
    return receive_case(
        town=cast.town,
        text=text,
        actor=RESIDENT,
        channel="web",
        village=cast.villages[0],
        phone="13900001111",
        name="王兰",
        answer="sms",
    ).case


def _play_shared(
    cast: Cast, start: datetime, text: str, office: str, parts: list
) -> None:
    """Let one office lead and the others do their parts, as far as each got."""
    staff = {name: staff_of_person(person) for name, person in cast.staff.items()}
    with at(start) as clock:
        lead = _tell(cast, text).commitment_id
        clock.tick(timedelta(minutes=40))
        category = Category.objects.filter(organisation__name=office).earliest("pk")
        actions.dispatch_commitment(
            lead,
            organisation_id=Organisation.objects.get(name=office).pk,
            category_id=category.pk,
            actor=staff["dispatcher"],
        )
        clock.tick(timedelta(hours=2))
        actions.take_commitment(lead, actor=staff[office])
        for title, asked, other, far in parts:
            clock.tick(timedelta(minutes=20))
            part = add_part(
                lead,
                organisation_id=Organisation.objects.get(name=other).pk,
                title=title,
                asked=asked,
                actor=staff[office],
            )
            _do_part(clock, part.pk, far, staff[other], staff[office])


def _do_part(clock: Frozen, pk: int, far: int, doer: Staff, judge: Staff) -> None:
    """Take a part, hand it in and accept it, as far as it got."""
    steps = [
        lambda: actions.take_commitment(pk, actor=doer),
        lambda: actions.submit_commitment(pk, words="办好了，现场看过。", actor=doer),
        lambda: actions.accept_commitment(pk, actor=judge),
    ]
    for step in steps[:far]:
        clock.tick(timedelta(hours=3))
        step()


def _play_split(cast: Cast, start: datetime) -> None:
    """Let the dispatcher find two matters in one message."""
    with at(start) as clock:
        case = _tell(cast, TWO)
        clock.tick(timedelta(minutes=25))
        split_case(
            case.pk,
            second=Second(SECOND, village=case.village),
            actor=staff_of_person(cast.staff["dispatcher"]),
            form_token="demo-split",
        )
