"""The method of equal shares: every voter has the same money, supporters pay together.

Floating-point numbers find who comes next; wherever they are too near to each other,
fractions decide. A voter's money is exactly the share less the prices of what was paid
in full, or nothing once emptied: a bit for each round is all that must be remembered,
and sums over voters are sums over rounds with whole counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from luoshi.engines.voting.elections import Election, Floats, Ints, VotingError
from luoshi.engines.voting.exact import Exact
from luoshi.engines.voting.greedy import fill
from luoshi.engines.voting.outcomes import Outcome, Round
from luoshi.engines.voting.raising import AWAY, unchanged

COST, CARDINALITY = "cost", "cardinality"
NONE, ADD1, ADD1U = "none", "add1", "add1u"
# Far above what rounding can add up to, far below what prices differ by.
BLUR = 1e-11
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

    `utility`: what a project gives a voter, its cost ("cost") or one ("cardinality").
    `completion`: none; "add1" gives each voter one unit more again and again, until
    nothing fits into the budget any more or the winners would exceed it, when the
    step before holds; "add1u" then fills up by votes.
    """
    if utility not in (COST, CARDINALITY) or completion not in (NONE, ADD1, ADD1U):
        raise VotingError(f"There is no rule for {utility!r} with {completion!r}")
    rule = f"mes_{utility}" + ("" if completion == NONE else f"_{completion}")
    if not election.ballots:
        return Outcome(rule, election, ())
    rank = election.order(ties)
    count = _Count(election, utility, Fraction(election.budget, election.ballots), rank)
    chosen, raised, alike = count.run(), 0, 0
    while completion != NONE and not _exhausts(election, chosen):
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
        rounds += fill(election, rounds, rank)
    return Outcome(rule, election, tuple(rounds), count.share, raised)


def _exhausts(election: Election, chosen: list[int]) -> bool:
    """Say whether no other project that anybody named fits into what is left."""
    others = election.votes > 0
    others[chosen] = False
    left = election.budget - int(election.costs[chosen].sum())
    return not (election.costs[others] <= left).any()


@dataclass(frozen=True, eq=False)
class _Step:
    """Who pays for a project: `full` the same each, `poor` all that they have."""

    at: int
    price: float
    full: Ints
    poor: Ints
    tied: tuple[int, ...] = ()


