"""Fills a town with a made-up life: the same from the same seed, ending today."""

import random
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django_scopes import scope

from luoshi.cases.suggest.nights import retrain
from luoshi.commitments.models import Category, DutyItem
from luoshi.core.actors import SCHEDULER
from luoshi.core.clock import now, today
from luoshi.core.models import (
    NamedPlace,
    Organisation,
    Person,
    Population,
    Post,
    Tenure,
    Town,
    User,
    Village,
    VillageGroup,
)
from luoshi.core.towns import add_person
from luoshi.demo.above import ask_above_and_explain
from luoshi.demo.alerts import remember_flood
from luoshi.demo.apart import tell_apart
from luoshi.demo.approval import ask_for_words
from luoshi.demo.archived import put_a_year_away
from luoshi.demo.asked import ask_people
from luoshi.demo.deputies import ask_as_deputies
from luoshi.demo.desk import keep_at_hand
from luoshi.demo.duties import AWAY, BANDS, DUTIES, GROUPS
from luoshi.demo.endings import end_lawfully, tell_in_confidence
from luoshi.demo.flood import survive_flood
from luoshi.demo.handed import hand_an_office_over
from luoshi.demo.history import cast_of, write_history
from luoshi.demo.lasting import let_grow, tell_what_lasts
from luoshi.demo.led import lead_in_person
from luoshi.demo.looked import ask_for_help, look_again, send_notices
from luoshi.demo.merged import join_a_small_village
from luoshi.demo.names import (
    CATEGORIES,
    GIVEN,
    OFFICES,
    PLACES,
    SURNAMES,
    VILLAGES,
)
from luoshi.demo.nights import keep_nights
from luoshi.demo.on_paper import put_on_paper
from luoshi.demo.open import publish_some
from luoshi.demo.opinions import ask_with_polis
from luoshi.demo.orders import bring_orders
from luoshi.demo.projects import choose_projects
from luoshi.demo.recent import Recent
from luoshi.demo.spoken import speak
from luoshi.demo.taken_out import take_lists_out
from luoshi.demo.topics import find_topics
from luoshi.demo.upkeep import keep_up, take_kinds
from luoshi.demo.upkeep_plan import plan_upkeep
from luoshi.demo.village_round import decide_in_village

PASSWORD = "qinghe-demo"
SIGN_INS = [
    ("dispatcher", "调度员，便民服务中心"),
    ("handler", "经办人，村镇建设办"),
    ("inspector", "验收人，党政办"),
    ("leader", "分管领导"),
    ("village", "村干部，青溪村"),
    ("admin", "管理员"),
]
# login, office, post, role
LOGINS = [
    ("dispatcher", "便民服务中心", "调度员", "dispatcher"),
    ("handler", "村镇建设办", "经办人", "handler"),
    ("inspector", "党政办", "督查员", "inspector"),
    ("leader", "镇领导", "分管领导", "leader"),
    ("releaser", "党政办", "公开前把关人", "releaser"),
    ("admin", "党政办", "管理员", "administrator"),
    ("proposer", "党政办", "秘书", "proposer"),
    ("discipline", "镇纪委", "纪检委员", "discipline"),
    ("minors", "民政办", "未成年人保护专干", "minors"),
    ("archivist", "党政办", "档案员", "archivist"),
    ("congress", "人大主席团", "人大秘书", "congress"),
]
# A year of cases; the last weeks through the real actions.
DAYS, CASES = 365, 2_850
RECENT_DAYS, RECENT_CASES = 18, 140
# What came in during the last hours and waits for the dispatcher.
WAITING = 10


