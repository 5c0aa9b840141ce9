"""What a count ends with, in full: winners, what each step cost, why others lost."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np

from luoshi.engines.voting.elections import Election, Floats, Ints

NOBODY = np.zeros(0, np.int64)


@dataclass(frozen=True, eq=False)
class Round:
    """One project chosen: by whom it was paid, and with which others it was tied.

    `price` is what each of `full` paid, in coins, for each part of a point that it gave
    if the rule counts points; `emptied` paid all they had left, which was less.
    `value` is what the rule compared: votes or points, those per coin, the cost per
    unit of utility (equal shares), the load (Phragmén).
    """

    project: int
    value: Fraction
    tied: tuple[int, ...] = ()
    price: Fraction = Fraction(0)
    full: Ints = field(default_factory=lambda: NOBODY)
    emptied: Ints = field(default_factory=lambda: NOBODY)


@dataclass(frozen=True)
class Loss:
    """Why a project was not chosen.

    `reason` is one of: "too_dear" (costs more than the whole budget), "no_votes" (or
    no points where these are counted),
    "no_room" (what was left of the budget after `round` was less than it costs),
    "money_ran_out" (after `round` its supporters together had less than it costs),
    "ended" (the rule had stopped before), "worth_less" (others give more votes for
    the money). `has` and `needs` are in coins.
    """

    reason: str
    round: int
    has: Fraction
    needs: int


@dataclass(frozen=True, eq=False)
class Outcome:
    """The winners in the order chosen, and all that explains them.

    `weighed` says that the rule counts points, and not ballots.
    """

    rule: str
    election: Election
    rounds: tuple[Round, ...]
    share: Fraction = Fraction(0)
    raised: int = 0
    proved: bool = True
    weighed: bool = False

    @cached_property
    def winners(self) -> tuple[str, ...]:
        """Return the ids in the order chosen."""
        return tuple(self.election.projects[one.project].id for one in self.rounds)

    @cached_property
    def spent(self) -> int:
        """Return what the winners cost together, in coins."""
        return sum(self.election.projects[one.project].cost for one in self.rounds)

    @property
    def leftover(self) -> int:
        """Return what is left of the budget, in coins."""
        return self.election.budget - self.spent

    @cached_property
    def ties(self) -> tuple[tuple[str, ...], ...]:
        """Return each set of projects between which only the order decided."""
        ids = [project.id for project in self.election.projects]
        return tuple(
            tuple(ids[at] for at in (one.project, *one.tied))
            for one in self.rounds
            if one.tied
        )

    def paid(self, ballot: int) -> tuple[tuple[str, Fraction], ...]:
        """Return what the voter of a ballot paid for each winner, exactly."""
        left, told = self.share, []
        for one in self.rounds:
            amount = Fraction(0)
            if _holds(one.full, ballot):
                amount = one.price * self._points(one.project, ballot)
            elif _holds(one.emptied, ballot):
                amount = left
            if amount:
                told.append((self.election.projects[one.project].id, amount))
                left -= amount
        return tuple(told)

    @cached_property
    def losses(self) -> dict[str, Loss]:
        """Return why each other project was not chosen."""
        chosen = {one.project for one in self.rounds}
        losers = [at for at in range(len(self.election.projects)) if at not in chosen]
        money = self._money_left(losers) if self.share else {}
        return {
            self.election.projects[at].id: self._loss(at, money.get(at))
            for at in losers
        }

    def _loss(self, at: int, money: Sequence[float] | None) -> Loss:
        cost, end = self.election.projects[at].cost, len(self.rounds)
        if cost > self.election.budget:
            return Loss("too_dear", 0, Fraction(self.election.budget), cost)
        if self.share and not len(self._supporters[at]):
            return Loss("no_votes", 0, Fraction(0), cost)
        if money is not None:
            for step, left in enumerate(money):
                if left < cost * (1 - 1e-12):
                    return Loss("money_ran_out", step, Fraction(left), cost)
        left = self.election.budget
        for step, one in enumerate(self.rounds, 1):
            left -= self.election.projects[one.project].cost
            if left < cost:
                return Loss("no_room", step, Fraction(left), cost)
        return Loss(
            "worth_less" if self.rule == "knapsack" else "ended",
            end,
            Fraction(self.leftover),
            cost,
        )

    def _money_left(self, projects: Sequence[int]) -> dict[int, list[float]]:
        """Return what supporters had together, before and after each round."""
        money = np.full(self.election.ballots, float(self.share))
        told: dict[int, list[float]] = {at: [] for at in projects}
        for one in (None, *self.rounds):
            if one is not None:
                money[one.full] -= float(one.price) * self.weights(one)
                money[one.emptied] = 0
            for at in projects:
                told[at].append(float(money[self._supporters[at]].sum()))
        return told

    @property
    def _supporters(self) -> tuple[Ints, ...]:
        if self.weighed:
            return self.election.scores.voters
        return self.election.supporters

    def weights(self, one: Round) -> Floats:
        """Return how many times the price each who paid in full paid in a round."""
        if not self.weighed:
            return np.ones(len(one.full))
        scores = self.election.scores
        return scores.floats[one.project][scores.places(one.project, one.full)]

    def _points(self, at: int, ballot: int) -> int:
        if not self.weighed:
            return 1
        scores = self.election.scores
        return int(scores.given[at][int(scores.places(at, np.array([ballot]))[0])])


def _holds(ordered: Ints, value: int) -> bool:
    at = int(np.searchsorted(ordered, value))
    return at < len(ordered) and int(ordered[at]) == value
