"""What the demo town built in the years before, and what it lets grow slowly."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from luoshi.core.actors import Staff
from luoshi.core.clock import at, now, today
from luoshi.core.models import Organisation, Person, Town, Village
from luoshi.core.numbers import next_number
from luoshi.core.staff import staff_of_person
from luoshi.pledges.terms import months_later
from luoshi.projects.actions import close_recheck, judge_on_the_spot
from luoshi.projects.actions.cycles import usual_days
from luoshi.projects.actions.earlier import Past, remember
from luoshi.projects.actions.ventures import (
    Beginning,
    YearsWord,
    begin_venture,
    say_word,
)
from luoshi.projects.models import (
    Cycle,
    Figure,
    Money,
    Project,
    Recheck,
    Source,
    Stage,
)
from luoshi.projects.models.judging import MONTHS
from luoshi.projects.models.projects import State

WAN = 1_000_000
YEARS_BACK = 5


@dataclass(frozen=True)
class Built:
    """A project of a year before: money in ten thousand yuan."""

    title: str
    village: str
    kind: str
    cost: int
    households: int
    people: int
    years: int
    upkeep: int
    funded: bool
    source: str = "topic"
    appearance: int = 0


# What was missing, by who brought it up.
NEEDS = {
    "topic": "%s的人说了好几年，刮风下雨最不方便。",
    "village": "%s的村委提的：进村的路口要有个样子。",
    "department": "单位报上来的：%s来参观的人多，门面要好看。",
}
# The oldest year first: what shows grows little by little.
YEARS = [
    [
        Built("青溪村到小学的路补平", "青溪村", "road", 38, 260, 420, 22, 8, True),
        Built("三个村的水渠清淤", "下洋村", "canal", 52, 510, 600, 20, 12, True),
        Built("杨家村饮水管换新", "杨家村", "water", 66, 180, 540, 25, 15, True),
    ],
    [
        Built("下洋村便桥改小桥", "下洋村", "bridge", 74, 140, 310, 50, 6, True),
        Built("镇区公厕翻修", "镇区", "toilet", 31, 620, 260, 15, 20, True),
        Built("村口牌楼", "青溪村", "screen", 18, 260, 20, 8, 5, False, "village", 16),
    ],
    [
        Built("老人食堂", "镇区", "house", 45, 320, 110, 30, 60, True),
        Built("青溪村三盏路灯换新", "青溪村", "lamps", 4, 60, 90, 9, 3, True),
        Built(
            *("文化广场铺花岗石", "镇区", "square", 88, 620, 150, 15, 20, False),
            *("department", 40),
        ),
    ],
    [
        Built("下洋村水渠衬砌", "下洋村", "canal", 60, 220, 280, 20, 10, True),
        Built(
            *("文化广场的大屏", "镇区", "screen", 45, 620, 40, 8, 20, False),
            *("department", 36),
        ),
    ],
]
# What the users of one of them said: when it was there, half a year and a year later.
YEAR_OF_WORDS = (
    (0, "渠通了，下游说水来得快了。", {"good": 31, "partly": 4, "bad": 0}),
    (
        6,
        "用了一个夏天，两处接缝渗水，水利站补了。",
        {"good": 22, "partly": 9, "bad": 1},
    ),
    (12, "第二个灌季够用，接缝没有再渗。", {"good": 33, "partly": 3, "bad": 1}),
)
# What the title of a later project says of its kind.
KINDS = {
    "桥": "bridge",
    "路灯": "lamps",
    "路": "road",
    "渠": "canal",
    "沟": "canal",
    "水": "water",
    "食堂": "house",
    "卫生": "house",
    "公厕": "toilet",
    "垃圾": "waste",
    "广场": "square",
    "屏": "screen",
    "牌": "screen",
}


def tell_what_lasts(town: Town, leader: Person, end: datetime) -> None:
    """Write down the lists of the years before, and figures of what came since."""
    for back, things in zip(range(YEARS_BACK - 1, 0, -1), YEARS, strict=True):
        year = end.year - back
        known = Cycle.objects.filter(year=year, village=None)
        if not known.exists():
            _remember(town, leader, year, things)
    _tell_the_rest(leader)
    _judge_for_a_year(end)
    for past in _records(end.year - YEARS_BACK):
        remember(past, actor=staff_of_person(leader))


@transaction.atomic
def _remember(town: Town, leader: Person, year: int, things: list[Built]) -> None:
    cycle = Cycle.objects.create(
        town=town,
        year=year,
        title=f"{year}年民生实事",
        decider=Cycle.Decider.CONGRESS,
        budget=200 * WAN,
        stage=Stage.Name.JUDGE,
        opened_at=now() - timedelta(days=365 * (today().year - year) + 80),
    )
    for position, (name, (opens, closes)) in enumerate(usual_days(year).items()):
        Stage.objects.create(
            town=town,
            cycle=cycle,
            name=name,
            position=position,
            opens_on=opens,
            closes_on=closes,
            began_at=cycle.opened_at + timedelta(days=60 * position),
        )
    for one in things:
        _build(town, leader, cycle, one)


def _build(town: Town, leader: Person, cycle: Cycle, one: Built) -> None:
    office = Organisation.objects.get(name="村镇建设办")
    project = Project.objects.create(
        town=town,
        cycle=cycle,
        number=next_number(town.pk, "project"),
        title=one.title,
        need=NEEDS[one.source] % one.village,
        village=Village.objects.filter(name=one.village).first(),
        state=State.DONE,
        cost=one.cost * WAN,
        households=one.households,
        people_a_day=one.people,
        years_of_use=one.years,
        upkeep_owner=office,
        upkeep_yearly=one.upkeep * WAN // 10,
        builder=office,
        proposed_at=cycle.opened_at,
        done_on=date(cycle.year, 11, 20),
    )
    kind = "resident" if one.source == "topic" else one.source
    Source.objects.create(town=town, project=project, kind=kind)
    Figure.objects.create(
        town=town,
        project=project,
        kind=one.kind,
        appearance=one.appearance * WAN,
        funded=one.funded,
        by=leader,
        at=cycle.opened_at,
    )


def _records(year: int) -> list[Past]:
    """Return what the town's records tell of a year that had no round here yet."""
    return [
        Past(
            *(year, "东坪村进村路铺水泥", 52 * WAN, "road", 20, 260),
            upkeep_yearly=1_000_000,
            asked="residents",
            appearance=0,
        ),
        Past(
            year,
            "镇口迎宾牌坊",
            35 * WAN,
            "screen",
            10,
            upkeep_yearly=0,
            asked="office",
        ),
    ]


