"""What the demo town's leaders lead in person, through the real actions."""

from datetime import datetime, timedelta

from luoshi.cases.models import Case
from luoshi.commitments import actions
from luoshi.commitments.models import State
from luoshi.core.clock import at, today
from luoshi.core.models import Person
from luoshi.core.staff import staff_of_person
from luoshi.pledges.actions import put_on_list
from luoshi.pledges.actions.led import Wanted

# Title, what will be there, days until it is due, how it ended.
LED = [
    ("杨家村过水路面改成小桥", "桥通车，两头护栏装好", 45, ""),
    (
        "镇区公厕夜里不锁门",
        "两处公厕夜里都能进，灯亮着",
        20,
        "都换了声控灯，门锁拆了。",
    ),
]
EXISTING = "盯住这一件，直到来件人说解决了"


def lead_in_person(leader: Person, inspector: Person, end: datetime) -> None:
    """Put three matters on the leader's list: one in hand, one done, one heard."""
    actor, checker = staff_of_person(leader), staff_of_person(inspector)
    with at(end - timedelta(days=15)) as clock:
        day = today()
        for title, words, days, result in LED:
            wanted = Wanted(
                leader.pk, title, words=words, until=day + timedelta(days=days)
            )
            pk = put_on_list(wanted, actor=actor).commitment_id
            clock.tick(timedelta(hours=1))
            actions.take_commitment(pk, actor=actor)
            if result:
                clock.tick(timedelta(days=6))
                actions.submit_commitment(pk, words=result, actor=actor)
                clock.tick(timedelta(days=1))
                actions.accept_commitment(pk, actor=checker)
    with at(end - timedelta(hours=1)):
        open_case = Case.objects.filter(
            commitment__state__in=[State.TAKEN, State.IN_HAND],
            commitment__parent=None,
            proposal=None,
            channel="web",
        ).order_by("pk")[0]
        put_on_list(Wanted(leader.pk, EXISTING, number=open_case.number), actor=actor)
