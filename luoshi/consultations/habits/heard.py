"""Who answered beside who lives there, and who has not been heard yet."""

from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from luoshi.consultations.answers import people_who_answered
from luoshi.consultations.habits.hiding import LEAST
from luoshi.consultations.habits.people import (
    LEAST_BANDS,
    SEXES,
    Grid,
    grid_of,
    said_by,
)
from luoshi.consultations.models import Consultation, Voter
from luoshi.core.models import Population
from luoshi.core.population import band_shown
from luoshi.engines.weighting import UNSAID, Weights, covered, gaps

# The label of all ages together.
WHOLE = ""
NOBODY, FEW, HEARD = "nobody", "few", "heard"


@dataclass(frozen=True)
class Row:
    """A group by one margin: how many live there, how many of them answered."""

    label: str
    people: int
    answers: int
    how: str

    @property
    def few_to_tell(self) -> bool:
        """Tell whether the number is too small to be shown as it is."""
        return 0 < self.answers < LEAST


@dataclass(frozen=True)
class Margin:
    """Groups by village, by sex or by age."""

    title: str
    rows: list[Row]
    # Answers that do not say it, or say a place that is not asked.
    unsaid: int

    @property
    def nobody(self) -> list[str]:
        """Return the groups from which nobody answered."""
        return [row.label for row in self.rows if row.how == NOBODY]

    @property
    def few(self) -> list[str]:
        """Return the groups from which fewer answered than live there."""
        return [row.label for row in self.rows if row.how == FEW]


@dataclass(frozen=True)
class Cell:
    """A group by village, sex and age from which too few answered, or nobody."""

    village: str
    sex: str
    band: str
    people: int
    how: str
    # About how many more answers would be in line with its number.
    more: int


@dataclass(frozen=True)
class Heard:
    """Who answered, and who has not been heard yet."""

    answers: int
    # Answers that say village, sex and age.
    told: int
    known: bool
    people: int
    margins: list[Margin]
    cells: list[Cell]
    # Of a hundred people, how many live in groups from which somebody answered.
    covered: int
    weights: Weights | None

    @property
    def effective(self) -> int:
        """Return how many evenly drawn answers would tell as much."""
        return int(self.weights.effective) if self.weights else 0

    @property
    def nobody(self) -> list[Cell]:
        """Return groups from which nobody answered."""
        return [one for one in self.cells if one.how == NOBODY]

    @property
    def few(self) -> list[Cell]:
        """Return groups from which fewer answered than live there."""
        return [one for one in self.cells if one.how == FEW]


def voters_heard(consultation: Consultation) -> list[Voter]:
    """Return the sets of answers that say anything, each once."""
    rows = people_who_answered(consultation).select_related("reply")
    return list(rows.order_by("pk"))


def heard_of(consultation: Consultation) -> Heard:
    """Set the answers of a consultation beside the town's own table."""
    grid = grid_of(consultation)
    said = said_by(voters_heard(consultation))
    codes = grid.codes(said)
    whole = codes[(codes != UNSAID).all(1)]
    counts = np.zeros(grid.people.shape, np.int64)
    if grid.known:
        np.add.at(counts, tuple(whole.T), 1)
    part = covered(counts.ravel(), grid.people.ravel()) if grid.known else 0.0
    return Heard(
        answers=len(said),
        told=len(whole),
        known=grid.known,
        people=int(grid.people.sum()),
        margins=_margins(grid, codes) if grid.known else [],
        cells=_cells(grid, counts) if grid.known else [],
        covered=int(100 * part),
        weights=grid.weights(said),
    )


def _bands_shown(grid: Grid) -> list[str]:
    """Return the bands in words; nothing where nobody knows who is how old."""
    if len(grid.bands) < LEAST_BANDS:
        return [WHOLE]
    return [band_shown(band) for band in grid.bands]


def _margins(grid: Grid, codes: np.ndarray) -> list[Margin]:
    labels = [
        [str(one) for one in grid.villages],
        [str(Population.Sex(sex).label) for sex in SEXES],
        _bands_shown(grid),
    ]
    titles = [_("By village"), _("By sex"), _("By age")]
    found = []
    for axis, people in enumerate(grid.margins()):
        if labels[axis] == [WHOLE]:
            continue
        own = codes[:, axis]
        counts = np.bincount(own[own != UNSAID], minlength=len(people))
        how = {gap.group: NOBODY if gap.nobody else FEW for gap in gaps(counts, people)}
        rows = [
            Row(label, int(people[at]), int(counts[at]), how.get(at, HEARD))
            for at, label in enumerate(labels[axis])
            if people[at]
        ]
        found.append(Margin(titles[axis], rows, int((own == UNSAID).sum())))
    return found


def _cells(grid: Grid, counts: np.ndarray) -> list[Cell]:
    found, labels = [], _bands_shown(grid)
    for gap in gaps(counts.ravel(), grid.people.ravel()):
        at = np.unravel_index(gap.group, grid.people.shape)
        village, sex, band = (int(one) for one in at)
        found.append(
            Cell(
                str(grid.villages[village]),
                str(Population.Sex(SEXES[sex]).label),
                labels[band],
                gap.people,
                NOBODY if gap.nobody else FEW,
                max(1, round(gap.missing)),
            )
        )
    return found


def heard_rows(heard: Heard) -> list[list[object]]:
    """Return the list of who has not been heard as rows of a sheet."""
    head = [
        _("Village"),
        _("Sex"),
        _("Age"),
        _("People"),
        _("Heard"),
        _("About how many more"),
    ]
    words = {NOBODY: _("Nobody yet"), FEW: _("Fewer than live there")}
    rows = [
        [one.village, one.sex, one.band, one.people, words[one.how], one.more]
        for one in heard.cells
    ]
    return [list(head), *rows]
