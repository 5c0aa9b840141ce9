"""Where each list comes from: one queryset for the first five and for all.

A source is asked for its first rows, for a page and for its count; the rows of a list
and the number beside it can therefore never tell two things.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.cases.models import Signal
from luoshi.commitments.models import (
    Commitment,
    Explanation,
    Handback,
    HigherRequest,
    Sample,
    State,
    Support,
    Verdict,
)
from luoshi.commitments.models.commitment import OPEN_STATES
from luoshi.commitments.queries import commitments_visible_to
from luoshi.commitments.queries.inbox import view_conditions
from luoshi.commitments.queries.partial import (
    LIVE_INDEX,
    NOT_SOLVED_INDEX,
    OPEN_INDEX,
    SAMPLE_BACK_INDEX,
)
from luoshi.core.actors import Staff
from luoshi.core.clock import now

MATTER = ("village", "owner_organisation", "owner")


@dataclass(frozen=True)
class Source:
    """Rows in their order; `place` reads a row's key, `after` begins behind it."""

    rows: QuerySet[Any]
    order: tuple[str, ...]
    after: Callable[[str], Q | None]
    place: Callable[[Any], str]
    # From the row to its matter.
    path: str = ""


def _mine(staff: Staff, whose: str, path: str = "") -> Q:
    """Narrow to the offices for which this leader signs, if there are any."""
    if whose != "mine" or not staff.oversees:
        return Q()
    return Q(**{f"{path}owner_organisation__in": staff.oversees})


def _by_due(rows: QuerySet[Commitment]) -> Source:
    def after(key: str) -> Q | None:
        try:
            moment, pk = key.split("~")
            due, number = datetime.fromisoformat(moment), int(pk)
        except ValueError:
            return None
        # The first condition alone is what an index can begin at.
        return Q(due_at__gte=due) & (Q(due_at__gt=due) | Q(pk__gt=number))

    return Source(
        rows.select_related(*MATTER, "category"),
        ("due_at", "pk"),
        after,
        lambda row: f"{row.due_at.isoformat()}~{row.pk}",
    )


def _newest(rows: QuerySet[Any], path: str = "") -> Source:
    def after(key: str) -> Q | None:
        return Q(pk__lt=int(key)) if key.isdigit() else None

    related = [f"{path}{name}" for name in MATTER]
    return Source(
        rows.select_related(*related), ("-pk",), after, lambda row: str(row.pk), path
    )


def _view(staff: Staff, whose: str, name: str) -> QuerySet[Commitment]:
    rows = commitments_visible_to(staff).filter(_mine(staff, whose))
    return rows.filter(view_conditions(now())[name])


def late(staff: Staff, whose: str) -> Source:
    """Overdue, the longest first."""
    return _by_due(_view(staff, whose, "late").filter(LIVE_INDEX))


def soon(staff: Staff, whose: str) -> Source:
    """Due soon, the next first."""
    return _by_due(_view(staff, whose, "soon").filter(LIVE_INDEX))


def review(staff: Staff, whose: str) -> Source:
    """Handed in and not accepted yet."""
    return _by_due(_view(staff, whose, "review").filter(LIVE_INDEX))


def leader(staff: Staff, whose: str) -> Source:
    """Judged "not solved" twice: the leader decides."""
    return _newest(_view(staff, whose, "leader").filter(OPEN_INDEX))


def explained(staff: Staff, whose: str) -> Source:
    """Explained, and no leader has said yet whether it holds."""
    rows = _seen(staff, Explanation.objects.filter(accepted=None))
    return _newest(rows.filter(_mine(staff, whose, "commitment__")), "commitment__")


def above(staff: Staff, whose: str) -> Source:
    """Asked of a higher body, and no answer yet."""
    rows = _seen(staff, HigherRequest.objects.filter(answered_at=None))
    return _newest(rows.filter(_mine(staff, whose, "commitment__")), "commitment__")


def stuck(staff: Staff, whose: str) -> Source:
    """Twice its time taken, help not answered in time, or an objection undecided."""
    help_late = Support.objects.filter(
        commitment=OuterRef("pk"), answered_at=None, due_at__lt=now()
    )
    objected = Handback.objects.filter(commitment=OuterRef("pk"), decided_at=None)
    rows = commitments_visible_to(staff).filter(_mine(staff, whose), OPEN_INDEX)
    return _by_due(
        rows.filter(state__in=OPEN_STATES)
        .annotate(help_late=Exists(help_late), objected=Exists(objected))
        .filter(
            Q(escalated_again_at__isnull=False) | Q(help_late=True) | Q(objected=True)
        )
    )


def _seen(staff: Staff, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Keep what hangs on a matter that this person may see."""
    visible = commitments_visible_to(staff).filter(pk=OuterRef("commitment_id"))
    return rows.filter(Exists(visible), town=staff.town)


def signals(staff: Staff, whose: str) -> Source:
    """What neighbours said and nobody looked at."""
    rows = _seen(staff, Signal.objects.filter(seen_at=None))
    return _newest(rows.filter(_mine(staff, whose, "commitment__")), "commitment__")


def sent_back(staff: Staff, whose: str) -> Source:
    """Found not right in a sample, and not done again yet."""
    rows = Sample.objects.filter(
        SAMPLE_BACK_INDEX,
        found=Sample.Found.BACK,
        commitment__state__in=[
            state for state in OPEN_STATES if state != State.AWAITING
        ],
    )
    mine = _mine(staff, whose, "commitment__")
    return _newest(_seen(staff, rows).filter(mine), "commitment__")


def _drawn(staff: Staff, whose: str, why: Sample.Why) -> Source:
    rows = Sample.objects.filter(why=why, looked_at=None)
    mine = _mine(staff, whose, "commitment__")
    return _newest(_seen(staff, rows).filter(mine), "commitment__")


def work_drawn(staff: Staff, whose: str) -> Source:
    """Accepted work that was drawn and nobody looked at yet."""
    return _drawn(staff, whose, Sample.Why.WORK)


def ending_drawn(staff: Staff, whose: str) -> Source:
    """Endings that were drawn and nobody looked at yet."""
    return _drawn(staff, whose, Sample.Why.ENDING)


def looked(staff: Staff, whose: str) -> Source:
    """What was found in samples, the latest look first."""

    def after(key: str) -> Q | None:
        try:
            moment, pk = key.split("~")
            at, number = datetime.fromisoformat(moment), int(pk)
        except ValueError:
            return None
        return Q(looked_at__lte=at) & (Q(looked_at__lt=at) | Q(pk__lt=number))

    rows = _seen(staff, Sample.objects.filter(looked_at__isnull=False))
    related = [f"commitment__{name}" for name in MATTER]
    return Source(
        rows.filter(_mine(staff, whose, "commitment__")).select_related(
            *related, "looked_by"
        ),
        ("-looked_at", "-pk"),
        after,
        lambda row: f"{row.looked_at.isoformat()}~{row.pk}",
        "commitment__",
    )


def said_not(staff: Staff, whose: str) -> Source:
    """Verdicts that say "not solved", with the words of who judged."""
    rows = Verdict.objects.filter(NOT_SOLVED_INDEX, solved=Verdict.Solved.NOT)
    mine = _mine(staff, whose, "commitment__")
    return _newest(_seen(staff, rows).filter(mine), "commitment__")
