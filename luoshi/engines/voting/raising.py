"""How far every voter's share may be raised before a count can change.

Completion by `add1` raises the share by one unit until something happens. With few
voters and much money that is millions of counts that all say the same. As long as the
same projects are chosen by the same payers, what each voter has is a straight line in
the share, and so is every price: where two of these lines meet, the count may change,
and nowhere before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from luoshi.engines.voting.elections import Floats, Ints

# Lines closer than this in slope are parallel; what is left of a distance by rounding
# is kept away from.
PARALLEL, AWAY = 1e-9, 1e-6


class Step(Protocol):
    """A project that was chosen, and who paid for it."""

    @property
    def at(self) -> int: ...
    @property
    def full(self) -> Ints: ...
    @property
    def poor(self) -> Ints: ...


class Counting(Protocol):
    """Who supports what, how much it costs and gives, and how much they weigh."""

    voters: Sequence[Ints]
    costs: list[int]
    worth: list[int]
    money: Floats

    def weights(self, at: int, voters: Ints) -> Floats: ...


@dataclass(frozen=True)
class _Line:
    """A value now, and what it gains by each unit of money more."""

    now: float
    slope: float

    def times(self, ratio: float) -> "_Line":
        """Return the line so many times as high."""
        return _Line(self.now * ratio, self.slope * ratio)

    def until(self, other: "_Line") -> float:
        """Return how much more money lets this line, now below, reach the other."""
        return _meet(other.now - self.now, self.slope - other.slope)


def _meet(gap: float, closing: float) -> float:
    if closing <= PARALLEL:
        return np.inf
    return max(gap, 0.0) / closing


def unchanged(count: Counting, share: float, steps: Sequence[Step]) -> float:
    """Return by how much the share may grow at least before the count may change.

    In money, not in units. Looks at every project in every round: too much for a
    hundred thousand ballots, which need few raises.
    """
    money = np.full(len(count.money), share)
    gain = np.ones(len(count.money))
    worth = count.worth
    open_ones = {at for at, voters in enumerate(count.voters) if len(voters)}
    least = np.inf
    for step in [*steps, None]:
        prices: dict[int, _Line] = {}
        for at in open_ones:
            voters = count.voters[at]
            weights = count.weights(at, voters)
            price, until = _price(money[voters], gain[voters], weights, count.costs[at])
            least = min(least, until)
            if price is not None:
                prices[at] = price
        if step is None or step.at not in prices:
            # Either the end, or rounding hides who could just pay.
            return float(least) if step is None else 0.0
        mine = prices.pop(step.at)
        for at, line in prices.items():
            # What it would cost if it gave as much as what is chosen here.
            least = min(least, mine.until(line.times(worth[step.at] / worth[at])))
        if least <= 0:
            return 0.0
        times = count.weights(step.at, step.full)
        money[step.full] = np.maximum(money[step.full] - times * mine.now, 0)
        gain[step.full] -= times * mine.slope
        money[step.poor] = gain[step.poor] = 0
        open_ones.discard(step.at)
    return float(least)


def _price(
    money: Floats, gain: Floats, weights: Floats, cost: int
) -> tuple[_Line | None, float]:
    """Return the price, if they can pay it, and until when that stays so.

    Each pays it as often as it weighs, or all that it has.
    """
    have, more = float(money.sum()), float(gain.sum())
    if have < cost:
        return None, _meet(cost - have, more)
    rich = np.ones(len(money), bool)
    while True:
        if not rich.any():
            return None, 0.0
        many = float(weights[rich].sum())
        price = _Line(
            (cost - float(money[~rich].sum())) / many,
            -float(gain[~rich].sum()) / many,
        )
        still = rich & (money >= price.now * weights)
        if (still == rich).all():
            break
        rich = still
    gap = np.abs(money - price.now * weights)
    slope = price.slope * weights
    closing = np.where(rich, slope - gain, gain - slope)
    near = closing > PARALLEL
    until = float((gap[near] / closing[near]).min(initial=np.inf))
    return price, min(until, _meet(have - cost, -more))
