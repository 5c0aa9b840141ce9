"""What the pages of the duty roster show: the month, the present shift, nights."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from luoshi.commitments import rules
from luoshi.commitments.models import Commitment, NightOrder, Shift
from luoshi.commitments.nights import Stretch
from luoshi.commitments.queries.roster import (
    DAY,
    holes_ahead,
    holes_of,
    month_end,
    open_night_orders,
    phone_of,
    shift_to_confirm,
    shifts_at,
    shifts_between,
)
from luoshi.commitments.queries.show import Light, light_of
from luoshi.commitments.queries.visible import visible_among
from luoshi.commitments.terms import calendar_of
from luoshi.core.actors import Staff
from luoshi.core.clock import SHANGHAI, now, today
from luoshi.core.models import Person
from luoshi.core.roles import ADMINISTRATOR, DISPATCHER, LEADER
from luoshi.core.trail import entries_of, words_of

# How far back the nights are listed, and how many at most.
NIGHTS, MOST = timedelta(days=14), 30


@dataclass(frozen=True)
class Line:
    """One shift as the roster shows it."""

    shift: Shift
    phone: str
    mine: bool
    may_swap: bool

    @property
    def instead_of(self) -> Person | None:
        """Return for whom somebody stands in after a swap."""
        swapped = self.shift.person_id != self.shift.listed_id
        return self.shift.listed if swapped else None


@dataclass(frozen=True)
class RosterDay:
    """One day of the month's table; days beside the month have no lines."""

    day: date
    inside: bool
    rests: bool
    over: bool
    lines: list[Line]


@dataclass(frozen=True)
class MonthPage:
    """A month of the roster, week by week."""

    first: date
    before: date
    after: date
    weeks: list[list[RosterDay]]
    holes: list[Stretch]
    may_bring: bool
    # Whether it is this month: a phone then begins with today.
    present: bool
    # Whether anything is on the roster in this month.
    filled: bool


def _line(staff: Staff, shift: Shift) -> Line:
    return Line(
        shift,
        phone_of(shift),
        staff.person.pk in (shift.person_id, shift.leader_id),
        shift.ends_at > now() and rules.may_swap(staff, shift),
    )


def month_page(staff: Staff, first: date) -> MonthPage:
    """Return a month, from the Monday before it to the Sunday after it."""
    last, calendar = month_end(first), calendar_of(staff.town)
    lines: dict[date, list[Line]] = {}
    for shift in shifts_between(first, last):
        on = shift.starts_at.astimezone(SHANGHAI).date()
        lines.setdefault(on, []).append(_line(staff, shift))
    day = first - first.weekday() * DAY
    weeks: list[list[RosterDay]] = []
    while day <= last:
        week = [day + step * DAY for step in range(7)]
        weeks.append(
            [
                RosterDay(
                    one,
                    first <= one <= last,
                    not calendar.is_workday(one),
                    one < today(),
                    lines.get(one, []),
                )
                for one in week
            ]
        )
        day += 7 * DAY
    return MonthPage(
        first,
        (first - DAY).replace(day=1),
        last + DAY,
        weeks,
        holes_of(staff.town, first, last),
        staff.has(ADMINISTRATOR),
        first <= today() <= last,
        bool(lines),
    )


@dataclass(frozen=True)
class NightRow:
    """A night order with its light."""

    order: NightOrder
    commitment: Commitment
    light: Light


@dataclass(frozen=True)
class NowPage:
    """Who is on duty now, what is open, and what the last nights brought."""

    lines: list[Line]
    until: datetime | None
    offices_open: bool
    confirm: Shift | None
    open: list[NightRow]
    past: list[NightRow]
    # The word that came with the shift, when it was taken over.
    words: list[tuple[Shift, str]] = field(default_factory=list)


def now_page(staff: Staff) -> NowPage:
    """Return the shift that runs, as far as this person may see what it has."""
    running = shifts_at(now())
    rows = _nights_seen(staff)
    waiting = set(open_night_orders().values_list("pk", flat=True))
    reads = staff.on_duty or staff.has(DISPATCHER, LEADER)
    return NowPage(
        [_line(staff, shift) for shift in running],
        max((one.ends_at for one in running), default=None),
        calendar_of(staff.town).is_open(now()),
        shift_to_confirm(staff.person),
        [one for one in rows if one.order.pk in waiting],
        [one for one in rows if one.order.pk not in waiting],
        _words_said(running) if reads else [],
    )


def _nights_seen(staff: Staff) -> list[NightRow]:
    """Return the last days' night orders that this person may see, newest first."""
    recent = NightOrder.objects.filter(commitment__started_at__gte=now() - NIGHTS)
    rows = recent.select_related(
        "commitment__owner", "commitment__owner_organisation", "taken_by"
    )
    found = list(rows.order_by("-commitment__started_at", "-pk")[:MOST])
    seen = visible_among(staff, [one.commitment_id for one in found])
    shown = [one for one in found if one.commitment_id in seen]
    for one in shown:
        one.commitment.town = staff.town
    return [NightRow(one, one.commitment, light_of(one.commitment)) for one in shown]


def _words_said(shifts: list[Shift]) -> list[tuple[Shift, str]]:
    said = [
        (shift, words_of(entry))
        for shift in shifts
        if shift.confirmed_at
        for entry in entries_of(shift)
        if entry.code == "commitments.shift_taken_over"
    ]
    return [(shift, words) for shift, words in said if words]


@dataclass(frozen=True)
class News:
    """What the page of today says of the roster: one's shift, and holes ahead."""

    until: datetime | None = None
    open: list[NightRow] = field(default_factory=list)
    confirm: Shift | None = None
    holes: list[Stretch] = field(default_factory=list)


def news_of(staff: Staff) -> News:
    """Return what concerns this person; holes are said to who can mend them."""
    mends = staff.has(ADMINISTRATOR, DISPATCHER)
    holes = holes_ahead(staff.town) if mends else []
    if not staff.on_duty:
        return News(confirm=shift_to_confirm(staff.person), holes=holes)
    shown = now_page(staff)
    return News(shown.until, shown.open, shown.confirm, holes)


def places_of(staff: Staff, shift: Shift) -> list[tuple[str, str]]:
    """Return whose place in a shift this person may give away."""
    office = staff.has(ADMINISTRATOR, DISPATCHER)
    places: list[tuple[str, str]] = []
    if office or staff.person.pk == shift.person_id:
        text = _("%(name)s, on duty") % {"name": shift.person.name}
        places.append(("person", text))
    if shift.leader and (office or staff.person.pk == shift.leader_id):
        text = _("%(name)s, leader on duty") % {"name": shift.leader.name}
        places.append(("leader", text))
    return places
