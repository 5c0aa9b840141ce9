"""How many points each ballot gives each project, in whole numbers.

A ballot with points says so itself. A ranking gives the last that it names one point
and each place above one more: as many for the first as it names (the modified Borda
count of Emerson 2013). A ballot that only names projects gives each of them one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from luoshi.engines.voting.elections import (
    ORDINAL,
    Election,
    Floats,
    Ints,
    VotingError,
    decimals_of,
)

# Sums of so many parts of a point are exact in floating point, too.
MOST_PARTS, MOST_DECIMALS = 2**50, 6


@dataclass(frozen=True, eq=False)
class Scores:
    """Points in parts, `unit` of which are one point.

    `parts` stands beside the election's `named`. `voters[p]` are the ballots that give
    project p more than nothing, in ascending order; `given[p]` is what each gives, and
    `entries[p]` where in `named` it stands. `total[p]` is all that was given: points
    below zero count against a project, and buy nothing.
    """

    parts: Ints
    unit: int
    voters: tuple[Ints, ...]
    given: tuple[Ints, ...]
    entries: tuple[Ints, ...]
    total: tuple[int, ...]

    @cached_property
    def floats(self) -> tuple[Floats, ...]:
        """Return `given` in floating point."""
        return tuple(one.astype(np.float64) for one in self.given)

    def places(self, at: int, voters: Ints) -> Ints:
        """Return where these ballots stand among those that give a project points."""
        return np.searchsorted(self.voters[at], voters)


def scores_of(election: Election) -> Scores:
    """Return what each ballot gives; raises VotingError where nothing can count it."""
    if election.points is not None:
        parts, unit = _in_parts(election.points)
    elif election.vote_type == ORDINAL:
        parts, unit = _ranks(election), 1
    else:
        parts, unit = np.ones(len(election.named), np.int64), 1
    voter = np.repeat(np.arange(election.ballots), np.diff(election.start))
    voters, given, entries, total = [], [], [], []
    for here in election.by_project(np.arange(len(election.named))):
        points = parts[here]
        total.append(int(points.sum()))
        here, points = here[points > 0], points[points > 0]
        voters.append(voter[here])
        given.append(points)
        entries.append(here)
    return Scores(
        parts, unit, tuple(voters), tuple(given), tuple(entries), tuple(total)
    )


def _in_parts(points: Sequence[Decimal]) -> tuple[Ints, int]:
    """Return points in whole parts, and how many parts are one point."""
    places = max((decimals_of(one) for one in set(points)), default=0)
    if places > MOST_DECIMALS:
        raise VotingError("Points with more than six decimals cannot be counted")
    unit = 10**places
    if sum(map(abs, points)) * unit > MOST_PARTS:
        raise VotingError("There are more points than can be counted exactly")
    return np.fromiter((int(one * unit) for one in points), np.int64), unit


def _ranks(election: Election) -> Ints:
    """Return one point for the last place of each ballot, one more for each above."""
    lengths = np.diff(election.start)
    place = np.arange(len(election.named)) - np.repeat(election.start[:-1], lengths)
    return np.repeat(lengths, lengths) - place
