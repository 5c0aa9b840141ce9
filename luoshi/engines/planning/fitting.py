"""How a kind decays, learnt from a town's own inspections and what is usual.

Each row of the matrix has a Dirichlet prior: so many years of the usual decay as if
they had been seen (Pontis began from judgement likewise and corrected it by
inspections). Pairs of inspections several years apart are shared out over the years
between by expectation and maximisation (Dempster, Laird and Rubin 1977).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from luoshi.engines.planning.errors import PlanningError
from luoshi.engines.planning.instances import GRADES, Floats, check_matrix

# Years of usual decay that the prior counts for, in each grade.
STRENGTH = 6.0
# A share of the prior says that more than one grade may be lost in a year.
LEAP = 0.01
MOST_YEARS = 50
ROUNDS, STILL = 1_000, 1e-10


@dataclass(frozen=True)
class Seen:
    """Two inspections of one asset, one after the other, so many whole years apart."""

    before: int
    after: int
    years: int
    works: bool = False


@dataclass(frozen=True)
class Fit:
    """A fitted matrix, and on how much it rests.

    `years`[grade - 1] are the years seen in each grade; `worked` pairs had works
    between and `improved` ones got better without any: both are left out.
    """

    matrix: tuple[tuple[float, ...], ...]
    used: int
    worked: int
    improved: int
    years: tuple[float, ...]


def fit(
    seen: Iterable[Seen],
    prior: Sequence[Sequence[float]],
    *,
    strength: float = STRENGTH,
) -> Fit:
    """Return the yearly transitions of one kind, given its inspections."""
    check_matrix("prior", prior)
    if not np.isfinite(strength) or strength <= 0:
        raise PlanningError("strength", "bounds", "more than zero years are needed")
    counted: Counter[tuple[int, int, int]] = Counter()
    worked = improved = 0
    for one in seen:
        _check(one)
        if one.works:
            worked += 1
        elif one.after < one.before:
            improved += 1
        elif one.years:
            counted[one.before - 1, one.after - 1, one.years] += 1
    usual = strength * _with_leaps(np.array(prior, np.float64))
    matrix, passed = _rows(usual), np.zeros((GRADES, GRADES))
    for _round in range(ROUNDS):
        passed = _passed(matrix, counted)
        better = _rows(usual + passed)
        moved = float(np.abs(better - matrix).max())
        matrix = better
        if moved < STILL:
            break
    return Fit(
        tuple(tuple(float(one) for one in row) for row in matrix),
        sum(counted.values()),
        worked,
        improved,
        tuple(float(one) for one in passed.sum(axis=1)),
    )


def _check(one: Seen) -> None:
    for name in ("before", "after"):
        if getattr(one, name) not in range(1, GRADES + 1):
            raise PlanningError(name, "grade", "from 1 to 5 is needed")
    if not isinstance(one.years, int) or not 0 <= one.years <= MOST_YEARS:
        raise PlanningError("years", "bounds", f"whole years from 0 to {MOST_YEARS}")


def _with_leaps(prior: Floats) -> Floats:
    """Return a prior under which every worse grade can be reached in a year."""
    worse = np.triu(np.ones((GRADES, GRADES)), 1)
    share = worse / np.maximum(worse.sum(axis=1, keepdims=True), 1)
    told = (1 - LEAP) * np.triu(prior) + LEAP * share
    told[-1] = 0.0
    told[-1, -1] = 1.0
    return told


def _rows(weights: Floats) -> Floats:
    return weights / weights.sum(axis=1, keepdims=True)


def _passed(matrix: Floats, counted: Counter[tuple[int, int, int]]) -> Floats:
    """Return how often each step of a year was made, in expectation."""
    most = max((years for _before, _after, years in counted), default=0)
    powers = [np.eye(GRADES)]
    for _year in range(most):
        powers.append(powers[-1] @ matrix)
    told = np.zeros((GRADES, GRADES))
    for (before, after, years), times in sorted(counted.items()):
        chance = powers[years][before, after]
        for year in range(years):
            begun = powers[year][before]
            ended = powers[years - 1 - year][:, after]
            told += times * np.outer(begun, ended) * matrix / chance
    return told
