"""A flood of the demo town that is over: who declared it, which clocks stood."""

from datetime import datetime, timedelta

from luoshi.commitments.actions import carry_on_in, declare_emergency, end_emergency
from luoshi.commitments.models import Category
from luoshi.core.clock import at
from luoshi.core.models import Person, Town
from luoshi.core.staff import staff_of_person

# Categories whose clocks run on in an emergency.
SAFETY = ("供水", "救助")


def survive_flood(town: Town, leader: Person, end: datetime) -> None:
    """Switch the emergency mode on and off again, through the real actions."""
    Category.objects.filter(name__in=SAFETY).update(runs_on=True)
    actor = staff_of_person(leader)
    with at(end - timedelta(days=2, hours=9)) as clock:
        emergency = declare_emergency(
            name="防汛四级响应",
            reason="县防汛办发布暴雨蓝色预警，全镇巡查水库和低洼处。",
            actor=actor,
        )
        carry_on_in(town)
        clock.tick(timedelta(hours=14))
        end_emergency(
            emergency.pk, reason="预警解除，巡查没有发现新的险情。", actor=actor
        )
        carry_on_in(town)
