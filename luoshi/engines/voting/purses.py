"""Voters with the same money pay together for what they support.

Floating-point numbers find who comes next; wherever they are too near to each other,
fractions decide. A voter's money is exactly the share less the prices of what was paid
in full, or nothing once emptied: a bit for each round is all that must be remembered,
and sums over voters are sums over rounds with whole counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Self

import numpy as np
from numpy.typing import NDArray

from luoshi.engines.voting.elections import Election, Floats, Ints
from luoshi.engines.voting.exact import Exact
from luoshi.engines.voting.outcomes import Round
from luoshi.engines.voting.raising import AWAY, unchanged

# Far above what rounding can add up to, far below what prices differ by.
BLUR = 1e-11


@dataclass(frozen=True, eq=False)
class Step:
    """Who pays for a project: `full` the price, `poor` all that they have."""

    at: int
    price: float
    full: Ints
    poor: Ints
    tied: tuple[int, ...] = ()


class Count:
    """One count with a fixed share; all supporters of a project weigh the same.

    `worth[p]` is how much project p gives each of them.
    """

    def __init__(
        self, election: Election, worth: list[int], share: Fraction, rank: Ints
    ) -> None:
        self.election, self.share, self.rank = election, share, rank
        self.worth = worth
        self.costs: list[int] = election.costs.tolist()
        self.voters, weights = self._supporters()
        self.money = np.full(election.ballots, float(share))
        self.emptied = np.zeros(election.ballots, bool)
        self.paid = self._nothing_paid()
        self.steps: list[Step] = []
        self.prices = Exact(share)
        # What a unit of utility costs can only grow: the last figure is a lower bound.
        self.least = {
            at: self.costs[at] / weight / worth[at] * (1 - BLUR)
            for at, weight in enumerate(weights)
            if weight
        }

    def _supporters(self) -> tuple[Sequence[Ints], list[int]]:
        """Return who supports each project, and how much they weigh together."""
        return self.election.supporters, self.election.votes.tolist()

    def _nothing_paid(self) -> NDArray[np.generic]:
        return np.zeros((self.election.ballots, (len(self.costs) + 7) // 8), np.uint8)

    def run(self) -> list[int]:
        """Choose until nobody's supporters can pay; return the places chosen."""
        while (step := self._next()) is not None:
            self._pay(step)
        return [step.at for step in self.steps]

    def raised(self, times: int) -> Self:
        """Return a count in which each voter has so many units more."""
        share = self.share + times * self.election.unit
        return type(self)(self.election, self.worth, share, self.rank)

    def same_for(self) -> int:
        """Return how many raises in a row change nothing for sure."""
        until = unchanged(self, float(self.share), self.steps)
        # With the whole budget each, every voter pays alone for what they like.
        return int(min(until * (1 - AWAY), self.election.budget) / self.election.unit)

    def rounds(self) -> list[Round]:
        """Return what was chosen with every price in fractions."""
        self._settle_prices()
        return [
            Round(
                one.at, price / self.worth[one.at], one.tied, price, one.full, one.poor
            )
            for one, price in zip(self.steps, self.prices.all(), strict=True)
        ]

    def _next(self) -> Step | None:
        while close := self._closest():
            steps = {at: self._step(at) for at in close}
            poor = [at for at, step in steps.items() if step is None]
            for at in poor:
                del self.least[at]
            if poor:
                continue
            found = [step for step in steps.values() if step is not None]
            return found[0] if len(found) == 1 else self._cheapest(found)
        return None

    def _cheapest(self, steps: list[Step]) -> Step:
        """Return the first in the published order of the exactly cheapest."""
        values = {one.at: self._price(one) / self.worth[one.at] for one in steps}
        best = min(values.values())
        tied = sorted(
            (one for one in steps if values[one.at] == best),
            key=lambda one: self.rank[one.at],
        )
        return replace(tied[0], tied=tuple(one.at for one in tied[1:]))

    def _closest(self) -> list[int]:
        """Return all that may be the cheapest, those too poor for sure left out."""
        highest = float("inf")
        spans: dict[int, float] = {}
        for at in sorted(self.least, key=self.least.__getitem__):
            if self.least[at] > highest:
                break
            found = self.estimate(at)
            if found is None:
                del self.least[at]
                continue
            price, blur = found
            spans[at] = self.least[at] = (price - blur) / self.worth[at]
            highest = min(highest, (price + blur) / self.worth[at])
        return [at for at, low in spans.items() if low <= highest]

    def estimate(self, at: int) -> tuple[float, float] | None:
        """Return the price in floating point and how far it may be off."""
        money, cost = self.money[self.voters[at]], self.costs[at]
        blur = BLUR * (cost + float(self.share))
        if float(money.sum()) < cost - blur:
            return None
        left = float(cost)
        while True:
            price = left / len(money)
            rich = money >= price
            many = int(np.count_nonzero(rich))
            if many == len(money):
                return price, blur / many + BLUR * float(self.share)
            if not many:
                # By rounding alone: they can just pay with all that they have.
                return float(money.max()), blur
            left -= float(money[~rich].sum())
            money = money[rich]

    def _step(self, at: int) -> Step | None:
        """Return who pays; whoever is too near to the price is judged exactly."""
        found = self.estimate(at)
        if found is None:
            return None
        price, blur = found
        voters = self.voters[at]
        over = self.money[voters] - price * self.weights(at, voters)
        slack = self._slack(at, blur)
        full = voters[over > slack]
        poor = voters[(over < -slack) & ~self.emptied[voters]]
        near = voters[np.abs(over) <= slack]
        if len(near):
            full, poor = self._part(at, full, poor, near)
        return Step(at, price, full, poor) if len(full) else None

    def _part(self, at: int, full: Ints, poor: Ints, near: Ints) -> tuple[Ints, Ints]:
        """Part those near to the price into who pays it and who has less."""
        self._settle_prices()
        left = self.costs[at] - self._sum(poor)
        groups = self._alike(at, near)
        weight = self._weigh(at, full) + sum(self._weigh(at, one) for _, one in groups)
        while groups and groups[0][0] * weight < left:
            most, group = groups.pop(0)
            lighter = self._weigh(at, group)
            left -= most * lighter
            weight -= lighter
            poor = np.concatenate([poor, group])
        full = np.concatenate([full, *(group for _, group in groups)])
        return np.sort(full), np.sort(poor[~self.emptied[poor]])

    def _price(self, step: Step) -> Fraction:
        """Return what each who pays in full pays, exactly."""
        self._settle_prices()
        weight = self._weigh(step.at, step.full)
        return (self.costs[step.at] - self._sum(step.poor)) / weight

    def _settle_prices(self) -> None:
        """Put the price of each step so far into fractions.

        The bits of who was emptied never change again, so this can wait until it is
        needed; in most counts that is the end.
        """
        for step in self.steps[len(self.prices) :]:
            counts = self._counts(step.poor)
            weight = self._weigh(step.at, step.full)
            self.prices.add(self.costs[step.at], len(step.poor), counts, weight)

    def _counts(self, voters: Ints) -> list[int]:
        """Return how many times the price these voters paid in full in each round."""
        bits = np.unpackbits(
            self.paid[voters].astype(np.uint8, copy=False), axis=1, bitorder="little"
        )
        return bits.sum(axis=0, dtype=np.int64).tolist()

    def _sum(self, voters: Ints) -> Fraction:
        """Return what voters have together, exactly."""
        living = voters[~self.emptied[voters]]
        return self.prices.left(len(living), self._counts(living))

    def _alike(self, at: int, voters: Ints) -> list[tuple[Fraction, Ints]]:
        """Return voters in groups of the same history, the poorest first.

        Beside each group the highest price that it can pay.
        """
        _known, of = np.unique(self._history(at, voters), axis=0, return_inverse=True)
        of = of.reshape(-1)
        groups = [voters[of == one] for one in range(int(of.max()) + 1)]
        told = [
            (self._sum(group[:1]) / self._weigh(at, group[:1]), group)
            for group in groups
        ]
        return sorted(told, key=lambda one: one[0])

    def _pay(self, step: Step) -> None:
        self._mark(step)
        self.steps.append(step)
        due = step.price * self.weights(step.at, step.full)
        self.money[step.full] = np.maximum(self.money[step.full] - due, 0)
        self.money[step.poor] = 0
        self.emptied[step.poor] = True
        del self.least[step.at]

    # What is different where supporters weigh differently.

    def weights(self, at: int, voters: Ints) -> Floats:
        """Return how many times the price each of these supporters pays."""
        return np.ones(len(voters))

    def _weigh(self, at: int, voters: Ints) -> int:
        """Return what these supporters of a project weigh together."""
        return len(voters)

    def _slack(self, at: int, blur: float) -> Floats:
        """Return how near to the price, if it may be so far off, is too near."""
        return np.full(len(self.voters[at]), 2 * blur)

    def _history(self, at: int, voters: Ints) -> NDArray[np.generic]:
        """Return rows that are alike where voters have as much and weigh as much."""
        return np.column_stack([self.paid[voters], self.emptied[voters]])

    def _mark(self, step: Step) -> None:
        """Remember who pays the round that comes next in full."""
        number = len(self.steps)
        self.paid[step.full, number >> 3] |= np.uint8(1 << (number & 7))
