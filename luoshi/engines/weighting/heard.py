"""From which groups fewer answered than live there."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, lgamma, log, log1p

import numpy as np
from numpy.typing import ArrayLike, NDArray

from luoshi.engines.weighting.raking import WeightingError

# A group is heard too little if chance would leave it so few less often than this.
CHANCE = 0.05


@dataclass(frozen=True)
class Gap:
    """A group that has not been heard, or less than its number."""

    group: int
    people: int
    answers: int
    # How many answers its part of the people would have given.
    expected: float

    @property
    def nobody(self) -> bool:
        """Tell whether there is no answer at all."""
        return self.answers == 0

    @property
    def missing(self) -> float:
        """Return how many more answers its part of the people would have given."""
        return self.expected - self.answers


def gaps(answers: ArrayLike, people: ArrayLike, *, chance: float = CHANCE) -> list[Gap]:
    """Return groups from which nobody answered, or too few; the largest gap first.

    Too few: were the answers drawn evenly from the people, the group would have that
    few or fewer with a probability below `chance` (binomial, lower tail). A group in
    which nobody lives is no gap.
    """
    told, live = _checked(answers, people)
    total, everybody = int(told.sum()), int(live.sum())
    found = []
    for group in np.flatnonzero(live):
        share = int(live[group]) / everybody
        gap = Gap(int(group), int(live[group]), int(told[group]), total * share)
        if gap.nobody or (
            gap.missing > 0 and lower_tail(gap.answers, total, share) < chance
        ):
            found.append(gap)
    return sorted(found, key=lambda gap: (-gap.missing, -gap.people, gap.group))


def covered(answers: ArrayLike, people: ArrayLike) -> float:
    """Return the share of the people who live in groups with an answer."""
    told, live = _checked(answers, people)
    everybody = int(live.sum())
    return float(live[told > 0].sum() / everybody) if everybody else 0.0


def lower_tail(most: int, draws: int, share: float) -> float:
    """Return the probability of `most` or fewer hits in so many draws."""
    if most >= draws or share <= 0:
        return 1.0
    if share >= 1:
        return 0.0
    return min(1.0, sum(_terms(most, draws, share)))


def _terms(most: int, draws: int, share: float) -> Iterator[float]:
    for hits in range(most + 1):
        ways = lgamma(draws + 1) - lgamma(hits + 1) - lgamma(draws - hits + 1)
        yield exp(ways + hits * log(share) + (draws - hits) * log1p(-share))


def _checked(
    answers: ArrayLike, people: ArrayLike
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    told, live = np.asarray(answers, np.int64), np.asarray(people, np.int64)
    if told.shape != live.shape or told.ndim != 1:
        raise WeightingError("Each group needs its answers and its people")
    if (told < 0).any() or (live < 0).any():
        raise WeightingError("A number of people cannot be below zero")
    return told, live
