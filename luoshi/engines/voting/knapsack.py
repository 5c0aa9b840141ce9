"""The set that gathers most votes within the budget, proved in whole numbers."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from scipy.optimize import LinearConstraint, milp

from luoshi.engines.voting.elections import Election, Ints
from luoshi.engines.voting.outcomes import Outcome, Round

# Above this many partial choices the solver's answer stands, without a proof.
MOST_STATES, SOLVER_S = 2_000_000, 20


def knapsack(election: Election, *, ties: Sequence[str] | None = None) -> Outcome:
    """Choose the projects with the most votes in all that the budget can pay.

    Of several such sets the cheapest is taken. A search over whole numbers (Nemhauser
    and Ullmann 1969) proves it. Where that would grow too large HiGHS (Huangfu and Hall
    2018) answers in floating point, and `proved` is false.
    """
    rank = election.order(ties)
    costs, votes = election.costs, election.votes
    can = np.flatnonzero((costs <= election.budget) & (votes > 0)).tolist()
    queue = sorted(
        can, key=lambda at: (-Fraction(int(votes[at]), int(costs[at])), rank[at])
    )
    order = np.array(queue, np.int64)
    queued = costs[order], votes[order], election.budget
    found = _search(*queued, int(votes[order][_greedy(*queued)].sum()))
    best = _propose(*queued) if found is None else found
    chosen = sorted(order[best].tolist(), key=lambda at: (-votes[at], rank[at]))
    rounds = tuple(Round(at, Fraction(int(votes[at]))) for at in chosen)
    return Outcome("knapsack", election, rounds, proved=found is not None)


def _greedy(costs: Ints, _votes: Ints, budget: int) -> np.ndarray:
    """Return what is chosen by going down the queue and taking what fits."""
    chosen, left = np.zeros(len(costs), bool), budget
    for at, cost in enumerate(costs.tolist()):
        if cost <= left:
            chosen[at], left = True, left - cost
    return chosen


def _propose(costs: Ints, votes: Ints, budget: int) -> np.ndarray:
    """Return the solver's choice where it is affordable, else the greedy one."""
    found = milp(
        -votes.astype(float),
        # Costs as parts of the budget: the solver's tolerance is absolute.
        constraints=LinearConstraint(costs[None, :] / budget, ub=1),
        integrality=np.ones(len(costs)),
        bounds=(0, 1),
        options={"mip_rel_gap": 0, "time_limit": SOLVER_S},
    )
    chosen = np.zeros(len(costs), bool) if found.x is None else found.x > 0.5
    greedy = _greedy(costs, votes, budget)
    fits = int(costs[chosen].sum()) <= budget
    return chosen if fits and votes[chosen].sum() > votes[greedy].sum() else greedy


def _search(costs: Ints, votes: Ints, budget: int, known: int) -> np.ndarray | None:
    """Return the best choice: undominated partial choices that may still reach `known`.

    Items come with the most votes per cost first, so that a prefix of the rest, cut
    where the money ends, bounds what can still be gained from above.
    """
    spent, gained = np.zeros(1, np.int64), np.zeros(1, np.int64)
    steps: list[tuple[Ints, np.ndarray]] = []
    cost_sum = np.concatenate([[0], np.cumsum(costs)])
    vote_sum = np.concatenate([[0], np.cumsum(votes)])
    for at, (cost, vote) in enumerate(zip(costs.tolist(), votes.tolist(), strict=True)):
        more_spent = np.concatenate([spent, spent + cost])
        more_gained = np.concatenate([gained, gained + vote])
        order = np.lexsort((-more_gained, more_spent))
        got = more_gained[order]
        best_before = np.concatenate([[-1], np.maximum.accumulate(got)[:-1]])
        keep = order[(got > best_before) & (more_spent[order] <= budget)]
        left = budget - more_spent[keep]
        fits = np.searchsorted(cost_sum, cost_sum[at + 1] + left, side="right") - 1
        bound = more_gained[keep] + vote_sum[fits] - vote_sum[at + 1]
        # The item that is cut counts whole: a bound that is too high never misleads.
        bound += np.concatenate([votes, [0]])[fits]
        keep = keep[bound >= known]
        steps.append((keep % len(spent), keep >= len(spent)))
        spent, gained = more_spent[keep], more_gained[keep]
        if len(keep) > MOST_STATES:
            return None
    chosen = np.zeros(len(costs), bool)
    if not len(costs):
        return chosen
    state = int(np.lexsort((spent, -gained))[0])
    for at in range(len(costs) - 1, -1, -1):
        before, took = steps[at]
        chosen[at] = took[state]
        state = int(before[state])
    return chosen