def fill_town(town: Town, seed: int = 20261124) -> None:
    """Make villages, offices, staff, categories and a year of cases."""
    chance = random.Random(seed)
    with scope(town=town):
        _make_places(town)
        _name_places(town)
        staff = _make_staff(town, chance)
        _make_categories(town)
        _make_duties(town)
        # A chance of their own, so that the year's stories stay as they were.
        _make_people(town, random.Random(seed + 1))
        cast, end = cast_of(town, staff), now()
        begin = end - timedelta(days=RECENT_DAYS)
        past = timedelta(days=DAYS - RECENT_DAYS)
        write_history(chance, cast, _moments(chance, begin, past, CASES), begin)
        join_a_small_village(town, end)
        recent = Recent(chance, cast, end)
        span = timedelta(days=RECENT_DAYS)
        for start in _moments(chance, end, span, RECENT_CASES):
            recent.play(start)
        for start in _moments(chance, end, timedelta(hours=5), WAITING):
            recent.come_in(start)
        keep_at_hand(recent.acting["dispatcher"], recent.acting["村镇建设办"])
        # Names and chance of their own again.
        releaser = _add(
            town, "周敏", "党政办", "公开前把关人", ["releaser"], "releaser"
        )
        publish_some(random.Random(seed + 2), releaser, end)
        take_lists_out(staff["dispatcher"], end)
        tell_apart(cast, end)
        survive_flood(town, staff["leader"], end)
        remember_flood(random.Random(seed + 4), end)
        look_again(random.Random(seed + 3), staff["inspector"], end)
        ask_for_help(Organisation.objects.get(name="财政所"), end)
        ask_as_deputies(staff["dispatcher"], staff["inspector"], releaser, end)
        lead_in_person(staff["leader"], staff["inspector"], end)
        hand_an_office_over(end)
        keep_nights(town, staff["leader"], end)
        send_notices(end)
        bring_orders(cast, end)
        end_lawfully(cast, end)
        _add(town, "方正", "镇纪委", "纪检委员", ["discipline"], "discipline")
        _add(town, "何静", "民政办", "未成年人保护专干", ["minors"], "minors")
        tell_in_confidence(cast, end)
        proposer = _add(town, "许静", "党政办", "秘书", ["proposer"], "proposer")
        speak(cast, end)
        ask_above_and_explain(cast, end)
        ask_for_words(town, proposer, staff["leader"], releaser, end)
        put_on_paper(end)
        archivist = _add(town, "方文", "党政办", "档案员", ["archivist"], "archivist")
        put_a_year_away(town, archivist, end)
        find_topics(cast, end)
        ask_people(cast, random.Random(seed + 5), end)
        ask_with_polis(staff["leader"], end)
        congress = _add(
            town, "沈立", "人大主席团", "人大秘书", ["congress"], "congress"
        )
        take_kinds(end)
        choose_projects(random.Random(seed + 5), congress, end)
        decide_in_village(end)
        tell_what_lasts(town, staff["leader"], end)
        let_grow(staff["leader"], end)
        keep_up(random.Random(seed + 5), cast, end)
        plan_upkeep(cast, end)
        # As the nights would have done.
        retrain(town, actor=SCHEDULER)


def staff_only(town: Town) -> None:
    """Give a town just set up the people who can sign in, and nothing else."""
    with scope(town=town):
        town.rules = town.rules | {"second_factor": False}
        town.save(update_fields=["rules"])
    for name, (login, office, title, role) in zip(GIVEN, LOGINS, strict=False):
        add_person(
            town,
            username=login,
            password=PASSWORD,
            name=f"{SURNAMES[0]}{name}",
            office=office,
            title=title,
            roles=[role],
        )


