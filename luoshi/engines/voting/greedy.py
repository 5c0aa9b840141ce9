"""Greedy rules: go down a list and take what still fits."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial

import numpy as np

from luoshi.engines.voting.elections import Election, Ints
from luoshi.engines.voting.outcomes import Outcome, Round


def greedy_votes(election: Election, *, ties: Sequence[str] | None = None) -> Outcome:
    """Take projects by votes, skipping what no longer fits into the budget."""
    rounds = fill(election, [], election.order(ties))
    return Outcome("greedy_votes", election, tuple(rounds))


def greedy_votes_per_cost(
    election: Election, *, ties: Sequence[str] | None = None
) -> Outcome:
    """Take projects by votes per money, skipping what no longer fits."""

    def worth(at: int) -> Fraction:
        return Fraction(int(election.votes[at]), election.projects[at].cost)

    rounds = _fill(election, [], election.order(ties), worth)
    return Outcome("greedy_votes_per_cost", election, tuple(rounds))


def greedy_points(election: Election, *, ties: Sequence[str] | None = None) -> Outcome:
    """Take projects by points, skipping what no longer fits into the budget."""
    rounds = fill(election, [], election.order(ties), weighed=True)
    return Outcome("greedy_points", election, tuple(rounds), weighed=True)


def greedy_points_per_cost(
    election: Election, *, ties: Sequence[str] | None = None
) -> Outcome:
    """Take projects by points per money, skipping what no longer fits."""

    def worth(at: int) -> Fraction:
        return _points(election, at) / election.projects[at].cost

    rounds = _fill(election, [], election.order(ties), worth)
    return Outcome("greedy_points_per_cost", election, tuple(rounds), weighed=True)


def fill(
    election: Election, done: Sequence[Round], rank: Ints, *, weighed: bool = False
) -> list[Round]:
    """Return what else is taken by votes or points beside what was chosen before."""
    worth = partial(_points if weighed else _votes, election)
    return _fill(election, done, rank, worth)


def _votes(election: Election, at: int) -> Fraction:
    return Fraction(int(election.votes[at]))


def _points(election: Election, at: int) -> Fraction:
    return Fraction(election.scores.total[at], election.scores.unit)


def _fill(
    election: Election,
    done: Sequence[Round],
    rank: Ints,
    worth: Callable[[int], Fraction],
) -> list[Round]:
    chosen = [one.project for one in done]
    others = np.ones(len(election.projects), bool)
    others[chosen] = False
    left = election.budget - int(election.costs[chosen].sum())
    value = {at: worth(at) for at in np.flatnonzero(others).tolist()}
    queue = sorted(value, key=lambda at: (-value[at], rank[at]))
    taken = []
    for place, at in enumerate(queue):
        cost = election.projects[at].cost
        if cost > left:
            continue
        tied = []
        for other in queue[place + 1 :]:
            if value[other] != value[at]:
                break
            # Only where both fit and not together did the order decide who wins.
            if left - cost < election.projects[other].cost <= left:
                tied.append(other)
        left -= cost
        taken.append(Round(at, value[at], tuple(tied)))
    return taken
