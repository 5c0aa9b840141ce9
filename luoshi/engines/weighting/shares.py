"""Shares of answers, raw and weighed, and between what bounds the true ones may lie."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from luoshi.engines.weighting.raking import WeightingError, effective_size

# The normal quantile of a two-sided 95 % interval.
Z = 1.959963984540054


@dataclass(frozen=True)
class Share:
    """How many chose one option, of how many, and what that says of everybody."""

    count: int
    of: int
    raw: float
    weighed: float
    # The 95 % interval of the weighed share.
    low: float
    high: float

    @property
    def margin(self) -> float:
        """Return half the width of the interval."""
        return (self.high - self.low) / 2


def interval(
    share: float, effective: float, *, answers: int = 0, people: int | None = None
) -> tuple[float, float]:
    """Return Wilson's 95 % interval (1927) for a share of `effective` answers.

    Where `answers` of `people` were asked, the part that is not known is smaller:
    the effective size is divided by (N - n) / (N - 1), the correction for a finite
    population (Cochran 1977, 2.5). A population smaller than the number of answers
    is a table that is out of date, and corrects nothing.
    """
    if effective <= 0:
        return 0.0, 1.0
    if people is not None and people > 1 and answers <= people:
        if answers == people:
            return share, share
        effective *= (people - 1) / (people - answers)
    inverse = 1 / effective
    middle = (share + Z**2 * inverse / 2) / (1 + Z**2 * inverse)
    spread = share * (1 - share) * inverse + (Z * inverse / 2) ** 2
    half = Z * sqrt(max(spread, 0.0)) / (1 + Z**2 * inverse)
    # The share itself lies within, also after rounding.
    return max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share))


def shares(
    chosen: ArrayLike, weights: ArrayLike, *, people: int | None = None
) -> list[Share]:
    """Count the options of one question: a row an answer, a column an option.

    Only those who answered the question are rows. A row may choose several.
    """
    picked, values = np.asarray(chosen, bool), np.asarray(weights, float)
    if picked.ndim != 2 or values.shape != picked.shape[:1]:
        raise WeightingError("Each answer needs one row of choices and one weight")
    if not np.isfinite(values).all() or (values < 0).any():
        raise WeightingError("A weight cannot be below zero")
    count, total = len(picked), values.sum()
    effective = effective_size(values)
    found = []
    for column in picked.T:
        times = int(column.sum())
        weighed = float(values[column].sum() / total) if total else 0.0
        weighed = min(1.0, weighed)
        low, high = interval(weighed, effective, answers=count, people=people)
        raw = times / count if count else 0.0
        found.append(Share(times, count, raw, weighed, low, high))
    return found
