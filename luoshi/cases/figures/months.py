"""Months are counted once and kept; who changes one lets its counts go.

Of the present month too, all but the last days are kept: a town of a million cases
closes ten thousand a month, and its front page tells of the month.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from django.db.models import F

from luoshi.cases.figures.conditions import APART, CLOSED, HANDS, STARTED
from luoshi.cases.figures.counts import (
    SECONDS,
    Counts,
    count_between,
    count_received,
)
from luoshi.cases.figures.periods import Period, beginning, first_of, step
from luoshi.cases.models import MonthFigures
from luoshi.commitments.models import Commitment
from luoshi.core.clock import SHANGHAI, now
from luoshi.core.models import Town

# Kept only a day later: a transaction begun before midnight has ended by then.
REST = timedelta(days=1)
COLUMNS = [*CLOSED, *STARTED, HANDS, SECONDS]
# The moments that a batch of changes touches, until its end.
_gathered: ContextVar[set[datetime] | None] = ContextVar("gathered", default=None)


def counts_of(town: Town, period: Period) -> Counts:
    """Return a period's counts; kept months are read, the others counted."""
    return Counts().plus(by_month(town, period).values())


def by_month(town: Town, period: Period) -> dict[date, Counts]:
    """Return the counts of each month of a period, with one query for those kept."""
    kept = {
        row.month: row
        for row in MonthFigures.objects.filter(
            town=town, month__gte=period.first, month__lte=period.last
        )
    }
    return {month: _month(town, month, kept.get(month)) for month in period.months}


def by_month_received(period: Period) -> dict[date, Counts]:
    """Return of each month what came in then, and what has become of it by now."""
    return {
        month: count_received(beginning(month), beginning(step(month, 1)))
        for month in period.months
    }


def settled() -> datetime:
    """Return the midnight before which counts are kept; what is later is counted."""
    day = (now() - REST).astimezone(SHANGHAI).date()
    return datetime.combine(day, time(), SHANGHAI)


def _month(town: Town, month: date, row: MonthFigures | None) -> Counts:
    """Return one month: what is settled of it is kept, the last days are counted."""
    since, until = beginning(month), beginning(step(month, 1))
    end = min(until, settled())
    if end <= since:
        return count_between(since, until)
    kept = _kept(town, month, row, end)
    return kept if end == until else kept.plus([count_between(end, until)])


def _kept(town: Town, month: date, row: MonthFigures | None, until: datetime) -> Counts:
    """Return a month's counts up to a moment, and keep them if they are not."""
    if row is None:
        row, _made = MonthFigures.objects.get_or_create(town=town, month=month)
    same = {"columns": COLUMNS, "until": until.isoformat()}
    if row.data and same.items() <= row.data.items():
        return _unpack(row.data["rows"])
    counts = count_between(beginning(month), until)
    # The version was read before counting: a writer in between makes this store none.
    MonthFigures.objects.filter(pk=row.pk, version=row.version).update(
        data=same | {"rows": _pack(counts)}
    )
    return counts


def _pack(counts: Counts) -> list[list[int | None]]:
    return [
        [office, village, *(found.get(name, 0) for name in COLUMNS)]
        for office, village, found in counts.rows
    ]


def _unpack(rows: list[list[int]]) -> Counts:
    return Counts(
        [
            (
                row[0],
                row[1],
                {n: count for n, count in zip(COLUMNS, row[2:], strict=True) if count},
            )
            for row in rows
        ]
    )


def forget_months(town: Town, months: Iterable[date]) -> None:
    """Let the kept counts of months go, within the transaction that changes them."""
    for month in sorted(set(months)):
        rows = MonthFigures.objects.filter(town=town, month=month)
        change = {"version": F("version") + 1, "data": None}
        if not rows.update(**change):
            # The row must be there, so that a reader who counts now sees it move on.
            MonthFigures.objects.bulk_create(
                [MonthFigures(town=town, month=month)], ignore_conflicts=True
            )
            rows.update(**change)


def forget_changed(commitment: Commitment) -> None:
    """Let the months go of whose settled days a change of this matter touches counts.

    A change within today and yesterday costs no query: nothing of them is kept.
    """
    touched, gathered = _touched(commitment), _gathered.get()
    if gathered is not None:
        gathered |= touched
        return
    _forget_settled(commitment.town, touched)


def _forget_settled(town: Town, moments: set[datetime]) -> None:
    end = settled()
    months = {first_of(moment) for moment in moments if moment < end}
    if months:
        forget_months(town, months)


@contextmanager
def forgotten_once(town: Town) -> Iterator[None]:
    """Let the months of many changes go together, at the end of their transaction.

    By then the clock shows the present: what is brought in from years ago is written
    with the clock set back, and its month would seem not to be over.
    """
    moments: set[datetime] = set()
    token = _gathered.set(moments)
    try:
        yield
    finally:
        _gathered.reset(token)
    _forget_settled(town, moments)


def _touched(commitment: Commitment) -> set[datetime]:
    """Return the moments at which a change moves a count."""
    before = commitment.counted_before
    started, closed = {commitment.started_at}, set()
    if commitment.closed_at:
        closed.add(commitment.closed_at)
    if before is None:
        return started | closed
    if before["closed_at"]:
        closed.add(before["closed_at"])
    changed = any(getattr(commitment, name) != was for name, was in before.items())
    if not changed:
        return set()
    # Of what came in only these decide: an owner or an ordinary ending does not.
    moved = (before["ending"] in APART) != (commitment.ending in APART) or any(
        getattr(commitment, name) != before[name]
        for name in ("kind", "parent_id", "village_id")
    )
    return closed | (started if moved else set())
