"""What the demo town asks: one question that is open, one that was answered."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from luoshi.cases.models import Case
from luoshi.commitments import actions as work
from luoshi.commitments.models import Kind
from luoshi.consultations import actions
from luoshi.consultations.actions import Asked, Sheet, Way
from luoshi.consultations.models import Consultation, Link, Statement
from luoshi.consultations.queries import to_answer
from luoshi.core.actors import Staff
from luoshi.core.clock import SHANGHAI, Frozen, at
from luoshi.core.models import Organisation, Village
from luoshi.core.staff import staff_of_person
from luoshi.demo.history import Cast
from luoshi.demo.lived import (
    Lives,
    ask_how_they_live,
    bins_asked,
    tell_how_they_live,
    water_asked,
    write_costs,
)

# Those who plant high up and far from the sluice, and those who plant below it.
WATER_OPTIONS = [
    "从渠尾往渠头轮，远的先浇。",
    "按田亩排，田多的先浇。",
    "各组抽签定先后，三天一轮。",
]
# How likely the two agree, in tenths; below four they rather disagree.
WATER = [
    ("高处的田白天水压上不去，能不能夜里给我们放水？", 9, 6),
    ("谁家先浇完要在群里说一声，别让水白流。", 9, 9),
    ("渠口的闸门坏了两处，先修闸门再谈怎么轮。", 8, 8),
    ("水稻缺一天水就减产，应该排在菜地前面。", 2, 9),
    ("菜地面积小用水少，随到随浇不碍事。", 9, 2),
    ("放水员要有人补误工，不能让一个人白干。", 7, 7),
    ("外出打工的户没人守水，请村里代浇。", 6, 5),
    ("抽签定的先后要贴出来，中途不许换。", 7, 8),
    ("轮到夜里浇的户，路灯要开到后半夜。", 8, 5),
]
RUBBISH_OPTIONS = ["撤掉路边大桶，每天早上七点上门收。", "大桶不动，每天清两次。"]
RUBBISH = [
    ("七点太早，接送孩子的人来不及，能不能晚半小时？", 9, 7),
    ("一年一百二十元，孤寡老人出不起。", 8, 8),
    ("夏天要一天收两次，不然招苍蝇。", 8, 3),
    ("撤了大桶，赶集的人没处扔。", 3, 9),
    ("分类桶要送到户，不能让我们自己买。", 9, 8),
    ("收的人手不够，先招人再说。", 5, 6),
]
ANSWERS = [
    ("晚半小时", "adopted", "改成七点半上门，周末八点。"),
    ("出不起", "adopted", "低保户、孤寡老人不收，其余每户每年八十元，镇里补四十元。"),
    ("一天收两次", "partly", "七、八月一天两次，别的月份一天一次：车只有两辆。"),
    ("没处扔", "adopted", "集市口留两个大桶，赶集日清三次。"),
    ("送到户", "adopted", "每户两个桶，由镇里买，十月底前送到。"),
    ("大桶不动", "not", "路边大桶去年着火两次，清两次也压不住臭味，所以不留。"),
    ("撤掉路边", "partly", "撤桶，时间改到七点半，集市口的两个不撤。"),
]
DECISION = (
    "撤掉路边大桶，每天七点半上门收；集市口留两个。每户每年八十元，低保户、孤寡老人不收。"
    "先在柳湾村三组试过，从下个月起全镇都这么办。"
)
TRIED = "柳湾村三组的十八户"
FOUND = "十六户说干净了；两户说桶太小，换了大的。夏天要收两次，写进了决定。"
HELD = "竹林村王老板家的猪场天天往渠里排水"


@dataclass(frozen=True)
class Question:
    """What is asked, by which office, with what it means to do."""

    title: str
    question: str
    affected: str
    office: str
    draft: str
    options: list[str]
    statements: list[tuple[str, int, int]]
    # Made when asked: the kit's questions are in the language of the screens.
    lives: Callable[[], Lives]
    villages: tuple[str, ...] = ()
    daily: bool = False
    people: int = 30


SUMMER = Question(
    "夏天浇地水怎么轮",
    "夏天水不够的时候，浇地的水按什么顺序轮？",
    "用东风渠水浇地的农户",
    "水利站",
    "七月到九月，东风渠的水分组轮放，每组一天一夜。轮到哪组，由村里提前一天在群里说。"
    "放水员的误工由镇里补，每户不用出钱。",
    WATER_OPTIONS,
    WATER,
    water_asked,
    ("青溪村", "石塘村", "柳湾村"),
    people=32,
)
BINS = Question(
    "垃圾桶放哪里、怎么收",
    "路边的大垃圾桶撤掉，改成上门收，行不行？",
    "全镇住户",
    "环卫所",
    "撤掉路边大桶，每户发分类桶，每天早上七点上门收。每户每年一百二十元。",
    RUBBISH_OPTIONS,
    RUBBISH,
    bins_asked,
    daily=True,
    people=100,
)


def ask_people(cast: Cast, chance: random.Random, end: datetime) -> None:
    """Ask twice: bins two months ago, answered and decided; water now."""
    _bins(cast, chance, end)
    with at(end - timedelta(days=6)) as clock:
        asked = _begin(cast, SUMMER, end + timedelta(days=9))
        _say_all(cast, asked, SUMMER)
        _answer(cast, asked, SUMMER, chance, clock)
        _sheets(cast, asked, chance)
        actions.say(asked.pk, text=HELD)
        actions.say(asked.pk, text="放水的日子写在村口黑板上，老人没有手机。")


def _begin(cast: Cast, what: Question, until: datetime) -> Consultation:
    office = Organisation.objects.get(name=what.office)
    desk, leader = _staff(cast, "dispatcher"), _staff(cast, "leader")
    villages = Village.objects.filter(name__in=what.villages)
    asked = Asked(
        what.title,
        what.question,
        what.affected,
        office,
        list(villages.values_list("pk", flat=True)),
        what.daily,
    )
    made = actions.prepare_consultation(asked, actor=desk)
    made = actions.write_draft(
        made.pk, draft=what.draft, options=what.options, version=1, actor=desk
    )
    made = actions.choose_way(
        made.pk, Way("ordinary", 5), version=made.version, actor=desk
    )
    made = ask_how_they_live(made, what.lives(), desk)
    day = until.astimezone(SHANGHAI).date()
    return actions.open_for_answers(
        made.pk, until=day, version=made.version, actor=leader
    )


def _staff(cast: Cast, who: str) -> Staff:
    return staff_of_person(cast.staff[who])


def _say_all(cast: Cast, asked: Consultation, what: Question) -> None:
    for place, (text, _one, _other) in enumerate(what.statements):
        said = actions.say(asked.pk, text=text, objects=place == 3)
        actions.publish_statement(said.pk, actor=_staff(cast, "dispatcher"))


def _answer(
    cast: Cast,
    asked: Consultation,
    what: Question,
    chance: random.Random,
    clock: Frozen,
) -> None:
    """Let people of two minds answer, most of them most of what there is."""
    likely = {text: (one, other) for text, one, other in what.statements}
    options = [(8, 3), (3, 8), (6, 6)]
    statements = list(asked.statements.filter(state=Statement.State.PUBLISHED))
    likely |= dict(zip(what.options, options, strict=False))
    codes = [f"{chance.randrange(10**8):08d}" for _person in range(what.people)]
    for person, code in enumerate(codes):
        clock.tick(timedelta(hours=1))
        camp = int(person % 5 >= 3)
        channel = "poster" if person % 3 else "web"
        for one in statements:
            if chance.random() < 0.15:
                continue
            value = _value(chance, likely[one.text][camp])
            actions.react(asked.pk, one.pk, value, code=code, channel=channel)
    lives = what.lives()
    tell_how_they_live(asked, lives, codes, chance, clock)
    write_costs(asked, lives, _staff(cast, "dispatcher"))


def _value(chance: random.Random, tenths: int) -> int:
    if chance.random() < 0.1:
        return 0
    return 1 if chance.random() * 10 < tenths else -1


def _sheets(cast: Cast, asked: Consultation, chance: random.Random) -> None:
    """Type in what came on paper and at the doors."""
    village = Village.objects.get(name="石塘村")
    shown = list(asked.statements.filter(state=Statement.State.PUBLISHED)[:6])
    for number, channel in enumerate(("paper", "paper", "visit", "meeting"), 1):
        marks = {one.pk: _value(chance, 7) for one in shown}
        sheet = Sheet(number, channel, village, marks)
        actions.enter_sheet(asked.pk, sheet, actor=_staff(cast, "dispatcher"))


def _bins(cast: Cast, chance: random.Random, end: datetime) -> None:
    with at(end - timedelta(days=66)) as clock:
        asked = _begin(cast, BINS, end - timedelta(days=52))
        _say_all(cast, asked, BINS)
        _answer(cast, asked, BINS, chance, clock)
        beside = actions.say(asked.pk, text="学校门口能不能加个红绿灯？")
        actions.refuse_statement(
            beside.pk, reason="beside", actor=_staff(cast, "dispatcher")
        )
    with at(end - timedelta(days=50)) as clock:
        actions.close_where_due()
        owed = asked.commitment
        assert owed is not None
        owner = staff_of_person(owed.owner)
        work.take_commitment(owed.pk, actor=owner)
        clock.tick(timedelta(days=2))
        _answer_all(cast, asked)
        _try_it(cast, asked, clock)
        clock.tick(timedelta(days=2))
        asked.refresh_from_db()
        actions.publish_decision(
            asked.pk,
            decision=DECISION,
            version=asked.version,
            actor=_staff(cast, "leader"),
        )
        clock.tick(timedelta(hours=3))
        work.submit_commitment(owed.pk, words="答复公开了。", actor=owner)
        clock.tick(timedelta(hours=20))
        work.accept_commitment(owed.pk, actor=_staff(cast, "inspector"))
        _tie(cast, asked)


def _answer_all(cast: Cast, asked: Consultation) -> None:
    """Answer what is owed, and the rest of what there are answers to."""
    desk = _staff(cast, "dispatcher")
    owed = {one.pk for one in to_answer(asked)}
    for one in asked.statements.filter(state=Statement.State.PUBLISHED):
        words = next((told for told in ANSWERS if told[0] in one.text), None)
        if words is None and one.pk not in owed:
            continue
        outcome, why = (words or ("", "adopted", "招了四个人，九月起上岗。"))[1:]
        actions.answer_statement(one.pk, outcome=outcome, why=why, actor=desk)


def _try_it(cast: Cast, asked: Consultation, clock: Frozen) -> None:
    desk = _staff(cast, "dispatcher")
    day = clock.moment.astimezone(SHANGHAI).date()
    trial = actions.begin_trial(
        asked.pk,
        group=TRIED,
        village=Village.objects.get(name="柳湾村"),
        since=day,
        until=day + timedelta(days=20),
        actor=desk,
    )
    clock.tick(timedelta(days=21))
    day = clock.moment.astimezone(SHANGHAI).date()
    actions.look_at_trial(
        trial.pk, found=FOUND, outcome="widen", looked_on=day, actor=desk
    )
    step = asked.steps.get()
    actions.record_step(
        step.pk, done_on=day, words="班子会记录，七人到会，都同意。", actor=desk
    )


def _tie(cast: Cast, asked: Consultation) -> None:
    """Tie to it one of the matters because of which it was asked."""
    told = Case.objects.filter(text__contains="垃圾", commitment__kind=Kind.CASE)
    case = told.filter(commitment__parent=None).first()
    if case is not None:
        actions.link_matter(
            asked.pk,
            number=case.number,
            why=Link.Why.LED_TO,
            actor=_staff(cast, "dispatcher"),
        )
