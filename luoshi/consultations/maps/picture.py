"""The picture of an opinion map: dots for people, nobody's name, no dot alone.

People of one group who stand close are one dot, the larger the more they are: a picture
of 20,000 is as light as one of 200, and nobody can look for one person in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from luoshi.consultations.maps.kept import FEWEST, Standing

WIDTH, HEIGHT, EDGE = 400, 300, 14
# Squares on whose middles the dots lie, and the radius of one person's dot.
SQUARE, DOT, MOST_DOT = 12, 2.0, 7.0
# Few people are drawn larger, up to this radius.
FEW_DOT, ROOM = 4.5, 60.0
# Of this share of people at each end the farthest decides how wide the picture is.
ODD = 0.01


@dataclass(frozen=True)
class Dot:
    """People of one letter who stand close."""

    x: float
    y: float
    r: float
    letter: int


@dataclass(frozen=True)
class Mark:
    """Where the name of a group is written."""

    x: float
    y: float
    letter: int


@dataclass(frozen=True)
class Picture:
    """Dots in user units, the large ones first, so that small ones lie on top."""

    dots: tuple[Dot, ...]
    marks: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT

    def as_json(self) -> list[list[float]]:
        """Return the dots as rows; marks are made of them anew."""
        return [[one.x, one.y, one.r, one.letter] for one in self.dots]


def draw(standing: Standing) -> Picture:
    """Draw those who are in a group; fewer than ten of them are not drawn."""
    shown = standing.letters >= 0
    if shown.sum() < FEWEST:
        return Picture((), ())
    places = _scaled(standing.positions[shown])
    letters = standing.letters[shown]
    squares = np.column_stack([(places // SQUARE).astype(np.int64), letters])
    cells, people = np.unique(squares, axis=0, return_counts=True)
    one = min(FEW_DOT, max(DOT, ROOM / sqrt(shown.sum())))
    rows = zip(cells.tolist(), people.tolist(), strict=True)
    dots = [
        Dot(
            x * SQUARE + SQUARE // 2,
            y * SQUARE + SQUARE // 2,
            min(MOST_DOT, round(one * sqrt(count), 1)),
            letter,
        )
        for (x, y, letter), count in rows
    ]
    return picture_of(sorted(dots, key=lambda dot: (-dot.r, dot.letter, dot.x, dot.y)))


def picture_of(dots: Sequence[Dot]) -> Picture:
    """Return the picture of these dots, each letter written in their midst."""
    marks = []
    for letter in sorted({one.letter for one in dots}):
        own = [one for one in dots if one.letter == letter]
        weights = [one.r**2 for one in own]
        x = float(np.average([one.x for one in own], weights=weights))
        y = float(np.average([one.y for one in own], weights=weights))
        marks.append(Mark(round(x, 1), round(y, 1), letter))
    return Picture(tuple(dots), tuple(marks))


def from_json(rows: Sequence[Sequence[Any]]) -> Picture:
    """Read what was kept of a picture."""
    return picture_of([Dot(x, y, r, int(letter)) for x, y, r, letter in rows])


def _scaled(places: Any) -> Any:
    """Fit places into the picture, up being up; who stands far out is at the edge."""
    low, high = np.quantile(places, [ODD, 1 - ODD], axis=0)
    wide = np.where(high - low > 0, high - low, 1)
    inside = np.clip((places - low) / wide, 0, 1)
    # One scale for both axes would flatten the second, which is told by nobody's eye.
    room = np.array([WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE])
    placed = EDGE + inside * room
    placed[:, 1] = HEIGHT - placed[:, 1]
    return placed
