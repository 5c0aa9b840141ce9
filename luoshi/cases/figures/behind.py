"""Of what a number is, and the list of matters that it counts."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.cases.figures.above import above_rows
from luoshi.cases.figures.conditions import (
    ABOVE,
    BY_CLOSING,
    BY_RECEIPT,
    CLOSED,
    HANDS,
    LEFT,
    NAMES,
    STARTED,
    WITHDRAWN_THERE,
    matters,
    now_conditions,
)
from luoshi.cases.figures.periods import Days, Period, read_period
from luoshi.cases.models import Order
from luoshi.commitments.models import Commitment, Hop, State
from luoshi.core.clock import now
from luoshi.core.villages import of_village

ROWS = 50


@dataclass(frozen=True)
class Asked:
    """Of what a list is: one of `NAMES`, a period, an office, a village."""

    what: str
    period: Period | Days
    office: int | None = None
    # None: every village; 0: no village was said.
    village: int | None = None
    # By which day it is counted: of the closing, or of the first word.
    by: str = BY_CLOSING
    # The code of the main system whose orders alone are counted.
    system: str = ""

    def query(self) -> str:
        """Return the address's query that asks for the same."""
        told: dict[str, object] = {
            "what": self.what,
            "from": self.period.name_of(self.period.first),
            "to": self.period.name_of(self.period.last),
        }
        if self.by != BY_CLOSING:
            told["by"] = self.by
        if self.system:
            told["system"] = self.system
        if self.office is not None:
            told["office"] = self.office
        if self.village is not None:
            told["village"] = self.village
        return urlencode(told)


@dataclass(frozen=True)
class Number:
    """A number and what its list is asked by."""

    value: int
    asked: Asked


def list_behind(asked: Asked) -> QuerySet[Commitment]:
    """Return the very matters that a number counts."""
    return counted(asked).filter(_of_group(asked))


def counted(asked: Asked) -> QuerySet[Commitment]:
    """Return what a number counts of the whole town."""
    rows, period = matters(), asked.period
    began = Q(started_at__gte=period.since, started_at__lt=period.until)
    ended = Q(closed_at__gte=period.since, closed_at__lt=period.until)
    if asked.system:
        orders = Order.objects.filter(
            case__commitment=OuterRef("pk"), system__code=asked.system
        )
        if asked.what == WITHDRAWN_THERE:
            orders = orders.exclude(withdrawn_at=None)
        rows = rows.filter(Exists(orders))
    if asked.what in STARTED:
        return rows.filter(STARTED[asked.what], began)
    if asked.what in LEFT:
        return rows.filter(LEFT[asked.what], began)
    if asked.what in ABOVE:
        return rows & above_rows(asked.what, period)
    if asked.what == WITHDRAWN_THERE:
        return rows.filter(began if asked.by == BY_RECEIPT else ended)
    if asked.what in (*CLOSED, HANDS):
        over = Q(state=State.CLOSED)
        over &= began if asked.by == BY_RECEIPT else ended
        return rows.filter(CLOSED.get(asked.what, CLOSED["closed"]), over)
    return rows.filter(now_conditions(now())[asked.what])


def _of_group(asked: Asked) -> Q:
    group = Q()
    if asked.office is not None and asked.what == HANDS:
        hops = Hop.objects.filter(commitment=OuterRef("pk"), organisation=asked.office)
        group &= Q(Exists(hops))
    elif asked.office is not None:
        group &= Q(owner_organisation=asked.office)
    elif asked.what == HANDS:
        group &= Q(Exists(Hop.objects.filter(commitment=OuterRef("pk"))))
    if asked.village is not None:
        group &= of_village(asked.village) if asked.village else Q(village=None)
    return group


def read_asked(told: "dict[str, str]") -> Asked | None:
    """Read an address's query; None where it asks for nothing that is counted."""
    period = read_period(told.get("from", ""), told.get("to", ""))
    by, system = told.get("by", BY_CLOSING), told.get("system", "")
    what = told.get("what")
    if period is None or by not in (BY_CLOSING, BY_RECEIPT) or what not in NAMES:
        return None
    if what == WITHDRAWN_THERE and not system:
        return None
    numbers = {
        name: int(told[name])
        for name in ("office", "village")
        if told.get(name, "").isdigit()
    }
    return Asked(
        *(what, period, numbers.get("office"), numbers.get("village")),
        by=by,
        system=system[:20],
    )


def list_page(asked: Asked, after: int = 0) -> tuple[list[Commitment], int]:
    """Return one page of a list, the newest first, and where the next one begins."""
    rows = list_behind(asked)
    if after:
        rows = rows.filter(pk__lt=after)
    found = list(
        rows.select_related("village", "owner_organisation", "owner").order_by("-pk")[
            : ROWS + 1
        ]
    )
    return found[:ROWS], found[ROWS - 1].pk if len(found) > ROWS else 0
