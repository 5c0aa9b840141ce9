"""Choosing projects within a budget by the people's ballots.

`Election` holds projects, budget and ballots and reads Pabulib's files; each rule
returns an `Outcome` that explains itself. Pure computation: nothing is kept, nothing is
written. docs/decisions/voting.md has each rule with its source.
"""

from luoshi.engines.voting.elections import Election, Project, VotingError
from luoshi.engines.voting.greedy import (
    greedy_points,
    greedy_points_per_cost,
    greedy_votes,
    greedy_votes_per_cost,
)
from luoshi.engines.voting.knapsack import knapsack
from luoshi.engines.voting.outcomes import Loss, Outcome, Round
from luoshi.engines.voting.phragmen import phragmen
from luoshi.engines.voting.shares import effective_votes, equal_shares

__all__ = [
    "Election",
    "Loss",
    "Outcome",
    "Project",
    "Round",
    "VotingError",
    "effective_votes",
    "equal_shares",
    "greedy_points",
    "greedy_points_per_cost",
    "greedy_votes",
    "greedy_votes_per_cost",
    "knapsack",
    "phragmen",
]
