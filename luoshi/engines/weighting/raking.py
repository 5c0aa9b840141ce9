"""Weights with which the answers have the population's margins, within bounds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

# What an answer has where nothing was said of a question on the person.
UNSAID = -1
# No answer counts more than this many times the mean one (Potter 1990; five is usual),
# and none less than that part of it: nobody who answered counts for nothing.
MOST = 5.0
# A round that moves no weight by more ends the work; so do this many rounds.
SETTLED, ROUNDS = 1e-9, 500

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class WeightingError(ValueError):
    """Answers or margins that no weights can be made of."""


@dataclass(frozen=True, eq=False)
class Weights:
    """One weight an answer, their mean being one."""

    values: Floats
    # How many answers drawn evenly would tell as much (Kish 1965).
    effective: float
    # By how much a group's share still differs from its share of the population.
    off: float
    # How many answers count as much, or as little, as one may.
    cut: int
    # For each margin the groups of people from which there is no answer.
    unheard: tuple[tuple[int, ...], ...]


def effective_size(weights: ArrayLike) -> float:
    """Return Kish's effective sample size: (sum w)² / sum w²."""
    values = np.asarray(weights, float)
    # Before squaring: weights may be as small as floating point goes.
    values = values / values.max() if values.size and values.max() > 0 else values
    squares = float((values**2).sum())
    return float(values.sum()) ** 2 / squares if squares else 0.0


def rake(
    groups: Sequence[ArrayLike], margins: Sequence[ArrayLike], *, most: float = MOST
) -> Weights:
    """Weigh answers so that each margin has the population's shares.

    `groups[d][i]` is the group of answer i by margin d (its village, sex, age), or
    UNSAID; `margins[d][g]` is how many people are in group g. One margin is plain
    post-stratification. Margins are fitted in turn (Deming and Stephan 1940); after
    each round no weight stays above `most` times the mean, or below the mean divided
    by it (Izrael and others 2009).

    An answer that leaves a margin unsaid, or tells a group in which nobody lives, is
    not moved by that margin. Groups without an answer are returned as `unheard`: the
    shares of the others are those among themselves.
    """
    codes, targets = _checked(groups, margins, most)
    if not codes:
        raise WeightingError("There is no margin to weigh by")
    count = len(codes[0])
    values = np.ones(count)
    fitted = [(one, _share(one, of)) for one, of in zip(codes, targets, strict=True)]
    for _round in range(ROUNDS):
        before = values
        for one, share in fitted:
            values = _fit(values, one, share)
        values = _cut(values, most)
        if not count or float(np.abs(values - before).max()) < SETTLED:
            break
    at_bound = (values >= most * (1 - 1e-9)) | (values <= (1 + 1e-9) / most)
    return Weights(
        values=values,
        effective=effective_size(values),
        off=max(_off(values, one, share) for one, share in fitted),
        cut=int(at_bound.sum()),
        unheard=tuple(
            tuple(int(g) for g in np.flatnonzero((share == 0) & (of > 0)))
            for (_one, share), of in zip(fitted, targets, strict=True)
        ),
    )


def _checked(
    groups: Sequence[ArrayLike], margins: Sequence[ArrayLike], most: float
) -> tuple[list[Ints], list[Floats]]:
    """Return codes and people as arrays, groups in which nobody lives being unsaid."""
    if len(groups) != len(margins):
        raise WeightingError("Each margin needs the group of each answer")
    if most <= 1:
        raise WeightingError("The largest weight must be above the mean")
    codes, targets = [], []
    for one, of in zip(groups, margins, strict=True):
        told, people = np.asarray(one, np.int64), np.asarray(of, float)
        if (
            told.ndim != 1
            or people.ndim != 1
            or len(told) != len(np.atleast_1d(groups[0]))
        ):
            raise WeightingError("Groups and margins must be plain lists of one length")
        if not np.isfinite(people).all() or (people < 0).any():
            raise WeightingError("A number of people cannot be below zero")
        if told.size and (told.min() < UNSAID or told.max() >= len(people)):
            raise WeightingError(
                "An answer is of a group that its margin does not have"
            )
        if told.size:
            lived_in = np.append(people > 0, False)
            told = np.where(lived_in[told], told, UNSAID)
        codes.append(told)
        targets.append(people)
    return codes, targets


def _share(codes: Ints, people: Floats) -> Floats:
    """Return each group's share of the people of those groups that answered."""
    answered = np.bincount(codes[codes >= 0], minlength=len(people)) > 0
    heard = np.where(answered, people, 0.0)
    total = heard.sum()
    return heard / total if total else heard


def _sums(values: Floats, codes: Ints, size: int) -> Floats:
    said = codes >= 0
    sums = np.zeros(size)
    np.add.at(sums, codes[said], values[said])
    return sums


def _fit(values: Floats, codes: Ints, share: Floats) -> Floats:
    """Give each group its share of the weight of those who said their group."""
    sums = _sums(values, codes, len(share))
    factors = np.ones(len(share) + 1)
    np.divide(share * sums.sum(), sums, out=factors[:-1], where=sums > 0)
    return values * factors[codes]


def _cut(values: Floats, most: float) -> Floats:
    """Return min(max(s w, 1 / most), most) with the one s for which the mean is one."""
    if not values.size:
        return values
    even = values / values.mean()
    if even.max() <= most and even.min() >= 1 / most:
        return even
    # The mean grows with s, a line between the corners at which one more is cut.
    corners = np.sort(np.concatenate([1 / most / even, most / even]))
    low, high = 0, len(corners) - 1
    while high - low > 1:
        middle = (low + high) // 2
        if np.clip(corners[middle] * even, 1 / most, most).mean() < 1:
            low = middle
        else:
            high = middle
    under = np.clip(corners[low] * even, 1 / most, most)
    over = np.clip(corners[high] * even, 1 / most, most)
    part = (1 - under.mean()) / (over.mean() - under.mean())
    return under + part * (over - under)


def _off(values: Floats, codes: Ints, share: Floats) -> float:
    sums = _sums(values, codes, len(share))
    total = sums.sum()
    return float(np.abs(sums / total - share).max()) if total else 0.0
