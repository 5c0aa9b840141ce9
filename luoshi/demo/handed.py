"""One office of the demo town has just been handed over."""

from datetime import datetime

from luoshi.core.actions import Successor, hand_posts_over
from luoshi.core.clock import SHANGHAI, at
from luoshi.core.models import Person, Tenure
from luoshi.core.staff import staff_of_person

OFFICE, NAME, LOGIN = "环卫所", "汪小芳", "xiaofang"


def hand_an_office_over(end: datetime) -> None:
    """Let who is in charge leave and another come, with what is open."""
    tenures = Tenure.objects.filter(
        post__organisation__name=OFFICE, post__title="经办人", until=None
    )
    administrator = Person.objects.get(account__username="admin")
    with at(end):
        hand_posts_over(
            [Successor(one.pk, name=NAME, username=LOGIN) for one in tenures],
            day=end.astimezone(SHANGHAI).date(),
            actor=staff_of_person(administrator),
        )
