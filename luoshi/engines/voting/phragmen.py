"""Sequential Phragmén: voters earn at one pace, and buy once they can together."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from luoshi.engines.voting.elections import Election
from luoshi.engines.voting.outcomes import Outcome, Round

# Far above what rounding can add up to, far below what loads differ by.
BLUR = 1e-11


def phragmen(election: Election, *, ties: Sequence[str] | None = None) -> Outcome:
    """Choose by Phragmén's sequential rule (Los, Christoff and Grossi 2022).

    It ends when a project that comes next, or one tied with it, exceeds the budget.
    Projects dearer than the whole budget take no part; those without votes come last.
    """
    rank = election.order(ties)
    costs = election.costs.tolist()
    count = _Count(election)
    left, rounds = election.budget, list[Round]()
    while count.open:
        best, first = count.next()
        if any(costs[at] > left for at in first):
            break
        tied = sorted(first, key=rank.__getitem__)
        rounds.append(Round(tied[0], best, tuple(tied[1:])))
        left -= costs[tied[0]]
        count.buy(tied[0], best)
    return Outcome("phragmen", election, tuple(rounds))


class _Count:
    """Loads in floating point to find who comes next, in fractions to decide."""

    def __init__(self, election: Election) -> None:
        self.election = election
        self.votes: list[int] = election.votes.tolist()
        self.costs: list[int] = election.costs.tolist()
        self.open = {
            at for at, cost in enumerate(self.costs) if cost <= election.budget
        }
        # A voter's load is that of the last round in which it bought: a whole number
        # for each voter, and a fraction for each round.
        self.last = np.zeros(election.ballots, np.int64)
        self.loads = [Fraction(0)]
        self.load = np.zeros(election.ballots)
        # Loads only grow: the last figure is a lower bound.
        self.least = {
            at: self.costs[at] / self.votes[at] * (1 - BLUR)
            for at in self.open
            if self.votes[at]
        }

    def next(self) -> tuple[Fraction, list[int]]:
        """Return the least load at which something can be bought, and what that is."""
        if not self.least:
            return Fraction(0), list(self.open)
        highest, found = float("inf"), dict[int, float]()
        for at in sorted(self.least, key=self.least.__getitem__):
            if self.least[at] > highest:
                break
            loads = float(self.load[self.election.supporters[at]].sum())
            rough = (loads + self.costs[at]) / self.votes[at]
            found[at] = self.least[at] = rough * (1 - BLUR)
            highest = min(highest, rough * (1 + BLUR))
        exact = {at: self._exact(at) for at, low in found.items() if low <= highest}
        best = min(exact.values())
        return best, [at for at, value in exact.items() if value == best]

    def _exact(self, at: int) -> Fraction:
        last = self.last[self.election.supporters[at]]
        counts = np.bincount(last, minlength=len(self.loads)).tolist()
        held = [
            many * load
            for many, load in zip(counts, self.loads, strict=True)
            if many and load
        ]
        return (sum(held, Fraction(self.costs[at]))) / self.votes[at]

    def buy(self, at: int, load: Fraction) -> None:
        """Let the supporters of a project carry the load at which it was bought."""
        self.open.remove(at)
        if self.least.pop(at, None) is None:
            return
        voters = self.election.supporters[at]
        self.last[voters] = len(self.loads)
        self.load[voters] = float(load)
        self.loads.append(load)
