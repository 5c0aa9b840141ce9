"""The method of equal shares: every voter has the same money, supporters pay together.

Who only names projects pays as `purses.py` says, who gives points as `weighed.py`.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from luoshi.engines.voting.elections import Election, Floats, Ints, VotingError
from luoshi.engines.voting.greedy import fill
from luoshi.engines.voting.outcomes import Outcome
from luoshi.engines.voting.purses import Count
from luoshi.engines.voting.weighed import WeighedCount

COST, CARDINALITY = "cost", "cardinality"
POINTS, POINTS_COST = "points", "points_cost"
WEIGHED = (POINTS, POINTS_COST)
UTILITIES = (COST, CARDINALITY, *WEIGHED)
NONE, ADD1, ADD1U = "none", "add1", "add1u"
# After as many raises that changed nothing it is asked how many more will not.
ALIKE = 32


def equal_shares(
    election: Election,
    *,
    utility: str = COST,
    completion: str = NONE,
    ties: Sequence[str] | None = None,
) -> Outcome:
    """Choose by equal shares (Peters, Pierczyński and Skowron 2021).

    `utility`: what a project gives a voter who names it, its cost ("cost") or one
    ("cardinality"); or the points that the voter gave ("points"), or these times the
    cost ("points_cost"). `completion`: none; "add1" gives each voter one unit more
    again and again, until nothing fits into the budget any more or the winners would
    exceed it, when the step before holds; "add1u" then fills up by votes or points.
    """
    if utility not in UTILITIES or completion not in (NONE, ADD1, ADD1U):
        raise VotingError(f"There is no rule for {utility!r} with {completion!r}")
    rule = f"mes_{utility}" + ("" if completion == NONE else f"_{completion}")
    weighed = utility in WEIGHED
    if not election.ballots:
        return Outcome(rule, election, (), weighed=weighed)
    rank = election.order(ties)
    share = Fraction(election.budget, election.ballots)
    count = _count_of(election, utility, share, rank)
    chosen, raised, alike = count.run(), 0, 0
    while completion != NONE and not _exhausts(count, chosen):
        # Looked at seldom: it costs what many raises cost.
        raises, alike = (count.same_for(), 0) if alike == ALIKE else (1, alike + 1)
        more = count.raised(max(raises, 1))
        tried = more.run()
        if raises > 1 and tried != chosen:
            raises, more = 1, count.raised(1)
            tried = more.run()
        if int(election.costs[tried].sum()) > election.budget:
            break
        alike = alike if tried == chosen else 0
        raised, chosen, count = raised + max(raises, 1), tried, more
    rounds = count.rounds()
    if completion == ADD1U:
        rounds += fill(election, rounds, rank, weighed=weighed)
    return Outcome(rule, election, tuple(rounds), count.share, raised, weighed=weighed)


def _count_of(election: Election, utility: str, share: Fraction, rank: Ints) -> Count:
    """Return the count that pays as this utility says."""
    by_cost = utility in (COST, POINTS_COST)
    worth = election.costs.tolist() if by_cost else [1] * len(election.projects)
    kind = WeighedCount if utility in WEIGHED else Count
    return kind(election, worth, share, rank)


def _exhausts(count: Count, chosen: list[int]) -> bool:
    """Say whether no other project that has a supporter fits into what is left."""
    election = count.election
    others = np.array([len(voters) > 0 for voters in count.voters])
    others[chosen] = False
    left = election.budget - int(election.costs[chosen].sum())
    return not (election.costs[others] <= left).any()


def effective_votes(outcome: Outcome) -> Floats:
    """Return for each round, and each project not yet chosen, its effective votes.

    That is its cost by what a voter who pays in full would pay: how many voters with
    money enough its supporters are worth. Where points are counted, by what such a
    voter would pay for a point: how many points they are worth. 0 where they cannot
    pay, NaN once chosen.
    """
    election = outcome.election
    told = np.zeros((len(outcome.rounds), len(election.projects)))
    utility = POINTS if outcome.weighed else CARDINALITY
    count = _count_of(election, utility, outcome.share, election.order())
    unit = election.scores.unit if outcome.weighed else 1
    for step, one in enumerate(outcome.rounds):
        for at in list(count.least):
            found = count.estimate(at)
            told[step, at] = count.costs[at] / found[0] / unit if found else 0
        told[step + 1 :, one.project] = np.nan
        count.money[one.full] -= float(one.price) * outcome.weights(one)
        count.money[one.emptied] = 0
        count.least.pop(one.project, None)
    return told
