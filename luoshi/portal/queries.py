"""What the front pages say."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Count, Q

from luoshi.cases.models import Case
from luoshi.commitments.models import Commitment, Ending
from luoshi.core.clock import SHANGHAI, today
from luoshi.core.models import Town


@dataclass(frozen=True)
class Month:
    """How many came in this month, how many of all were closed, and how."""

    received: int
    closed: int
    solved: int
    partly: int
    not_solved: int
    no_verdict: int
    passed_on: int


def all_towns() -> list[Town]:
    """Return the towns of this deployment by name."""
    return list(Town.objects.order_by("name"))


def this_month() -> Month:
    """Count this month's cases in one town's scope."""
    first = datetime.combine(today().replace(day=1), time(), SHANGHAI)
    closed = Commitment.objects.filter(closed_at__gte=first).exclude(
        ending=Ending.HISTORY
    )
    counts = closed.aggregate(
        closed=Count("pk"),
        solved=Count("pk", filter=Q(ending=Ending.SOLVED)),
        partly=Count("pk", filter=Q(ending=Ending.PARTLY)),
        not_solved=Count("pk", filter=Q(ending=Ending.NOT_SOLVED)),
        no_verdict=Count("pk", filter=Q(ending=Ending.NO_VERDICT)),
        passed_on=Count("pk", filter=Q(ending=Ending.DESTINATION)),
    )
    received = Case.objects.filter(received_at__gte=first).exclude(
        commitment__ending=Ending.HISTORY
    )
    return Month(received=received.count(), **counts)
