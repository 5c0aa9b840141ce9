"""Matters that wait for a word in the demo town, and a leader who is away."""

from datetime import datetime, timedelta

from luoshi.cases.actions import receive_case
from luoshi.commitments import actions
from luoshi.commitments.models import Category, PathRule
from luoshi.core.actors import RESIDENT
from luoshi.core.clock import at, today
from luoshi.core.models import Person, Town, Village
from luoshi.core.staff import staff_of_person

CATEGORY = "道路"
# What was told, how many hours ago, and whether the proposal was made.
WAITING = [
    ("村口的路塌了半边，晚上骑车危险。", 26, True),
    ("去学校的路坑坑洼洼，下雨全是泥。", 5, False),
]


def ask_for_words(
    town: Town, proposer: Person, leader: Person, deputy: Person, end: datetime
) -> None:
    """Let one category take the whole path, and two matters wait on it."""
    category = Category.objects.get(name=CATEGORY)
    PathRule.objects.create(
        town=town, category=category, propose=True, instruct=True, sign=True
    )
    dispatcher = staff_of_person(Person.objects.get(account__username="dispatcher"))
    office = category.organisation
    assert office is not None
    clerk = staff_of_person(proposer)
    actions.name_deputy(
        leader.pk,
        deputy_id=deputy.pk,
        since=today(),
        until=today() + timedelta(days=2),
        actor=staff_of_person(leader),
    )
    for text, hours, proposed in WAITING:
        with at(end - timedelta(hours=hours)):
            receipt = receive_case(
                town=town,
                text=text,
                actor=RESIDENT,
                channel="phone",
                village=Village.objects.get(name="青溪村"),
            )
        pk = receipt.case.commitment_id
        with at(end - timedelta(hours=hours - 1)):
            actions.dispatch_commitment(
                pk,
                organisation_id=office.pk,
                category_id=category.pk,
                actor=dispatcher,
            )
        if proposed:
            with at(end - timedelta(hours=hours - 3)):
                actions.give_word(pk, words="建议先立警示牌。", actor=clerk)