class _Count:
    """One count with a fixed share."""

    def __init__(
        self, election: Election, utility: str, share: Fraction, rank: Ints
    ) -> None:
        self.election, self.share, self.rank = election, share, rank
        self.utility = utility
        projects = len(election.projects)
        worth = election.costs if utility == COST else np.ones(projects, np.int64)
        self.worth: list[int] = worth.tolist()
        self.costs: list[int] = election.costs.tolist()
        self.money = np.full(election.ballots, float(share))
        self.emptied = np.zeros(election.ballots, bool)
        self.paid = np.zeros((election.ballots, (projects + 7) // 8), np.uint8)
        self.steps: list[_Step] = []
        self.prices = Exact(share)
        # What a unit of utility costs can only grow: the last figure is a lower bound.
        votes = election.votes.tolist()
        self.least = {
            at: self.costs[at] / votes[at] / self.worth[at] * (1 - BLUR)
            for at in range(projects)
            if votes[at]
        }

    def run(self) -> list[int]:
        """Choose until nobody's supporters can pay; return the places chosen."""
        while (step := self._next()) is not None:
            self._pay(step)
        return [step.at for step in self.steps]

    def raised(self, times: int) -> "_Count":
        """Return a count in which each voter has so many units more."""
        share = self.share + times * self.election.unit
        return _Count(self.election, self.utility, share, self.rank)

    def same_for(self) -> int:
        """Return how many raises in a row change nothing for sure."""
        until = unchanged(self.election, self.worth, float(self.share), self.steps)
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

    def _next(self) -> _Step | None:
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

    def _cheapest(self, steps: list[_Step]) -> _Step:
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
        money, cost = self.money[self.election.supporters[at]], self.costs[at]
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

    def _step(self, at: int) -> _Step | None:
        """Return who pays; whoever is too near to the price is judged exactly."""
        found = self.estimate(at)
        if found is None:
            return None
        price, blur = found
        voters = self.election.supporters[at]
        money = self.money[voters]
        full = voters[money > price + 2 * blur]
        poor = voters[(money < price - 2 * blur) & ~self.emptied[voters]]
        near = voters[np.abs(money - price) <= 2 * blur]
        if len(near):
            full, poor = self._part(at, full, poor, near)
        return _Step(at, price, full, poor) if len(full) else None

    def _part(self, at: int, full: Ints, poor: Ints, near: Ints) -> tuple[Ints, Ints]:
        """Part those near to the price into who pays it and who has less."""
        self._settle_prices()
        left = self.costs[at] - self._sum(poor)
        groups = self._alike(near)
        while groups:
            payers = len(full) + sum(len(group) for _, group in groups)
            if groups[0][0] * payers >= left:
                break
            amount, group = groups.pop(0)
            left -= amount * len(group)
            poor = np.concatenate([poor, group])
        full = np.concatenate([full, *(group for _, group in groups)])
        return np.sort(full), np.sort(poor[~self.emptied[poor]])

    def _price(self, step: _Step) -> Fraction:
        """Return what each who pays in full pays, exactly."""
        self._settle_prices()
        return (self.costs[step.at] - self._sum(step.poor)) / len(step.full)

    def _settle_prices(self) -> None:
        """Put the price of each step so far into fractions.

        The bits of who was emptied never change again, so this can wait until it is
        needed; in most counts that is the end.
        """
        for step in self.steps[len(self.prices) :]:
            counts = self._counts(step.poor)
            self.prices.add(self.costs[step.at], len(step.poor), counts, len(step.full))

    def _counts(self, voters: Ints) -> list[int]:
        """Return how many of these voters paid in full in each round."""
        bits = np.unpackbits(self.paid[voters], axis=1, bitorder="little")
        return bits.sum(axis=0, dtype=np.int64).tolist()

    def _sum(self, voters: Ints) -> Fraction:
        """Return what voters have together, exactly."""
        living = voters[~self.emptied[voters]]
        return self.prices.left(len(living), self._counts(living))

    def _alike(self, voters: Ints) -> list[tuple[Fraction, Ints]]:
        """Return voters in groups of the same history, the poorest first."""
        history = np.column_stack([self.paid[voters], self.emptied[voters]])
        _known, of = np.unique(history, axis=0, return_inverse=True)
        of = of.reshape(-1)
        groups = [voters[of == one] for one in range(int(of.max()) + 1)]
        told = [(self._sum(group[:1]), group) for group in groups]
        return sorted(told, key=lambda one: one[0])

    def _pay(self, step: _Step) -> None:
        number = len(self.steps)
        self.steps.append(step)
        self.money[step.full] = np.maximum(self.money[step.full] - step.price, 0)
        self.paid[step.full, number >> 3] |= np.uint8(1 << (number & 7))
        self.money[step.poor] = 0
        self.emptied[step.poor] = True
        del self.least[step.at]


def effective_votes(outcome: Outcome) -> Floats:
    """Return for each round, and each project not yet chosen, its effective votes.

    That is its cost by what the voter who pays most would pay: how many voters with
    money enough its supporters are worth. 0 where they cannot pay, NaN once chosen.
    """
    election = outcome.election
    told = np.zeros((len(outcome.rounds), len(election.projects)))
    count = _Count(election, CARDINALITY, outcome.share, election.order())
    for step, one in enumerate(outcome.rounds):
        for at in list(count.least):
            found = count.estimate(at)
            told[step, at] = count.costs[at] / found[0] if found else 0
        told[step + 1 :, one.project] = np.nan
        count.money[one.full] -= float(one.price)
        count.money[one.emptied] = 0
        count.least.pop(one.project, None)
    return told