def _judge_for_a_year(end: datetime) -> None:
    """Let the users of one thing judge it when it was there, and twice in a year."""
    there = (end - timedelta(days=380)).date()
    project = Project.objects.filter(cycle__year=end.year - 1, state=State.DONE).first()
    if project is None:
        return
    cost = project.cost or 0
    project.approved_cost = project.decided_cost = cost
    project.done_on = there
    project.save(update_fields=["approved_cost", "decided_cost", "done_on"])
    for kind in Money.Kind.values:
        Money.objects.create(
            town_id=project.town_id,
            project=project,
            kind=kind,
            amount=cost * 97 // 100,
            words="施工合同",
            on=there,
            by=_signed_in("handler").person,
        )
    Recheck.objects.bulk_create(
        Recheck(
            town_id=project.town_id,
            project=project,
            months=months,
            due_on=months_later(there, months),
        )
        for months in MONTHS
    )
    for months, words, counts in YEAR_OF_WORDS:
        due = datetime.combine(months_later(there, months), time(2), UTC)
        with at(due + timedelta(days=2)):
            inspector = _signed_in("inspector")
            judge_on_the_spot(project.pk, counts, actor=inspector)
            close_recheck(project.pk, words=words, actor=inspector)


def _signed_in(login: str) -> Staff:
    return staff_of_person(Person.objects.get(account__username=login))


def _tell_the_rest(leader: Person) -> None:
    """Tell of every other project that has its facts what its figure rests on."""
    rest = Project.objects.filter(figure=None, cost__gt=0).order_by("number")
    for project in rest:
        kind = next((one for word, one in KINDS.items() if word in project.title), "")
        shows = kind in ("screen", "square")
        Figure.objects.create(
            town_id=project.town_id,
            project=project,
            kind=kind or "other",
            appearance=(project.cost or 0) * 3 // 5 if shows else 0,
            funded=not shows,
            by=leader,
            at=project.proposed_at,
        )


def let_grow(leader: Person, end: datetime) -> None:
    """Begin tea that goes on, and guest rooms that were stopped."""
    actor, year = staff_of_person(leader), end.year
    village = Village.objects.get(name="杨家村")
    with at(datetime(year - 4, 12, 8, 9, tzinfo=end.tzinfo)):
        tea = begin_venture(
            Beginning(
                title="杨家村高山茶",
                why="坡地种粮不够本。茶要三年才能采，采上了能采二十年。",
                kind="crop",
                village_id=village.pk,
                begins=year - 3,
                years=8,
                income_from=year,
                full_from=year + 3,
                paid=60 * WAN,
                pay_years=2,
                running=6 * WAN,
                first_sales=20 * WAN,
                full_sales=80 * WAN,
                sharing="price",
                farmers=45,
                price_risk=25,
                harvest_risk=15,
                risk_words="邻县的茶也多起来了，春天倒春寒会冻芽。",
                leader_id=leader.pk,
            ),
            actor=actor,
        )
        rooms = begin_venture(
            Beginning(
                title="青溪村老屋民宿",
                why="十几栋老屋空着，修好了能住人，也能留住手艺。",
                kind="tourism",
                village_id=Village.objects.get(name="青溪村").pk,
                begins=year - 3,
                years=6,
                income_from=year - 1,
                full_from=year + 1,
                paid=90 * WAN,
                pay_years=2,
                running=8 * WAN,
                first_sales=20 * WAN,
                full_sales=50 * WAN,
                sharing="rent",
                farmers=30,
                price_risk=30,
                harvest_risk=30,
                risk_words="客人只在周末来，离高速口还有四十分钟。",
                leader_id=leader.pk,
            ),
            actor=actor,
        )
    words = [
        (tea.pk, 2, True, "成活九成，补种了二十亩。"),
        (tea.pk, 1, True, "今年没有冻，管得住草，明年能采第一批。"),
        (rooms.pk, 2, False, "两年只修了三栋，客人来不了，钱停在这里，老屋先保住。"),
    ]
    for pk, back, go_on, reason in words:
        with at(datetime(year - back, 12, 5, 10, tzinfo=end.tzinfo)):
            said = YearsWord(year - back, go_on, reason, "党委会，12月5日")
            say_word(pk, said, actor=actor)
