"""Fractions of fen, and how they become whole fen so that every sum agrees."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction


def to_fen(value: Fraction) -> int:
    """Round to the fen, a half away from zero, as a ledger does."""
    sign = -1 if value < 0 else 1
    return sign * (
        (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    )


def rows_in_fen(amounts: Iterable[Fraction]) -> list[int]:
    """Return the amounts in fen; they sum to their exact sum, rounded once.

    Each is the difference of two rounded running sums, and so within a fen of its own.
    """
    rows, running, told = [], Fraction(0), 0
    for amount in amounts:
        running += amount
        rows.append(to_fen(running) - told)
        told += rows[-1]
    return rows


def present(amounts: Sequence[Fraction], rate: Fraction) -> list[Fraction]:
    """Return what amounts of years 0, 1, 2, ... are worth in year 0, exactly."""
    return [amount / (1 + rate) ** year for year, amount in enumerate(amounts)]


def totals(
    values: Mapping[str, Fraction],
    spread: Sequence[Fraction],
    rate: Fraction,
    horizon: int,
) -> tuple[Fraction, Fraction, Fraction]:
    """Return benefit, building and upkeep in year 0, as sums of geometric series."""
    v = 1 / (1 + rate)
    years = min(int(values["years"]), horizon)
    late = v ** (len(spread) - 1)
    yearly = (
        values["people"] * values["days"] * values["worth"]
        + values["saved"] * values["households"]
    )
    benefit = yearly * late * _sum(v, (1 - values["fades"]) * v, years)
    upkeep = values["upkeep"] * late * _sum(v, v, years)
    build = values["build"] * sum(
        (share * v**year for year, share in enumerate(spread)), Fraction(0)
    )
    return benefit, build, upkeep


def _sum(first: Fraction, q: Fraction, terms: int) -> Fraction:
    """Return first + first q + first q^2 + ..."""
    return first * terms if q == 1 else first * (1 - q**terms) / (1 - q)
