"""The town's own table: how many people live where, by sex and age band."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from luoshi.core.models import Population, Village
from luoshi.core.villages import population_now

# No age is above this one.
OLDEST = 150
# First and last age; None is without an end.
Band = tuple[int, int | None]


def band_shown(band: Band) -> str:
    """Say an age band as people do."""
    first, last = band
    if last is None:
        return _("%(age)d and older") % {"age": first}
    return _("%(first)d to %(last)d") % {"first": first, "last": last}


def bands_of(rows: Iterable[Population]) -> list[Band]:
    """Return the finest bands that all rows fit into whole.

    Villages may have been counted in different bands: an age is a border only if no
    row has people on both sides of it.
    """
    told = {(row.age_from, row.age_to) for row in rows}
    borders = sorted(
        {
            first
            for first, _last in told
            if not any(a < first and (z is None or first <= z) for a, z in told)
        }
    )
    found: list[Band] = []
    for first, after in pairwise([*borders, OLDEST + 1]):
        ends = [last for start, last in told if first <= start < after]
        known = [last for last in ends if last is not None]
        found.append((first, max(known) if known == ends else None))
    return found


def in_bands(
    rows: Iterable[Population], bands: list[Band]
) -> dict[tuple[str, Band], int]:
    """Return how many people of each sex are in each band; what fits none is left."""
    found: dict[tuple[str, Band], int] = {}
    for row in rows:
        for band in bands:
            if within((row.age_from, row.age_to), band):
                key = (row.sex, band)
                found[key] = found.get(key, 0) + row.people
    return found


def within(one: Band, other: Band) -> bool:
    """Tell whether a band lies whole in another."""
    first, last = other
    if last is None:
        return one[0] >= first
    return one[0] >= first and one[1] is not None and one[1] <= last


@dataclass(frozen=True)
class TableRow:
    """One sex of one village, band by band."""

    village: Village
    sex: str
    on: date
    people: list[int]

    @property
    def total(self) -> int:
        """Return how many of them live there."""
        return sum(self.people)


@dataclass(frozen=True)
class Table:
    """What is known of the whole town, in the bands that all villages share."""

    bands: list[Band]
    rows: list[TableRow]

    @property
    def heads(self) -> list[str]:
        """Return the bands in words."""
        return [band_shown(band) for band in self.bands]

    @property
    def sums(self) -> list[int]:
        """Return how many live in the town, band by band."""
        columns = zip(*(row.people for row in self.rows), strict=True)
        return [sum(column) for column in columns]

    @property
    def total(self) -> int:
        """Return how many live in the town."""
        return sum(self.sums)


def table_now() -> Table:
    """Return the newest figures of each village of today."""
    now = population_now()
    villages = [one for one in Village.objects.filter(ended_on=None) if one.pk in now]
    bands = bands_of(row for one in villages for row in now[one.pk])
    rows = []
    for village in villages:
        people = in_bands(now[village.pk], bands)
        on = max(row.on for row in now[village.pk])
        for sex in Population.Sex.values:
            told = [people.get((sex, band), 0) for band in bands]
            rows.append(TableRow(village, str(Population.Sex(sex).label), on, told))
    return Table(bands, rows)
