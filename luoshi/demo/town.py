"""Fills a town with a made-up life: the same from the same seed, ending today."""

import random
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django_scopes import scope

from luoshi.cases.actions import judge_case, receive_case
from luoshi.commitments import actions
from luoshi.commitments.models import Category, DutyItem
from luoshi.core.actors import RESIDENT, Staff
from luoshi.core.clock import at, now, today
from luoshi.core.models import Organisation, Person, Post, Tenure, Town, User, Village
from luoshi.core.staff import staff_of_person
from luoshi.demo.names import (
    CATEGORIES,
    DONE,
    GIVEN,
    OFFICES,
    STORIES,
    SURNAMES,
    VILLAGES,
)

PASSWORD = "qinghe-demo"
SIGN_INS = [
    ("dispatcher", "调度员，便民服务中心"),
    ("handler", "经办人，村镇建设办"),
    ("inspector", "验收人，党政办"),
    ("leader", "分管领导"),
    ("village", "村干部，青溪村"),
    ("admin", "管理员"),
]
DAYS, CASES = 60, 160


def fill_town(town: Town, seed: int = 20261124) -> None:
    """Make villages, offices, staff, categories and two months of cases."""
    chance = random.Random(seed)
    with scope(town=town):
        _make_places(town)
        staff = _make_staff(town, chance)
        categories = _make_categories(town)
        _live(town, chance, staff, categories)


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
    return staff


def _make_categories(town: Town) -> dict[str, Category]:
    made = {}
    for position, (name, office, days) in enumerate(CATEGORIES):
        made[name] = Category.objects.create(
            town=town,
            name=name,
            organisation=Organisation.objects.get(name=office),
            term_amount=days,
            position=position,
        )
        DutyItem.objects.create(
            town=town,
            title=f"{name}方面的事",
            tier=DutyItem.Tier.BASIC,
            category=made[name],
        )
    return made


def _live(
    town: Town,
    chance: random.Random,
    staff: dict[str, Person],
    categories: dict[str, Category],
) -> None:
    """Let the cases come in over two months and take each as far as time allows."""
    acting = {name: staff_of_person(person) for name, person in staff.items()}
    villages, end = list(Village.objects.all()), now()
    starts = sorted(
        end - timedelta(minutes=chance.randrange(60, DAYS * 24 * 60))
        for _number in range(CASES)
    )
    for start in starts:
        name = chance.choice(list(STORIES))
        with at(start) as clock:
            receipt = receive_case(
                town=town,
                text=chance.choice(STORIES[name]) + "。",
                actor=RESIDENT,
                channel="web",
                village=chance.choice(villages),
            )
            _take_on(clock, end, chance, acting, categories[name], receipt)


def _take_on(clock, end, chance, acting: dict[str, Staff], category, receipt) -> None:
    """Take one case along its way; stop where the clock would pass today."""
    office = category.organisation
    pk, owner = receipt.case.commitment_id, acting[office.name]
    steps = [
        (
            2,
            lambda: actions.dispatch_commitment(
                pk,
                organisation_id=office.pk,
                category_id=category.pk,
                actor=acting["dispatcher"],
            ),
        ),
        (4, lambda: actions.take_commitment(pk, actor=owner)),
        (
            20,
            lambda: actions.report_progress(pk, words="到现场看过了。", actor=owner),
        ),
        (
            chance.choice([20, 40, 60, 160]),
            lambda: actions.submit_commitment(
                pk, words=chance.choice(DONE), actor=owner
            ),
        ),
        (10, lambda: actions.accept_commitment(pk, actor=acting["inspector"])),
        (
            30,
            lambda: judge_case(
                receipt.reporter.pk,
                solved=chance.choices(["solved", "partly"], [8, 2])[0],
                satisfied=chance.choice(["satisfied", "satisfied", "neutral"]),
            ),
        ),
    ]
    for hours, step in steps:
        clock.tick(timedelta(minutes=chance.randrange(10, hours * 60 + 11)))
        if clock.moment >= end:
            return
        step()
