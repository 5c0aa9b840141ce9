"""The one table of what is counted; numbers and the lists behind them read it.

A matter counts once: parts count with the whole, what was brought over from before
and what is done together with another matter stand apart and are only said.
"""

from datetime import datetime

from django.db.models import F, Q, QuerySet

from luoshi.commitments.models import Commitment, Ending, Kind, State, Verdict
from luoshi.commitments.models.commitment import (
    LIVE_STATES,
    OPEN_STATES,
    UNSOLVED_BY_LAW,
)

# The judges were asked: they spoke, or nobody was reached.
JUDGED = [Ending.SOLVED, Ending.PARTLY, Ending.NOT_SOLVED]
SILENT = [Ending.NO_VERDICT, Ending.NO_CALLBACK]
ASKED = [*JUDGED, *SILENT]
APART = [Ending.HISTORY, Ending.MERGED]
# Closed without the town's work: neither answered in time nor left without an answer.
ELSEWHERE = [Ending.DESTINATION, *UNSOLVED_BY_LAW]

_WHOLE = Q(parent__isnull=True)
_COUNTS = _WHOLE & ~Q(ending__in=APART)
_ANSWERED = _COUNTS & Q(submitted_at__isnull=False) & ~Q(ending__in=ELSEWHERE)
_JUDGED = _COUNTS & Q(ending__in=JUDGED)
_LIVE = _WHOLE & Q(state__in=LIVE_STATES, paused=False)
_SAID = Verdict.Satisfied

# By the day on which it was closed.
CLOSED: dict[str, Q] = {
    "closed": _COUNTS,
    "answered": _ANSWERED,
    "in_time": _ANSWERED & Q(submitted_at__lte=F("due_at")),
    "after_time": _ANSWERED & Q(submitted_at__gt=F("due_at")),
    "asked": _COUNTS & Q(ending__in=ASKED),
    "judged": _JUDGED,
    "solved": _COUNTS & Q(ending=Ending.SOLVED),
    "partly": _COUNTS & Q(ending=Ending.PARTLY),
    "not_solved": _COUNTS & Q(ending=Ending.NOT_SOLVED),
    "rated": _JUDGED & ~Q(satisfied=""),
    "satisfied": _JUDGED & Q(satisfied=_SAID.SATISFIED),
    "so_so": _JUDGED & Q(satisfied=_SAID.NEUTRAL),
    "dissatisfied": _JUDGED & Q(satisfied=_SAID.NOT),
    "passed_on": _COUNTS & Q(ending=Ending.DESTINATION),
    "not_asked": _COUNTS & Q(ending=Ending.ACCEPTED),
    "nobody": _COUNTS & Q(ending__in=SILENT),
    "no_callback": _COUNTS & Q(ending=Ending.NO_CALLBACK),
    "refused": _COUNTS & Q(ending=Ending.REFUSED),
    "withdrawn": _COUNTS & Q(ending=Ending.WITHDRAWN),
    "lawful": _COUNTS & Q(ending=Ending.LAWFUL),
    "unanswered": _COUNTS & Q(submitted_at__isnull=True) & ~Q(ending__in=ELSEWHERE),
    "history": _WHOLE & Q(ending=Ending.HISTORY),
    "merged": _WHOLE & Q(ending=Ending.MERGED),
    "parts": Q(parent__isnull=False),
}
# By the day of the first word.
STARTED: dict[str, Q] = {"received": _COUNTS}
# Of what came in, what is not over yet: it changes until it is, so it is never kept.
LEFT: dict[str, Q] = {"not_over": _COUNTS & ~Q(state=State.CLOSED)}
# By which day a matter is counted.
BY_CLOSING, BY_RECEIPT = "closed", "received"
# Of one main system's orders: what was withdrawn there.
WITHDRAWN_THERE = "withdrawn_there"
# As it stands now, whatever the period.
NOW = ("open", "late", "soon", "promised")
# Through whose hands it went; by the day on which it was closed.
HANDS = "hands"
# Asked of a higher body in the period; and asked whenever, without an answer yet.
ABOVE = ("above", "above_waiting")
NAMES = (*CLOSED, *STARTED, *LEFT, *NOW, HANDS, WITHDRAWN_THERE, *ABOVE)


def now_conditions(at: datetime) -> dict[str, Q]:
    """Return what is open at a moment, and how it stands."""
    return {
        "open": _WHOLE & Q(state__in=OPEN_STATES),
        "late": _LIVE & Q(due_at__lt=at),
        "soon": _LIVE & Q(yellow_at__lte=at, due_at__gte=at),
        "promised": _WHOLE & Q(state=State.OPEN_PROMISE),
    }


def matters() -> QuerySet[Commitment]:
    """Return the matters of the town in whose scope this is asked."""
    return Commitment.objects.filter(kind=Kind.CASE).order_by()
