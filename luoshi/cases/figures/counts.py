"""Counts of one span of time, by office and by village."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, F, FloatField, Func, Q, Sum

from luoshi.cases.figures.conditions import (
    CLOSED,
    HANDS,
    LEFT,
    STARTED,
    matters,
    now_conditions,
)
from luoshi.commitments.models import Hop, Kind, State
from luoshi.commitments.models.commitment import Visibility
from luoshi.commitments.queries.partial import CLOSED_INDEX, OPEN_INDEX
from luoshi.core.clock import now

SECONDS = "seconds"
# An office's id, a village's id (None: no village said), and the counts.
Row = tuple[int | None, int | None, dict[str, int]]


class ElapsedSeconds(Func):
    """The seconds between two columns, counted by the database itself."""

    output_field = FloatField()
    template = "EXTRACT(EPOCH FROM (%(expressions)s))"
    arg_joiner = " - "

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Count days between; SQLite keeps times as text."""
        columns, params = [], []
        for one in self.source_expressions:
            sql, given = compiler.compile(one)
            columns.append(f"julianday({sql})")
            params += given
        return f"(({' - '.join(columns)}) * 86400.0)", params


@dataclass(frozen=True)
class Counts:
    """Rows of counts; sums over offices and villages are taken from them."""

    rows: list[Row] = field(default_factory=list)

    def sum(self, office: int | None = None, village: Any = "") -> Counter[str]:
        """Add up; None takes every office, the empty text every village."""
        return _sum(
            counts
            for at_office, at_village, counts in self.rows
            if office in (None, at_office) and village in ("", at_village)
        )

    def by_office(self) -> dict[int, Counter[str]]:
        """Return the sums of each office that has any."""
        groups: dict[int, list[dict[str, int]]] = {}
        for office, _village, counts in self.rows:
            if office:
                groups.setdefault(office, []).append(counts)
        return {office: _sum(rows) for office, rows in groups.items()}

    def by_village(self, current: dict[int, int]) -> dict[int | None, Counter[str]]:
        """Return the sums of each village of today that has any."""
        groups: dict[int | None, list[dict[str, int]]] = {}
        for _office, village, counts in self.rows:
            head = current.get(village, village) if village else None
            groups.setdefault(head, []).append(counts)
        return {village: _sum(rows) for village, rows in groups.items()}

    def plus(self, others: Iterable["Counts"]) -> "Counts":
        """Return these rows and the others' together."""
        return Counts([*self.rows, *(row for other in others for row in other.rows)])


def _sum(rows: Iterable[dict[str, int]]) -> Counter[str]:
    # In a plain dictionary: a counter's own update takes thrice as long, and a year has
    # thousands of rows.
    total: dict[str, int] = {}
    for counts in rows:
        for name, number in counts.items():
            total[name] = total.get(name, 0) + number
    return Counter(total)


def _row(found: dict[str, Any], office: str, village: str) -> Row:
    pair = found.pop(office, None), found.pop(village)
    # The prefix keeps a count apart from a column of the same name.
    return (*pair, {name.removeprefix("n_"): int(n) for name, n in found.items() if n})


def count_between(since: datetime, until: datetime) -> Counts:
    """Count what closed and what came in between two moments, afresh."""
    closed = matters().filter(
        CLOSED_INDEX, state=State.CLOSED, closed_at__gte=since, closed_at__lt=until
    )
    ended = closed.values("owner_organisation_id", "village_id").annotate(
        **{f"n_{name}": Count("pk", filter=part) for name, part in CLOSED.items()}
    )
    began = (
        matters()
        .filter(started_at__gte=since, started_at__lt=until)
        .values("village_id")
        .annotate(**{f"n_{name}": Count("pk", filter=q) for name, q in STARTED.items()})
    )
    rows = [_row(dict(one), "owner_organisation_id", "village_id") for one in ended]
    rows += [_row(dict(one), "", "village_id") for one in began]
    rows += [
        _row(one, "organisation_id", "commitment__village_id")
        for one in _hands(since, until)
    ]
    return Counts(rows)


def count_received(since: datetime, until: datetime) -> Counts:
    """Count what came in between two moments, and what has become of it by now.

    Never kept: each closing would let a month go that is long over.
    """
    over = Q(state=State.CLOSED)
    what = {name: over & part for name, part in CLOSED.items()} | STARTED | LEFT
    began = (
        matters()
        .filter(started_at__gte=since, started_at__lt=until)
        .values("owner_organisation_id", "village_id")
        .annotate(**{f"n_{name}": Count("pk", filter=q) for name, q in what.items()})
    )
    rows = [_row(dict(one), "owner_organisation_id", "village_id") for one in began]
    rows += [
        _row(one, "organisation_id", "commitment__village_id")
        for one in _hands(since, until, by="started_at")
    ]
    return Counts(rows)


def _hands(since: datetime, until: datetime, by: str = "closed_at") -> Any:
    """Add up the time in each office's hands of what closed between two moments."""
    whole = Q(commitment__parent__isnull=True) & ~Q(
        commitment__ending__in=["history", "merged"]
    )
    hops = Hop.objects.exclude(commitment__visibility=Visibility.SEALED).filter(
        whole,
        commitment__town=F("town"),
        commitment__kind=Kind.CASE,
        commitment__state=State.CLOSED,
        **{f"commitment__{by}__gte": since, f"commitment__{by}__lt": until},
    )
    return (
        hops.order_by()
        .values("organisation_id", "commitment__village_id")
        .annotate(
            **{
                SECONDS: Sum(ElapsedSeconds(F("until"), F("since"))),
                HANDS: Count("commitment_id", distinct=True),
            }
        )
    )


def count_now() -> Counts:
    """Count what is open at this moment."""
    conditions = now_conditions(now())
    found = (
        matters()
        .filter(OPEN_INDEX, conditions["open"])
        .values("owner_organisation_id", "village_id")
        .annotate(
            **{f"n_{name}": Count("pk", filter=q) for name, q in conditions.items()}
        )
    )
    return Counts(
        [_row(dict(one), "owner_organisation_id", "village_id") for one in found]
    )
