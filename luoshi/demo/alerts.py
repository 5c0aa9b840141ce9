"""The flood of the demo town as its lists tell it: called, gone to, moved, and told."""

import random
from datetime import datetime, timedelta

from luoshi.alerts import actions, queries
from luoshi.alerts.models import Alert, MoveLine
from luoshi.alerts.sheet import Row
from luoshi.core.actors import Staff
from luoshi.core.clock import Frozen, at
from luoshi.core.models import Person, Tenure, Village
from luoshi.core.staff import staff_of_person
from luoshi.demo.names import GIVEN, SURNAMES

# village, how many households
LISTS = [("青溪村", 26), ("石塘村", 18), ("柳湾村", 14)]
KINDS = ["低洼处", "低洼处", "独居老人", "地灾点"]
NEEDS = ["走路要人扶", "坐轮椅", "听不清电话"]
GROUPS = ["一组", "二组", "三组"]
SHELTERS = [
    ("镇中心小学体育馆", 180, "张老师 0570-6001301"),
    ("青溪村文化礼堂", 60, "村委值班 0570-6001302"),
    ("柳湾村委会", 40, "村委值班 0570-6001303"),
]
WORDS = (
    "您好，我是镇里的。今晚有大暴雨，您家地势低，水可能进屋。"
    "天黑前请到村里安排的地方住，贵重东西放高处。要不要人来接？"
)
TITLE = "今晚有大暴雨，低洼处的人天黑前请转移"
TEXT = (
    "县里14:00发布暴雨红色预警，预计今晚20:00到明天8:00降雨100-150毫米。"
    "青溪村、石塘村、柳湾村低洼处和山脚下的住户，请在18:00前转移到村里安排的地方。"
    "不要过河，不要走漫水桥。要人接，打0570-6001234。"
)


def remember_flood(chance: random.Random, end: datetime) -> None:
    """Bring lists in, call, go, move and tell, through the real actions."""
    leader, caller = _with("leader"), _with("dispatcher")
    with at(end - timedelta(days=40)) as clock:
        _bring(chance, caller, end)
        shelters = [
            actions.add_shelter(name=name, room_for=room, keeper=keeper, actor=leader)
            for name, room, keeper in SHELTERS
        ]
        clock.moment = end - timedelta(days=2, hours=8)
        alert = _open(leader)
        _call(chance, alert, [caller, leader], clock)
        _tell_all(caller, leader, clock.moment + timedelta(hours=20))
        for (name, _count), shelter in zip(
            LISTS, [shelters[1], shelters[0], shelters[2]], strict=True
        ):
            village = Village.objects.get(name=name)
            actions.plan_moves(
                alert.pk,
                village_id=village.pk,
                kinds=["低洼处", "地灾点"],
                shelter_id=shelter.pk,
                transport=MoveLine.Transport.WALK,
                actor=leader,
            )
        clock.tick(timedelta(hours=3))
        _arrive(chance, alert, leader)


def _with(login: str) -> Staff:
    return staff_of_person(Person.objects.get(account__username=login))


def _bring(chance: random.Random, actor: Staff, end: datetime) -> None:
    rows, line = [], 1
    for name, count in LISTS:
        village = Village.objects.get(name=name)
        for _household in range(count):
            line += 1
            head = chance.choice(SURNAMES) + chance.choice(GIVEN)
            kind = chance.choice(KINDS)
            frail = kind == "独居老人" and chance.random() < 0.6
            phone = f"138{chance.randrange(10**8):08d}"
            rows.append(
                Row(
                    line,
                    name,
                    chance.choice(GROUPS),
                    head,
                    "" if chance.random() < 0.08 else phone,
                    kind,
                    people=1 if kind == "独居老人" else chance.randrange(1, 6),
                    needs_help=frail,
                    need=chance.choice(NEEDS) if frail else "",
                    village_id=village.pk,
                )
            )
    until = (end + timedelta(days=300)).date()
    actions.bring_households(rows, erase_on=until, whole=True, actor=actor)


def _open(leader: Staff) -> Alert:
    villages = Village.objects.filter(name__in=[name for name, _count in LISTS])
    return actions.open_alert(
        title="暴雨红色预警，低洼处和山脚住户",
        words=WORDS,
        villages=list(villages.values_list("pk", flat=True)),
        kinds=[],
        actor=leader,
    )


def _call(
    chance: random.Random, alert: Alert, callers: list[Staff], clock: Frozen
) -> None:
    """Call all but a few; some are not reached, some are gone to."""
    answers = ["reached"] * 7 + ["unreached", "neighbour"]
    for turn in range(49):
        actor = callers[turn % len(callers)]
        clock.tick(timedelta(minutes=2))
        line = actions.take_next(alert.pk, actor=actor)
        if line is None:
            return
        actions.settle_call(line.pk, chance.choice(answers), actor=actor)
    doors = queries.lines_of(alert, callers[0], queries.TO_GO)
    for line in doors[::2]:
        officer = Tenure.objects.filter(
            post__organisation__village=line.village, until=None
        ).first()
        actor = staff_of_person(officer.person) if officer else callers[0]
        clock.tick(timedelta(minutes=6))
        actions.settle_visit(line.pk, told=chance.random() < 0.7, actor=actor)


def _arrive(chance: random.Random, alert: Alert, actor: Staff) -> None:
    answers = ["arrived"] * 6 + ["elsewhere", "elsewhere", "stays", "waiting"]
    for line in queries.moves_of(alert, actor):
        actions.settle_move(line.pk, chance.choice(answers), actor=actor)


def _tell_all(writer: Staff, leader: Staff, until: datetime) -> None:
    notice = actions.write_notice(
        actions.Written(TITLE, TEXT, until, kinds=["低洼处", "地灾点"]), actor=writer
    )
    actions.ask_leader(notice.pk, version=1, actor=writer)
    actions.release_notice(notice.pk, version=1, actor=leader)
