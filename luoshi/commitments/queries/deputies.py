"""Who stands in for whom today."""

from datetime import date

from django.db.models import Q, QuerySet

from luoshi.commitments.models import Deputy
from luoshi.core.actors import Staff
from luoshi.core.clock import today
from luoshi.core.models import Person
from luoshi.core.roles import ADMINISTRATOR


def deputies_on(day: date) -> QuerySet[Deputy]:
    """Return the deputies of a day whose people are both still there."""
    return Deputy.objects.filter(
        ended_at=None, since__lte=day, until__gte=day, deputy__left_at=None
    )


def acting_today() -> dict[int, int]:
    """Return who acts for each absent person, also where a deputy is absent too."""
    return follow(dict(deputies_on(today()).values_list("person_id", "deputy_id")))


def follow(named: dict[int, int]) -> dict[int, int]:
    """Follow each to the first who is there; where all are absent, nobody is."""
    acting = {}
    for person in named:
        last, seen = person, set()
        while last in named and last not in seen:
            seen.add(last)
            last = named[last]
        if last not in named:
            acting[person] = last
    return acting


def deputy_of(person_id: int) -> Person | None:
    """Return who acts for somebody today, if that person is away."""
    acting = acting_today()
    if person_id not in acting:
        return None
    return Person.objects.get(pk=acting[person_id])


def stands_in_for(person: Person) -> set[int]:
    """Return for whom a person acts today, and the person."""
    others = {away for away, acts in acting_today().items() if acts == person.pk}
    return others | {person.pk}


def deputies_shown_to(staff: Staff) -> list[Deputy]:
    """Return today's and later deputies: own ones either way, or all of them."""
    rows = Deputy.objects.filter(ended_at=None, until__gte=today())
    if not staff.has(ADMINISTRATOR):
        rows = rows.filter(Q(person=staff.person) | Q(deputy=staff.person))
    found = list(rows.select_related("person", "deputy"))
    for row in found:
        row.may_end = staff.has(ADMINISTRATOR) or row.person_id == staff.person.pk
    return found


def people_here() -> QuerySet[Person]:
    """Return who holds a post now."""
    rows = Person.objects.filter(left_at=None, tenures__until=None)
    return rows.distinct().order_by("pk")


def people_away(staff: Staff) -> QuerySet[Person]:
    """Return for whom somebody may name a deputy."""
    rows = people_here()
    return rows if staff.has(ADMINISTRATOR) else rows.filter(pk=staff.person.pk)
