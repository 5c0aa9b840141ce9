"""What groups stand for, what all share and what divides, from counts of votes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from luoshi.engines.opinion.votes import Floats, Ints, Tally

MOST_STANCES = 10
# Of a group's votes that must be on one side, and how sure that must be.
MAJORITY, SURE = 0.5, 0.95


@dataclass(frozen=True)
class Stance:
    """A statement on which a group differs from all others."""

    statement: Any
    # +1: the group agrees with it, -1: the group disagrees.
    vote: int
    here: Tally
    elsewhere: Tally
    # By how much the group's share is higher at least (95 % interval).
    lead: float
    # The share of such finds that would be chance, by Benjamini and Hochberg.
    q: float


@dataclass(frozen=True)
class Shared:
    """A statement on which each group is on the same side."""

    statement: Any
    vote: int
    # The product over groups of (votes on this side + 1) / (votes + 2).
    consensus: float
    # The lowest share among the groups.
    least: float
    by_group: tuple[Tally, ...]


@dataclass(frozen=True)
class Dividing:
    """A statement with which one group mostly agrees and another mostly disagrees."""

    statement: Any
    agree: tuple[int, ...]
    disagree: tuple[int, ...]
    by_group: tuple[Tally, ...]


def stances(
    statements: Sequence[Any], counts: Ints, false_discovery: float
) -> tuple[tuple[Stance, ...], ...]:
    """Return for each group the statements that set it apart, the clearest first.

    For each group, statement and side: shares in and outside the group, a one-sided
    test of two proportions with pooled variance, and Benjamini and Hochberg (1995)
    over all of them at once. A stance must also be the view of the group's majority.
    The order is by the lower end of the 95 % interval of the difference (Newcombe
    1998, method 10), which few votes make wide.
    """
    if len(counts) < 2:
        return tuple(() for _group in counts)
    here = counts[:, :, :2].astype(float)
    voted = counts.sum(2)[:, :, None].astype(float)
    others, others_voted = here.sum(0) - here, voted.sum(0) - voted
    told = np.broadcast_to((voted > 0) & (others_voted > 0), here.shape)
    chance = _two_proportions(here, voted, others, others_voted)
    q = np.ones(here.shape)
    q[told] = benjamini_hochberg(chance[told])
    lead = _least_lead(here, voted, others, others_voted)
    fits = told & (q <= false_discovery) & (here > MAJORITY * voted) & (lead > 0)
    outside = counts.sum(0) - counts
    return tuple(
        tuple(
            Stance(
                statement=statements[column],
                vote=1 if side == 0 else -1,
                here=Tally(*counts[group, column].tolist()),
                elsewhere=Tally(*outside[group, column].tolist()),
                lead=round(float(lead[group, column, side]), 4),
                q=float(q[group, column, side]),
            )
            for column, side in _ranked(fits[group], lead[group])
        )
        for group in range(len(counts))
    )


def _ranked(fits: NDArray[np.bool_], order: Floats) -> list[tuple[int, int]]:
    """Return (column, side) of those that fit, the greatest first."""
    places = np.argwhere(fits)
    ranks = np.argsort(-order[fits], kind="stable")[:MOST_STANCES]
    return [(int(column), int(side)) for column, side in places[ranks]]


def shared(statements: Sequence[Any], counts: Ints) -> tuple[Shared, ...]:
    """Return what each group agrees with, or disagrees with, the widest shared first.

    In each group the share must be above one half with 95 % certainty (lower end of
    Wilson's interval, 1927). The order is Polis's group-informed consensus, the
    product over groups of (votes + 1) / (all votes + 2): no group can be outvoted.
    """
    if not len(counts):
        return ()
    here, voted = counts[:, :, :2].astype(float), counts.sum(2)[:, :, None]
    low = wilson_low(here, voted, float(ndtri(SURE)))
    fits = np.all(low > MAJORITY, axis=0)
    consensus = ((here + 1) / (voted + 2)).prod(0)
    least = (here / np.maximum(voted, 1)).min(0)
    found = np.argwhere(fits)
    order = np.argsort(-consensus[fits], kind="stable")
    return tuple(
        Shared(
            statement=statements[column],
            vote=1 if side == 0 else -1,
            consensus=round(float(consensus[column, side]), 4),
            least=round(float(least[column, side]), 4),
            by_group=_tallies(counts[:, column]),
        )
        for column, side in found[order].tolist()
    )


def dividing(statements: Sequence[Any], counts: Ints) -> tuple[Dividing, ...]:
    """Return statements that one group surely favours and another surely rejects."""
    if len(counts) < 2:
        return ()
    here, voted = counts[:, :, :2].astype(float), counts.sum(2)[:, :, None]
    low = wilson_low(here, voted, float(ndtri(SURE)))
    sure = low > MAJORITY
    fits = np.flatnonzero(sure[:, :, 0].any(0) & sure[:, :, 1].any(0))
    force = low[:, :, 0].max(0) * low[:, :, 1].max(0)
    order = fits[np.argsort(-force[fits], kind="stable")]
    return tuple(
        Dividing(
            statement=statements[column],
            agree=tuple(np.flatnonzero(sure[:, column, 0]).tolist()),
            disagree=tuple(np.flatnonzero(sure[:, column, 1]).tolist()),
            by_group=_tallies(counts[:, column]),
        )
        for column in order.tolist()
    )


def _tallies(counts: Ints) -> tuple[Tally, ...]:
    return tuple(Tally(*one) for one in counts.tolist())


def _two_proportions(
    here: Floats, voted: Floats, others: Floats, others_voted: Floats
) -> Floats:
    """Return the chance of so high a share here if it were the same everywhere."""
    with np.errstate(invalid="ignore", divide="ignore"):
        pooled = (here + others) / (voted + others_voted)
        error = np.sqrt(pooled * (1 - pooled) * (1 / voted + 1 / others_voted))
        z = (here / voted - others / others_voted) / error
    return ndtr(-np.nan_to_num(z, nan=0.0, posinf=0.0, neginf=0.0))


def benjamini_hochberg(chances: Floats) -> Floats:
    """Return the least false-discovery rate at which each find would be kept."""
    count = len(chances)
    order = np.argsort(chances, kind="stable")
    scaled = chances[order] * count / np.arange(1, count + 1)
    adjusted = np.empty(count)
    adjusted[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return np.minimum(adjusted, 1)


def wilson_low(successes: Floats, trials: Floats, z: float) -> Floats:
    """Return the lower end of Wilson's interval of a share; 0 without trials."""
    return _wilson(successes, trials, -z)


def _wilson(successes: Floats, trials: Floats, z: float) -> Floats:
    share = successes / np.maximum(trials, 1)
    square = z * z / np.maximum(trials, 1)
    middle = share + square / 2
    way = np.sign(z) * np.sqrt(square * (share * (1 - share) + square / 4))
    end = np.clip((middle + way) / (1 + square), 0, 1)
    return np.where(trials > 0, end, 0.0 if z < 0 else 1.0)


def _least_lead(
    here: Floats, voted: Floats, others: Floats, others_voted: Floats
) -> Floats:
    """Return the lower end of the interval of the difference of two shares."""
    z = float(ndtri(0.975))
    share = here / np.maximum(voted, 1)
    other = others / np.maximum(others_voted, 1)
    low, high = _wilson(here, voted, -z), _wilson(others, others_voted, z)
    return share - other - np.sqrt((share - low) ** 2 + (high - other) ** 2)
