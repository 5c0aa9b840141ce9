"""Voters who give points pay together for what they give points to.

Each pays the price of a point as often as they give one, or all that they have left
(Peters, Pierczyński and Skowron 2021, for utilities of any size). The same ballot pays
the same in every count, so a bit for each project that a ballot names is all that must
be remembered.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from luoshi.engines.voting.elections import Floats, Ints
from luoshi.engines.voting.purses import BLUR, Count, Step

# What rounding can add up to in the money of one voter, as a part of the share.
DRIFT = 1e-14


class WeighedCount(Count):
    """One count with a fixed share; supporters weigh the points that they give."""

    def _supporters(self) -> tuple[Sequence[Ints], list[int]]:
        self.scores = self.election.scores
        return self.scores.voters, [int(one.sum()) for one in self.scores.given]

    def _nothing_paid(self) -> NDArray[np.generic]:
        return np.zeros(len(self.election.named), bool)

    def estimate(self, at: int) -> tuple[float, float] | None:
        """Return the price of a point in floating point and how far it may be off."""
        money, points = self.money[self.voters[at]], self.scores.floats[at]
        cost, share = self.costs[at], float(self.share)
        blur = BLUR * (cost + share) + DRIFT * share * len(money)
        if float(money.sum()) < cost - blur:
            return None
        left = float(cost)
        while True:
            weight = float(points.sum())
            price = left / weight
            rich = money >= price * points
            many = int(np.count_nonzero(rich))
            if many == len(money):
                return price, (blur + BLUR * share) / weight
            if not many:
                # By rounding alone: they can just pay with all that they have.
                return float((money / points).max()), blur / float(points.min())
            left -= float(money[~rich].sum())
            money, points = money[rich], points[rich]

    def weights(self, at: int, voters: Ints) -> Floats:
        """Return how many points each of these ballots gives a project."""
        points = self.scores.floats[at]
        if len(voters) == len(points):
            return points
        return points[self.scores.places(at, voters)]

    def _weigh(self, at: int, voters: Ints) -> int:
        return int(self.scores.given[at][self.scores.places(at, voters)].sum())

    def _slack(self, at: int, blur: float) -> Floats:
        return 2 * (blur * self.scores.floats[at] + BLUR * float(self.share))

    def _counts(self, voters: Ints) -> list[int]:
        _row, rounds, points = self._paid_by(voters)
        # Exact in floating point: there are no more points than that.
        counts = np.bincount(rounds, points, minlength=len(self.steps))
        return [int(one) for one in counts]

    def _history(self, at: int, voters: Ints) -> NDArray[np.generic]:
        living = ~self.emptied[voters]
        row, rounds, points = self._paid_by(voters)
        table = np.zeros((len(voters), len(self.steps) + 2), np.int64)
        table[row, rounds] = points
        # Who is emptied has nothing, whatever was paid before.
        table *= living[:, np.newaxis]
        table[:, -2] = self.scores.given[at][self.scores.places(at, voters)]
        table[:, -1] = living
        return table

    def _paid_by(self, voters: Ints) -> tuple[Ints, Ints, Ints]:
        """Return who of these paid in full, in which round, and for what points."""
        start = self.election.start[voters]
        many = self.election.start[voters + 1] - start
        row = np.repeat(np.arange(len(voters)), many)
        first = np.cumsum(many) - many
        entry = np.arange(len(row)) - first[row] + start[row]
        paid = self.paid[entry].astype(bool)
        row, entry = row[paid], entry[paid]
        round_of = np.zeros(len(self.costs), np.int64)
        round_of[[one.at for one in self.steps]] = np.arange(len(self.steps))
        return row, round_of[self.election.named[entry]], self.scores.parts[entry]

    def _mark(self, step: Step) -> None:
        entries = self.scores.entries[step.at]
        self.paid[entries[self.scores.places(step.at, step.full)]] = True
