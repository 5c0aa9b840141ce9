"""How many people live where, brought in from a table."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from luoshi.core.actions.people import check_administrator
from luoshi.core.actors import Staff
from luoshi.core.models import Population, Town
from luoshi.core.refusals import Refusal
from luoshi.core.sheets.population import Figure, overlap
from luoshi.core.trail import record


@dataclass(frozen=True)
class Brought:
    """What came of a table."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    # What is there and the table does not name: it stays.
    stayed: int = 0


@transaction.atomic(durable=True)
def bring_population(figures: Iterable[Figure], *, actor: Staff) -> Brought:
    """Bring figures in; a band told anew takes the place of those it overlaps."""
    check_administrator(actor)
    good = [figure for figure in figures if not figure.fault]
    if not good:
        raise Refusal("core.nothing_to_bring")
    # One at a time: two tables at once could leave bands that overlap.
    Town.objects.select_for_update().get(pk=actor.town.pk)
    known = _known({figure.village_id for figure in good})
    fresh, changed = [], 0
    for figure in good:
        same = known[(figure.village_id, figure.on, figure.sex)]
        fresh_row, replaced = _place(figure, same, actor.town)
        if fresh_row is not None:
            fresh.append((fresh_row, replaced))
            changed += bool(replaced)
    Population.objects.bulk_create(row for row, _replaced in fresh)
    brought = Brought(len(fresh) - changed, changed, len(good) - len(fresh))
    if fresh:
        record(
            actor.person,
            "core.population_brought",
            actor=actor,
            added=brought.added,
            changed=brought.changed,
        )
    return brought


def _known(villages: set[int]) -> dict[tuple, list[Population]]:
    known = defaultdict(list)
    for row in Population.objects.filter(village_id__in=villages):
        known[(row.village_id, row.on, row.sex)].append(row)
    return known


def _place(
    figure: Figure, same: list[Population], town: Town
) -> tuple[Population | None, int]:
    """Return the row to add, if any, and how many rows made way for it."""
    band = (figure.age_from, figure.age_to)
    in_the_way = [row for row in same if overlap((row.age_from, row.age_to), band)]
    for row in in_the_way:
        if (row.age_from, row.age_to) == band and row.people == figure.count:
            return None, 0
    Population.objects.filter(pk__in=[row.pk for row in in_the_way]).delete()
    assert figure.on is not None
    fresh = Population(
        town=town,
        village_id=figure.village_id,
        on=figure.on,
        sex=figure.sex,
        age_from=figure.age_from,
        age_to=figure.age_to,
        people=figure.count,
    )
    return fresh, len(in_the_way)
