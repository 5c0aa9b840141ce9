"""Every read of the list of what leaders lead in person."""

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import Http404

from luoshi.cases.queries import cases_visible_to
from luoshi.commitments.actions.base import people_with
from luoshi.commitments.models import Commitment, Led
from luoshi.commitments.models.commitment import Visibility
from luoshi.commitments.queries import Light, light_of
from luoshi.core.actors import Staff
from luoshi.core.clock import today
from luoshi.core.models import Person, Town
from luoshi.core.roles import LEADER


@dataclass(frozen=True)
class LedRow:
    """One matter of a list, with its light and where it stands."""

    led: Led
    commitment: Commitment
    light: Light


@dataclass(frozen=True)
class Leader:
    """A position, who holds it, and what that person leads in person."""

    position: str
    name: str
    rows: list[LedRow] = field(default_factory=list)


@dataclass(frozen=True)
class LedPage:
    """One year's list, in the order in which it was made."""

    year: int
    years: list[int]
    leaders: list[Leader]
    names: bool


def led_of(town: Town) -> QuerySet[Led]:
    """Return what stands on lists; what was sealed later is not shown."""
    return Led.objects.filter(town=town).exclude(
        commitment__visibility=Visibility.SEALED
    )


def led_page(town: Town, year: int) -> LedPage:
    """Return a year's lists by leader."""
    every = led_of(town)
    rows = every.filter(year=year).select_related(
        "leader", "commitment__town", "commitment__owner_organisation"
    )
    leaders: dict[tuple[int, str], Leader] = {}
    for led in rows.order_by("pk"):
        who = (led.leader_id, led.position)
        leader = leaders.setdefault(who, Leader(led.position, led.leader.name))
        light = light_of(led.commitment)
        leader.rows.append(LedRow(led, led.commitment, light))
    years = set(every.values_list("year", flat=True)) | {today().year}
    return LedPage(
        year=year,
        years=sorted(years, reverse=True),
        leaders=list(leaders.values()),
        names=bool(town.rules.get("led_names", False)),
    )


def numbers_seen(staff: Staff) -> set[str]:
    """Return which matters of the lists this person may open."""
    listed = led_of(staff.town).values("commitment")
    seen = cases_visible_to(staff).filter(commitment__in=listed)
    return set(seen.values_list("number", flat=True))


def leaders() -> QuerySet[Person]:
    """Return who can have a list."""
    ids = [person.pk for person in people_with(LEADER)]
    return Person.objects.filter(pk__in=ids).order_by("pk")


def open_led(staff: Staff, led_id: int) -> Led:
    """Return a line of the town's lists, else 404."""
    led = led_of(staff.town).filter(pk=led_id).first()
    if led is None:
        raise Http404
    return led
