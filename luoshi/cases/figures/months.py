"""Past months are counted once and kept; who changes one lets its counts go."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import F

from luoshi.cases.figures.conditions import APART, CLOSED, HANDS, STARTED
from luoshi.cases.figures.counts import SECONDS, Counts, count_between
from luoshi.cases.figures.periods import Period, beginning, first_of, step, this_month
from luoshi.cases.models import MonthFigures
from luoshi.commitments.models import Commitment
from luoshi.core.clock import now
from luoshi.core.models import Town

# Kept only later: a transaction begun before midnight has ended by then.
REST = timedelta(days=1)
COLUMNS = [*CLOSED, *STARTED, HANDS, SECONDS]


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


def _month(town: Town, month: date, row: MonthFigures | None) -> Counts:
    """Return one month, and keep it if it is over."""
    since, until = beginning(month), beginning(step(month, 1))
    if until + REST > now():
        return count_between(since, until)
    if row is None:
        row, _made = MonthFigures.objects.get_or_create(town=town, month=month)
    if row.data and row.data["columns"] == COLUMNS:
        return _unpack(row.data["rows"])
    counts = count_between(since, until)
    # The version was read before counting: a writer in between makes this store none.
    MonthFigures.objects.filter(pk=row.pk, version=row.version).update(
        data={"columns": COLUMNS, "rows": _pack(counts)}
    )
    return counts


def _pack(counts: Counts) -> list[list[int | None]]:
    return [
        [office, village, *(found.get(name, 0) for name in COLUMNS)]
        for office, village, found in counts.rows
    ]


def _unpack(rows: list[list[int]]) -> Counts:
    return Counts(
        [(row[0], row[1], dict(zip(COLUMNS, row[2:], strict=True))) for row in rows]
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
    """Let the past months go whose counts a change of this matter touches.

    A change within the present month costs no query: nothing of it is kept.
    """
    present = this_month()
    past = {month for month in _touched(commitment) if month < present}
    if past:
        forget_months(commitment.town, past)


def _touched(commitment: Commitment) -> set[date]:
    """Return the months in which a change moves a count."""
    before = commitment.counted_before
    started, closed = {first_of(commitment.started_at)}, set()
    if commitment.closed_at:
        closed.add(first_of(commitment.closed_at))
    if before is None:
        return started | closed
    if before["closed_at"]:
        closed.add(first_of(before["closed_at"]))
    changed = any(getattr(commitment, name) != was for name, was in before.items())
    if not changed:
        return set()
    # Of what came in only these decide: an owner or an ordinary ending does not.
    moved = (before["ending"] in APART) != (commitment.ending in APART) or any(
        getattr(commitment, name) != before[name]
        for name in ("kind", "parent_id", "village_id")
    )
    return closed | (started if moved else set())
