"""The inbox: red, then yellow, then green, each by due date, in keyset pages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from luoshi.commitments.models import Commitment, State
from luoshi.commitments.models.commitment import LIVE_STATES, OPEN_STATES
from luoshi.commitments.queries.partial import LIVE_INDEX, OPEN_INDEX
from luoshi.commitments.queries.visible import commitments_visible_to
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.villages import of_village

ROWS = 50
# Beyond it the page says "more than": counting on would cost more than anybody reads.
COUNT_UP_TO = 1_000


@dataclass(frozen=True)
class Filters:
    """What the filter bar narrows to; None narrows nothing."""

    village_id: int | None = None
    category_id: int | None = None
    organisation_id: int | None = None


@dataclass(frozen=True)
class Page:
    """One page of rows; `older` is the key of the next page, or empty."""

    rows: list[Commitment] = field(default_factory=list)
    older: str = ""
    total: int = 0

    @property
    def more(self) -> bool:
        """Tell whether there are more than were counted."""
        return self.total >= COUNT_UP_TO


def view_conditions(at: datetime) -> dict[str, Q]:
    """Return what each saved view of the inbox holds."""
    live = Q(state__in=LIVE_STATES)
    running = live & Q(paused=False)
    return {
        "open": Q(state__in=OPEN_STATES),
        "undispatched": Q(state=State.RECEIVED),
        "soon": running & Q(yellow_at__lte=at, due_at__gte=at),
        "late": running & Q(due_at__lt=at),
        "review": Q(state=State.SUBMITTED),
        "awaiting": Q(state=State.AWAITING),
        "leader": Q(state=State.AWAITING, with_leader=True),
        "closed": Q(state=State.CLOSED),
    }


VIEWS = tuple(view_conditions(now()))


def _range_conditions(at: datetime) -> dict[str, Q]:
    """Return red, yellow, green and the rest, which never overlap."""
    running = Q(state__in=LIVE_STATES, paused=False)
    red = running & Q(due_at__lt=at)
    yellow = running & Q(due_at__gte=at, yellow_at__lte=at)
    green = running & Q(due_at__gte=at, yellow_at__gt=at)
    return {"r": red, "y": yellow, "g": green, "z": ~running}


def _of_whom(staff: Staff, whose: str) -> QuerySet[Commitment]:
    visible = commitments_visible_to(staff)
    if whose == "mine":
        return visible.filter(owner=staff.person)
    if whose == "office":
        return visible.filter(owner_organisation__in=staff.organisations)
    return visible


def _filtered(rows: QuerySet[Commitment], filters: Filters) -> QuerySet[Commitment]:
    if filters.village_id:
        rows = rows.filter(of_village(filters.village_id))
    if filters.category_id:
        rows = rows.filter(category_id=filters.category_id)
    if filters.organisation_id:
        rows = rows.filter(owner_organisation_id=filters.organisation_id)
    return rows


def _chosen(
    staff: Staff, whose: str, view: str, filters: Filters, at: datetime
) -> QuerySet[Commitment]:
    """Return what one view of the inbox holds, in no order."""
    conditions = view_conditions(at)
    rows = _filtered(_of_whom(staff, whose), filters)
    rows = rows.filter(conditions.get(view, conditions["open"]))
    return rows if view == "closed" else rows.filter(OPEN_INDEX)


def inbox_ids(
    staff: Staff, *, whose: str, view: str, filters: Filters
) -> Iterator[int]:
    """Yield the id of each row of a view, in the order of its pages."""
    at = now()
    rows = _chosen(staff, whose, view, filters, at)
    if view == "closed":
        yield from ids_of(rows.order_by("-pk"))
        return
    for name, condition in _range_conditions(at).items():
        yield from ids_of(_range(rows, name, condition).order_by("due_at", "pk"))


def ids_of(rows: QuerySet[Commitment]) -> Iterator[int]:
    """Yield ids some at a time: from a cursor of the server on PostgreSQL."""
    return rows.values_list("pk", flat=True).iterator(chunk_size=5000)


def read_key(after: str) -> tuple[str, datetime, int] | None:
    """Read a page key; None for the first page or a key that makes no sense."""
    try:
        name, moment, pk = after.split("~")
        return name, datetime.fromisoformat(moment), int(pk)
    except ValueError:
        return None


def inbox_count(staff: Staff, *, whose: str, view: str, filters: Filters) -> int:
    """Count what a view holds, up to what the page says as a number."""
    rows = _chosen(staff, whose, view, filters, now())
    return rows.order_by()[:COUNT_UP_TO].count()


def inbox_page(
    staff: Staff,
    *,
    whose: str = "town",
    view: str = "open",
    filters: Filters | None = None,
    after: str = "",
) -> Page:
    """Return one page of the inbox."""
    at = now()
    rows = _chosen(staff, whose, view, filters or Filters(), at)
    # Without the town: with it SQLite begins there and sorts everything.
    rows = rows.select_related("village", "category", "owner_organisation", "owner")
    if view == "closed":
        found = _newest_first(rows, after)
    else:
        found = _by_light(rows, at, after)
    for one in found:
        one.town = staff.town
    total = rows.order_by()[:COUNT_UP_TO].count()
    older = _key_of(found[ROWS - 1], at) if len(found) > ROWS else ""
    return Page(found[:ROWS], older, total)


def _newest_first(rows: QuerySet[Commitment], after: str) -> list[Commitment]:
    key = read_key(after)
    if key:
        rows = rows.filter(pk__lt=key[2])
    return list(rows.order_by("-pk")[: ROWS + 1])


def _by_light(rows: QuerySet[Commitment], at: datetime, after: str) -> list[Commitment]:
    """Take rows from each range in turn until the page is full."""
    key = read_key(after)
    found: list[Commitment] = []
    for name, condition in _range_conditions(at).items():
        if key and name != key[0] and not found and _before(name, key[0]):
            continue
        part = _range(rows, name, condition)
        if key and name == key[0]:
            later = Q(due_at__gt=key[1]) | Q(due_at=key[1], pk__gt=key[2])
            part = part.filter(later)
        found += part.order_by("due_at", "pk")[: ROWS + 1 - len(found)]
        if len(found) > ROWS:
            break
    return found


def _range(rows: QuerySet[Commitment], name: str, condition: Q) -> QuerySet[Commitment]:
    """Return the rows of one light; "z" is what has none that runs."""
    part = rows.filter(condition)
    return part if name == "z" else part.filter(LIVE_INDEX)


def _before(one: str, other: str) -> bool:
    order = "rygz"
    return order.find(one) < order.find(other)


def _key_of(commitment: Commitment, at: datetime) -> str:
    if commitment.state not in LIVE_STATES or commitment.paused:
        name = "z"
    elif commitment.due_at < at:
        name = "r"
    else:
        name = "y" if commitment.yellow_at <= at else "g"
    return f"{name}~{commitment.due_at.isoformat()}~{commitment.pk}"


def inbox_counts(staff: Staff, whose: str = "town") -> dict[str, int]:
    """Count each view but the closed ones, in one query."""
    conditions = view_conditions(now())
    del conditions["closed"]
    return (
        _of_whom(staff, whose)
        .filter(OPEN_INDEX, state__in=OPEN_STATES)
        .aggregate(
            **{name: Count("pk", filter=part) for name, part in conditions.items()}
        )
    )