def _moments(
    chance: random.Random, end: datetime, span: timedelta, count: int
) -> list[datetime]:
    """Return moments within a span before `end`, the earliest first."""
    minutes = int(span.total_seconds() // 60)
    return sorted(
        end - timedelta(minutes=chance.randrange(minutes)) for _number in range(count)
    )


def _make_places(town: Town) -> None:
    town.phone, town.phone_hours = "0570-6001234", "8:30–17:30"
    # Nobody who tries the demo has its phone.
    town.rules = town.rules | {"second_factor": False}
    town.save(update_fields=["phone", "phone_hours", "rules"])
    for position, name in enumerate(VILLAGES):
        village = Village.objects.create(town=town, name=name, position=position)
        if name != "镇区":
            Organisation.objects.create(
                town=town,
                name=f"{name}委",
                kind=Organisation.Kind.VILLAGE,
                village=village,
                position=100 + position,
            )
    for position, (name, kind) in enumerate(OFFICES):
        Organisation.objects.create(town=town, name=name, kind=kind, position=position)


def _name_places(town: Town) -> None:
    for kind, name, aliases in PLACES:
        NamedPlace.objects.create(town=town, kind=kind, name=name, aliases=aliases)


def _add(
    town: Town, name: str, office: str, title: str, roles: list[str], login: str = ""
) -> Person:
    organisation = Organisation.objects.get(name=office)
    person = Person.objects.create(town=town, name=name)
    post = Post.objects.create(
        town=town, organisation=organisation, title=title, roles=roles
    )
    Tenure.objects.create(
        town=town, post=post, person=person, since=today() - timedelta(days=800)
    )
    if login:
        User.objects.create(
            username=login, password=make_password(PASSWORD), person=person
        )
    return person


def _make_staff(town: Town, chance: random.Random) -> dict[str, Person]:
    """Make one person for each office, and the six who can sign in."""
    names = [surname + given for surname in SURNAMES for given in GIVEN]
    chance.shuffle(names)
    fresh = iter(names)
    staff = {
        "dispatcher": _add(
            town, next(fresh), "便民服务中心", "调度员", ["dispatcher"], "dispatcher"
        ),
        "inspector": _add(
            town, next(fresh), "党政办", "督查员", ["inspector"], "inspector"
        ),
        "leader": _add(town, next(fresh), "镇领导", "分管领导", ["leader"], "leader"),
    }
    _add(town, next(fresh), "党政办", "管理员", ["administrator"], "admin")
    for office in Organisation.objects.exclude(
        name__in=["便民服务中心", "党政办", "镇领导"]
    ):
        login = {"村镇建设办": "handler", "青溪村委": "village"}.get(office.name, "")
        role = "village_officer" if office.assists_only else "handler"
        staff[office.name] = _add(
            town, next(fresh), office.name, "经办人", [role], login
        )
        if not office.assists_only:
            _add(town, next(fresh), office.name, "工作人员", ["handler"])
    return staff


def _make_categories(town: Town) -> None:
    for position, (name, office, days) in enumerate(CATEGORIES):
        Category.objects.create(
            town=town,
            name=name,
            organisation=Organisation.objects.get(name=office),
            term_amount=days,
            position=position,
        )
    for position, name in enumerate(AWAY, len(CATEGORIES)):
        Category.objects.create(town=town, name=name, position=position)


def _make_duties(town: Town) -> None:
    """Write the list of duties and let the categories name their lines."""
    for title, tier, body, phone, words, names in DUTIES:
        duty = DutyItem.objects.create(
            town=town,
            title=title,
            tier=tier,
            lead_body=body,
            lead_phone=phone,
            keywords=words,
        )
        Category.objects.filter(name__in=names).update(duty=duty)


def _make_people(town: Town, chance: random.Random) -> None:
    """Say how many people live in each village, and give the villages groups."""
    on = date(today().year - 1, 12, 31)
    for village in Village.objects.all():
        size = chance.randrange(700, 2600) * (3 if village.name == "镇区" else 1)
        Population.objects.bulk_create(
            Population(
                town=town,
                village=village,
                on=on,
                sex=sex,
                age_from=first,
                age_to=last,
                people=size * share // 2000 + chance.randrange(8),
            )
            for sex in Population.Sex.values
            for first, last, share in BANDS
        )
        if village.name != "镇区":
            VillageGroup.objects.bulk_create(
                VillageGroup(town=town, village=village, name=name) for name in GROUPS
            )
