"""Every read of the lists: one queryset a list says who sees what."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from luoshi.alerts import rules
from luoshi.alerts.models import Alert, CallLine, Household, MoveLine, Roster, Shelter
from luoshi.alerts.secrets import Told, name_of, told_of
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.models import Village

MOST = 50
State = CallLine.State
TO_GO = (State.UNREACHED, State.NEIGHBOUR)


@dataclass(frozen=True)
class VillageList:
    """A village's list in numbers: no name, no telephone."""

    village: Village
    roster: Roster | None
    kinds: list[tuple[str, int]]
    households: int
    people: int


@dataclass
class Progress:
    """How far a call-out is in one village, or in all of them."""

    village: Village | None = None
    waiting: int = 0
    reached: int = 0
    unreached: int = 0
    neighbour: int = 0

    @property
    def all(self) -> int:
        """Return how many households are to be told."""
        return self.waiting + self.reached + self.unreached + self.neighbour


@dataclass
class Moved:
    """How far a move is in one village, or towards one shelter."""

    village: Village | None = None
    shelter: Shelter | None = None
    households: int = 0
    people: int = 0
    arrived: int = 0
    elsewhere: int = 0
    stays: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class CallRow:
    """One line of a call list as a person may read it."""

    line: CallLine
    told: Told = field(repr=False)


@dataclass(frozen=True)
class MoveRow:
    """One line of an evacuation list as a person may read it."""

    line: MoveLine
    told: Told = field(repr=False)


def households_visible_to(staff: Staff) -> QuerySet[Household]:
    """Return the households of the villages that a person works with."""
    return Household.objects.filter(
        erased_at=None, roster__village__in=rules.villages_of(staff)
    )


def calls_visible_to(staff: Staff) -> QuerySet[CallLine]:
    """Return the call lists of the villages that a person works with."""
    return CallLine.objects.filter(village__in=rules.villages_of(staff))


def moves_visible_to(staff: Staff) -> QuerySet[MoveLine]:
    """Return the evacuation lists of the villages that a person works with."""
    return MoveLine.objects.filter(village__in=rules.villages_of(staff))


def alerts_visible_to(staff: Staff) -> QuerySet[Alert]:
    """Return the call-outs in which a person has a village."""
    lines = calls_visible_to(staff).filter(alert=OuterRef("pk"))
    return Alert.objects.filter(Exists(lines), town=staff.town)


def alerts_for(staff: Staff) -> list[tuple[Alert, Progress]]:
    """Return the newest call-outs, each with how far it is."""
    alerts = alerts_visible_to(staff).select_related("opened_by", "emergency")
    rows = list(alerts.order_by("-opened_at", "-pk")[:MOST])
    progress = {one.pk: Progress() for one in rows}
    counted = calls_visible_to(staff).filter(alert__in=progress)
    for pk, state, count in counted.values_list("alert", "state").annotate(
        count=Count("pk")
    ):
        setattr(progress[pk], state, count)
    return [(one, progress[one.pk]) for one in rows]


def progress_of(alert: Alert, staff: Staff) -> list[Progress]:
    """Return how far a call-out is, village by village in the town's order."""
    rows: dict[int, Progress] = {}
    villages = rules.villages_of(staff).in_bulk()
    lines = calls_visible_to(staff).filter(alert=alert)
    for pk, state, count in lines.values_list("village", "state").annotate(
        count=Count("pk")
    ):
        row = rows.setdefault(pk, Progress(villages[pk]))
        setattr(row, state, count)
    return sorted(rows.values(), key=_place)


def _place(row: Progress | Moved) -> tuple[int, int]:
    assert row.village is not None
    return row.village.position, row.village.pk


def sum_of(rows: Iterable[Progress]) -> Progress:
    """Add the villages up."""
    total = Progress()
    for row in rows:
        for state in State.values:
            setattr(total, state, getattr(total, state) + getattr(row, state))
    return total


def lines_of(
    alert: Alert, staff: Staff, states: Iterable[str], village_id: int = 0
) -> list[CallLine]:
    """Return the lines in some states, village by village."""
    lines = calls_visible_to(staff).filter(alert=alert, state__in=list(states))
    if village_id:
        lines = lines.filter(village=village_id)
    lines = lines.select_related("household", "village", "settled_by")
    return list(lines.order_by("village__position", "household__group", "pk"))


def settled_of(alert: Alert, staff: Staff) -> list[CallRow]:
    """Return the last answers with who gave them; names are masked on the page."""
    lines = calls_visible_to(staff).filter(alert=alert, settled_at__isnull=False)
    lines = lines.select_related("household", "village", "settled_by")
    return named(lines.order_by("-settled_at", "-pk")[:MOST])


def opened(lines: Iterable[CallLine]) -> list[CallRow]:
    """Open names and telephones of lines that a person took out or has in hand."""
    return [CallRow(line, told_of(line.household)) for line in lines]


