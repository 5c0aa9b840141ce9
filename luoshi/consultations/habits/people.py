"""Who is asked, by the town's own table, and where each answer belongs in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from luoshi.consultations.models import Consultation, Voter
from luoshi.core.models import Population, Village
from luoshi.core.population import Band, band_shown, bands_of, within
from luoshi.core.villages import current_villages, population_now
from luoshi.engines.weighting import UNSAID, Weights, rake

# Whom a town asks; bands that end before are left out.
OLD_ENOUGH = 16
# Asked where the town has no table yet.
BANDS: list[Band] = [(16, 29), (30, 44), (45, 59), (60, 74), (75, None)]
# One band alone says nothing of ages.
LEAST_BANDS = 2
SEXES = [str(value) for value in Population.Sex.values]


@dataclass(frozen=True)
class Said:
    """One set of answers, as far as it says who gave it."""

    voter_id: int
    village_id: int | None
    sex: str
    band: Band | None


@dataclass(frozen=True, eq=False)
class Grid:
    """Villages x sexes x bands of those who are asked, and how many live in each."""

    villages: list[Village]
    bands: list[Band]
    people: NDArray[np.int64]

    @property
    def known(self) -> bool:
        """Tell whether the table says anything of those who are asked."""
        return bool(self.people.sum())

    @cached_property
    def place(self) -> dict[int, int]:
        """Return where each village stands, also by the ids of former ones."""
        current = current_villages()
        own = {current[village.pk]: at for at, village in enumerate(self.villages)}
        return {pk: own[now] for pk, now in current.items() if now in own}

    def codes(self, said: Iterable[Said]) -> NDArray[np.int64]:
        """Return village, sex and band of each answer by number, or UNSAID."""
        rows = [
            (
                self.place.get(one.village_id or 0, UNSAID),
                SEXES.index(one.sex) if one.sex else UNSAID,
                self._band(one.band),
            )
            for one in said
        ]
        return np.array(rows, np.int64).reshape(-1, 3)

    def _band(self, band: Band | None) -> int:
        if band is not None:
            for at, one in enumerate(self.bands):
                if within(band, one):
                    return at
        return UNSAID

    def margins(self) -> list[NDArray[np.int64]]:
        """Return how many live in each village, of each sex, in each band."""
        return [
            self.people.sum((1, 2)),
            self.people.sum((0, 2)),
            self.people.sum((0, 1)),
        ]

    def weights(self, said: list[Said]) -> Weights | None:
        """Weigh answers to who lives there; None where nobody knows that."""
        if not self.known or not said:
            return None
        return rake(list(self.codes(said).T), self.margins())


def grid_of(consultation: Consultation) -> Grid:
    """Return who lives where a consultation asks.

    Who was counted without ages is taken to be as old as the others: one village
    without them would leave no ages to anybody.
    """
    villages = list(consultation.villages.all()) or list(
        Village.objects.filter(ended_on=None)
    )
    now = population_now()
    rows = [(at, row) for at, one in enumerate(villages) for row in now.get(one.pk, [])]
    aged = [row for _at, row in rows if not _is_without_ages(row)]
    asked = [row for row in aged if _is_old_enough(row)]
    bands = bands_of(asked or [row for _at, row in rows])
    ages = _ages(aged, bands)
    people = np.zeros((len(villages), len(SEXES), len(bands)), np.int64)
    for at, row in rows:
        sex = SEXES.index(row.sex)
        if asked and _is_without_ages(row):
            people[at, sex] += in_parts(row.people, ages[sex])[:-1]
        elif _is_old_enough(row):
            people[at, sex, _place(row, bands)] += row.people
    return Grid(villages, bands, people)


def _is_old_enough(row: Population) -> bool:
    return row.age_to is None or row.age_to >= OLD_ENOUGH


def _is_without_ages(row: Population) -> bool:
    """Tell whether people were counted without their ages."""
    return row.age_to is None and row.age_from < OLD_ENOUGH


def _place(row: Population, bands: list[Band]) -> int:
    own = (row.age_from, row.age_to)
    return next(at for at, band in enumerate(bands) if within(own, band))


def _ages(rows: list[Population], bands: list[Band]) -> NDArray[np.int64]:
    """Return by sex how many are in each band, and last how many are too young."""
    found = np.zeros((len(SEXES), len(bands) + 1), np.int64)
    for row in rows:
        at = _place(row, bands) if _is_old_enough(row) else -1
        found[SEXES.index(row.sex), at] += row.people
    return found


def in_parts(total: int, parts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Share a number out like these parts, or evenly: by largest remainders."""
    parts = parts if parts.sum() else np.ones_like(parts)
    whole, rest = np.divmod(total * parts, parts.sum())
    order = np.argsort(-rest, kind="stable")
    whole[order[: total - whole.sum()]] += 1
    return whole


def bands_asked(consultation: Consultation) -> list[tuple[str, str]]:
    """Return the age bands that people choose from, as a form's choices."""
    bands = grid_of(consultation).bands
    if len(bands) < LEAST_BANDS:
        bands = BANDS
    return [(band_code(band), band_shown(band)) for band in bands]


def band_code(band: Band) -> str:
    """Write a band for a form."""
    first, last = band
    return f"{first}-{'' if last is None else last}"


def band_of_code(code: str) -> Band | None:
    """Read what a form sends back; None where nothing was chosen."""
    first, _dash, last = code.partition("-")
    return (int(first), int(last) if last else None) if first else None


def said_by(voters: Iterable[Voter]) -> list[Said]:
    """Return what sets of answers say of who gave them; `reply` is read with them."""
    found = []
    for voter in voters:
        reply = getattr(voter, "reply", None)
        band = None
        if reply is not None and reply.age_from is not None:
            band = (reply.age_from, reply.age_to)
        sex = reply.sex if reply is not None else ""
        found.append(Said(voter.pk, voter.village_id, sex, band))
    return found
