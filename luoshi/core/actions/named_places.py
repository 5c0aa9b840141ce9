"""The town's names of roads, estates and facilities, for reading them in a text."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from luoshi.core.actions.people import check_administrator
from luoshi.core.actions.places import DIVIDERS
from luoshi.core.actions.population import Brought
from luoshi.core.actors import Staff
from luoshi.core.models import NamedPlace, Town, Village
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record

LONGEST = 60


@dataclass(frozen=True)
class Called:
    """One place as it is told; `fault` says why it stays out, or is empty."""

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    village_id: int | None = None
    line: int = 0
    # As they stand in the table.
    kind_told: str = ""
    village_told: str = ""
    fault: str = ""


def names_in(text: str) -> tuple[str, ...]:
    """Return several names that are divided by commas or spaces."""
    return tuple(dict.fromkeys(filter(None, DIVIDERS.split(text))))


@transaction.atomic(durable=True)
def add_named_place(
    *, name: str, kind: str, aliases: str, village: Village | None, actor: Staff
) -> NamedPlace:
    """Add one place with all that it is called."""
    check_administrator(actor)
    name = name.strip()
    if not name:
        raise Refusal("core.place_missing")
    # One at a time, so that two do not add the same name at once.
    Town.objects.select_for_update().get(pk=actor.town.pk)
    if NamedPlace.objects.filter(name=name).exists():
        raise Refusal("core.name_taken", name=name)
    called = list(names_in(aliases))
    place = NamedPlace.objects.create(
        town=actor.town, name=name, kind=kind, aliases=called, village=village
    )
    record(place, "core.place_added", actor=actor, name=name, aliases=called)
    return place


@transaction.atomic(durable=True)
def remove_named_place(place_id: int, *, actor: Staff) -> None:
    """Take a place off the list."""
    check_administrator(actor)
    place = NamedPlace.objects.select_for_update(of=("self",)).get(pk=place_id)
    record(place, "core.place_removed", actor=actor, name=place.name)
    place.delete()


@transaction.atomic(durable=True)
def bring_named_places(rows: Iterable[Called], *, actor: Staff) -> Brought:
    """Bring a table in; the same file twice changes nothing."""
    check_administrator(actor)
    good = [row for row in rows if not row.fault]
    if not good:
        raise Refusal("core.nothing_to_bring")
    Town.objects.select_for_update().get(pk=actor.town.pk)
    known = {place.name: place for place in NamedPlace.objects.all()}
    fresh: list[NamedPlace] = []
    changed: list[NamedPlace] = []
    for row in good:
        place = known.get(row.name) or NamedPlace(town=actor.town, name=row.name)
        as_told = (row.kind, list(row.aliases), row.village_id)
        if (place.kind, place.aliases, place.village_id) == as_told:
            continue
        place.kind, place.aliases, place.village_id = as_told
        (changed if place.pk else fresh).append(place)
    NamedPlace.objects.bulk_create(fresh)
    NamedPlace.objects.bulk_update(changed, ["kind", "aliases", "village"])
    told_names = {row.name for row in good}
    stayed = sum(name not in told_names for name in known)
    unchanged = len(good) - len(fresh) - len(changed)
    brought = Brought(len(fresh), len(changed), unchanged, stayed)
    if fresh or changed:
        record(
            actor.person,
            "core.places_brought",
            actor=actor,
            added=len(fresh),
            changed=len(changed),
        )
    return brought
