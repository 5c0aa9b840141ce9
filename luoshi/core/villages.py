"""Villages that became part of another: what belongs together now.

A matter keeps pointing to the village in which it was told. Who asks for a village
asks for its family: itself and all that became part of it. So nothing is moved, and
nothing can be lost or counted twice.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from luoshi.core.models import Population, Village, VillageMerge


def family_of(village_id: int) -> list[int]:
    """Return a village's id and those of all that became part of it."""
    rows = Village.objects.filter(Q(pk=village_id) | Q(head=village_id))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def of_village(village_id: int, field: str = "village") -> Q:
    """Return the condition that something is of a village or of its former ones."""
    family = family_of(village_id)
    # One alone is asked for by its id: an index then gives the rows in order.
    if len(family) < 2:
        return Q(**{f"{field}_id": village_id})
    return Q(**{f"{field}_id__in": family})


def current_of(village_id: int) -> Village | None:
    """Return the village that an id of an old address or poster means today."""
    village = Village.objects.filter(pk=village_id).select_related("head").first()
    if village is None or village.head is None:
        return village
    return village.head


def village_now(village_id: int) -> Village | None:
    """Return the village of today that an id means, where there is one."""
    village = current_of(village_id)
    return None if village is None or village.ended_on is not None else village


def current_villages() -> dict[int, int]:
    """Return for each village the id of the one that it is part of today."""
    rows = Village.objects.values_list("pk", "head_id")
    return {pk: head or pk for pk, head in rows}


def former_by_head() -> dict[int, list[Village]]:
    """Return the former villages of each that has any."""
    found: dict[int, list[Village]] = {}
    for one in Village.objects.exclude(head=None).order_by("position", "pk"):
        assert one.head_id is not None
        found.setdefault(one.head_id, []).append(one)
    return found


def with_former(name: str, former: list[Village]) -> str:
    """Name a village with those that became part of it."""
    if not former:
        return name
    names = "、".join(one.name for one in former)
    return _("%(name)s (with the former %(former)s)") % {"name": name, "former": names}


def former_in(words: str) -> list[Village]:
    """Return the former villages that some words name, with what they are now."""
    rows = Village.objects.exclude(head=None).select_related("head")
    return [one for one in rows if one.name in words]


def people_by_village() -> dict[int, tuple[int, date]]:
    """Return how many live in each village on the latest day known."""
    rows = Population.objects.values("village_id", "on").annotate(total=Sum("people"))
    told = {(row["village_id"], row["on"]): row["total"] for row in rows}
    return {
        pk: (sum(told[day] for day in days), max(on for _pk, on in days))
        for pk, days in _days_that_count(told).items()
    }


def population_now() -> dict[int, list[Population]]:
    """Return what of the town's table counts for each village, by sex and age band."""
    rows: dict[tuple[int, date], list[Population]] = {}
    for row in Population.objects.order_by("-sex", "age_from"):
        rows.setdefault((row.village_id, row.on), []).append(row)
    return {
        pk: [row for day in days for row in rows[day]]
        for pk, days in _days_that_count(rows).items()
    }


def _days_that_count(
    told: Iterable[tuple[int, date]],
) -> dict[int, list[tuple[int, date]]]:
    """Return the village and day of the figures that count for each village.

    What was counted before a village took others in says nothing of these: their own
    latest figures are added until a newer one of the whole is there.
    """
    own: dict[int, date] = {}
    for pk, on in told:
        own[pk] = max(on, own.get(pk, on))
    parts = _parts()
    found = {pk: list(_days(pk, own, parts)) for pk in {*own, *parts}}
    return {pk: days for pk, days in found.items() if days}


def _parts() -> dict[int, list[tuple[int, date]]]:
    """Return what became part of each village, and when."""
    found: dict[int, list[tuple[int, date]]] = {}
    rows = VillageMerge.objects.filter(undone_at=None).values_list(
        "into_id", "ended", "day"
    )
    for into, ended, day in rows:
        found.setdefault(into, []).append((ended, day))
    return found


def _days(
    pk: int, own: dict[int, date], parts: dict[int, list[tuple[int, date]]]
) -> Iterable[tuple[int, date]]:
    mine = own.get(pk)
    if mine:
        yield pk, mine
    for part, day in parts.get(pk, []):
        if mine is None or mine < day:
            yield from _days(part, own, parts)