def named(lines: Iterable[CallLine]) -> list[CallRow]:
    """Open the names alone, for who goes to the door."""
    return [CallRow(line, Told(name_of(line.household))) for line in lines]


def line_in_hand(alert: Alert, staff: Staff) -> CallLine | None:
    """Return the household that a caller has in hand."""
    lines = calls_visible_to(staff).filter(
        alert=alert,
        state=State.WAITING,
        taken_by=staff.person,
        taken_until__gt=now(),
    )
    return lines.select_related("household", "village", "alert").first()


def last_answer(line_id: int, staff: Staff) -> CallRow | None:
    """Return the line that a person settled last, if it may still be undone."""
    lines = calls_visible_to(staff).filter(pk=line_id, settled_by=staff.person)
    line = lines.filter(alert__closed_at=None).select_related("household").first()
    return CallRow(line, Told(name_of(line.household))) if line else None


def to_go(staff: Staff) -> QuerySet[CallLine]:
    """Return the doors to go to in open call-outs."""
    lines = calls_visible_to(staff).filter(alert__closed_at=None, state__in=TO_GO)
    return lines if rules.may_see(staff) else lines.none()


def village_lists(staff: Staff) -> list[VillageList]:
    """Return each village's list in numbers."""
    villages = list(rules.villages_of(staff).order_by("position", "pk"))
    rosters = {
        one.village_id: one
        for one in Roster.objects.filter(village__in=villages).select_related(
            "brought_by"
        )
    }
    kinds: dict[int, list[tuple[str, int]]] = {}
    people: dict[int, int] = {}
    counted = households_visible_to(staff).values_list("roster__village", "kind")
    for pk, kind, count, heads in counted.annotate(
        count=Count("pk"), heads=Sum("people")
    ).order_by("kind"):
        kinds.setdefault(pk, []).append((kind, count))
        people[pk] = people.get(pk, 0) + heads
    return [
        VillageList(
            one,
            rosters.get(one.pk),
            kinds.get(one.pk, []),
            sum(count for _kind, count in kinds.get(one.pk, [])),
            people.get(one.pk, 0),
        )
        for one in villages
    ]


def kinds_for(staff: Staff) -> list[str]:
    """Return the kinds of households that the lists name."""
    kinds = households_visible_to(staff).order_by("kind")
    return list(kinds.values_list("kind", flat=True).distinct())


def moves_by_village(alert: Alert, staff: Staff) -> list[Moved]:
    """Return how far the move is, village by village."""
    villages = rules.villages_of(staff).in_bulk()
    rows: dict[int, Moved] = {}
    for pk, counts in _counted(moves_visible_to(staff).filter(alert=alert), "village"):
        rows[pk] = replace(counts, village=villages[pk])
    return sorted(rows.values(), key=_place)


def moves_by_shelter(alert: Alert) -> list[Moved]:
    """Return how full the shelters get, of all villages, for room is shared."""
    shelters = Shelter.objects.filter(Q(closed_at=None) | Q(moves__alert=alert))
    rows = {one.pk: Moved(shelter=one) for one in shelters.distinct()}
    for pk, counts in _counted(MoveLine.objects.filter(alert=alert), "shelter"):
        rows[pk] = replace(counts, shelter=rows[pk].shelter)
    return list(rows.values())


def _counted(lines: QuerySet[MoveLine], by: str) -> Iterable[tuple[int, Moved]]:
    """Count households, and people in each state."""
    states = {
        state: Sum("people", filter=Q(state=state), default=0)
        for state in MoveLine.State.values
    }
    found = lines.values(by).annotate(
        households=Count("pk"), heads=Sum("people"), **states
    )
    for row in found.order_by(by):
        pk, heads = row.pop(by), row.pop("heads")
        yield pk, Moved(people=heads, **row)


def moves_of(alert: Alert, staff: Staff, village_id: int = 0) -> list[MoveLine]:
    """Return who goes where, village by village and shelter by shelter."""
    lines = moves_visible_to(staff).filter(alert=alert)
    if village_id:
        lines = lines.filter(village=village_id)
    lines = lines.select_related("household", "village", "shelter", "settled_by")
    return list(
        lines.order_by("village__position", "shelter__name", "household__group", "pk")
    )


def opened_moves(lines: Iterable[MoveLine]) -> list[MoveRow]:
    """Open names, telephones and needs of lines that a person took out."""
    return [MoveRow(line, told_of(line.household)) for line in lines]


def named_moves(lines: Iterable[MoveLine]) -> list[MoveRow]:
    """Open the names alone, for who ticks them off at the door."""
    return [MoveRow(line, Told(name_of(line.household))) for line in lines]


def open_shelters() -> QuerySet[Shelter]:
    """Return where people can be taken in."""
    return Shelter.objects.filter(closed_at=None)
