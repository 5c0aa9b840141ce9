"""What was asked of higher bodies: counted apart, and never as a hand-back.

Not kept with the months: there are few, and each is asked on its own day.
"""

from django.db.models import QuerySet

from luoshi.cases.figures.conditions import ABOVE, matters
from luoshi.cases.figures.periods import Days, Period
from luoshi.commitments.models import Commitment, HigherRequest


def above_rows(what: str, period: Period | Days) -> QuerySet[Commitment]:
    """Return the matters of which a higher body was asked."""
    asked = HigherRequest.objects.all()
    if what == "above_waiting":
        asked = asked.filter(answered_at=None)
    else:
        asked = asked.filter(at__gte=period.since, at__lt=period.until)
    # A part is never asked about: its whole is.
    return matters().filter(pk__in=asked.values("commitment"))


def count_above(period: Period) -> dict[str, int]:
    """Count both."""
    return {what: above_rows(what, period).count() for what in ABOVE}
