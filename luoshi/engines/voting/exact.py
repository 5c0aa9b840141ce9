"""Prices of equal shares in fractions, over one denominator that grows with each round.

Adding fractions one by one would look for common divisors of numbers with hundreds of
digits; with one denominator a sum over rounds is a sum of whole numbers.
"""

from collections.abc import Sequence
from fractions import Fraction


class Exact:
    """The prices paid so far with a fixed share, and what is left to whom."""

    def __init__(self, share: Fraction) -> None:
        self.share, self.below = share.numerator, share.denominator
        self.over: list[int] = []

    def __len__(self) -> int:
        return len(self.over)

    def all(self) -> list[Fraction]:
        """Return the price of each round."""
        return [Fraction(one, self.below) for one in self.over]

    def left(self, voters: int, counts: Sequence[int]) -> Fraction:
        """Return what voters have who paid round k's price `counts[k]` times."""
        return Fraction(self._left(voters, counts), self.below)

    def _left(self, voters: int, counts: Sequence[int]) -> int:
        paid = sum(
            many * price for many, price in zip(counts, self.over, strict=False) if many
        )
        return voters * self.share - paid

    def add(self, cost: int, poor: int, counts: Sequence[int], full: int) -> None:
        """Note a round: `poor` voters gave all they had, the rest is `full` prices."""
        rest = cost * self.below - self._left(poor, counts)
        self.share *= full
        self.below *= full
        self.over = [price * full for price in self.over]
        self.over.append(rest)
