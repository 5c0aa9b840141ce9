"""The shadow prices: how much a coin of each budget is worth, and the bound they prove.

For any prices of zero or more, what the assets gain at best when they pay these prices,
plus what the budgets are worth at them, is no less than the value of any plan
(Everett 1963; Geoffrion 1974). The least such sum is looked for with cutting planes in
a box that moves with the best point (Marsten, Hogan and Blankenship 1975). Each asset
chooses one column, so the least sum equals the bound of the linear relaxation.
"""

from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from scipy.optimize import linprog

from luoshi.engines.planning.instances import Floats, Ints
from luoshi.engines.planning.rows import Rows

# What sums in floating point may lose is added to a bound, relatively.
LOSS = 1e-11
SAMPLE = 2_000
BOX = (0.5, 0.1)
# Beyond so many planes the oldest that do not hold are dropped.
PLANES = 160


@dataclass(frozen=True, eq=False)
class Answer:
    """What the assets choose at given prices: their net gain, and what they spend."""

    gain: float
    spent: Ints
    choice: Any


class Assets(Protocol):
    """What answers to prices."""

    def answer(self, price: Floats) -> Answer:
        """Return the best choice of each asset at a price by class and year."""


@dataclass(eq=False)
class Search:
    """The least bound so far, and the planes under it."""

    rows: Rows
    amount: Floats
    best: float = np.inf
    at: Floats = field(default_factory=lambda: np.zeros(0))
    choice: Any = None
    asked: int = 0
    points: list[Floats] = field(default_factory=list)
    slopes: list[Floats] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    choices: list[Any] = field(default_factory=list)

    def ask(self, assets: Assets, at: Floats) -> bool:
        """Ask for one point; say whether its bound is the least so far."""
        answer = assets.answer(self.rows.prices(at))
        height = answer.gain + float(at @ self.amount)
        self.asked += 1
        self.points.append(at)
        self.slopes.append(self.amount - self.rows.used(answer.spent))
        self.heights.append(height)
        self.choices.append(answer.choice)
        better = height < self.best
        if better:
            self.best, self.at, self.choice = height, at, answer.choice
        return better

    def scale(self) -> Floats:
        """Return by how much a step of one moves each price, a price of zero too."""
        money = float(np.abs(self.amount).sum())
        usual = max(self.at.max(initial=0), 0.01 * abs(self.best) / max(money, 1.0))
        return np.maximum(self.at, max(0.02 * usual, 1e-15))

    def lowest(self, box: Floats) -> tuple[Floats, float]:
        """Return the lowest point of the planes near the best point, and its height."""
        scale = self.scale()
        points, slopes = np.array(self.points), np.array(self.slopes)
        unit = max(abs(self.best), 1e-12)
        here = np.array(self.heights) + ((self.at - points) * slopes).sum(axis=1)
        keep = np.argsort(here)[-PLANES:]
        steep = slopes[keep] * scale / unit
        size = len(scale)
        table = np.column_stack([steep, -np.ones(len(keep))])
        low = np.maximum(-self.at / scale, -box)
        found = linprog(
            np.append(np.zeros(size), 1.0),
            A_ub=table,
            b_ub=(self.best - here[keep]) / unit,
            bounds=[*zip(low, box, strict=True), (None, None)],
            method="highs-ds",
        )
        if found.x is None:
            return self.at, self.best
        step = np.clip(found.x[:size], low, box)
        return np.maximum(self.at + step * scale, 0), self.best + found.x[size] * unit


def search(
    assets: Assets,
    rows: Rows,
    amount: Floats,
    start: Floats,
    *,
    box: float,
    close: float,
    most: int,
) -> Search:
    """Look for the least bound from a start; stop when planes promise nothing more."""
    told = Search(rows, amount)
    told.ask(assets, start)
    size = np.full(len(start), box)
    for _round in range(most):
        if told.best <= 0:
            break
        at, floor = told.lowest(size)
        if told.best - floor <= close * abs(told.best):
            scale = told.scale()
            bound = np.abs(at - told.at) >= size * scale * (1 - 1e-6)
            if not (bound & (at > 0)).any() or (size >= 64).all():
                break
            size = np.minimum(size * 4, 64)
            continue
        gain = told.best - floor
        before = told.best
        if told.ask(assets, at):
            if before - told.best > 0.5 * gain:
                size = np.minimum(size * 2, 64)
        else:
            size = size * 0.6
    return told


def even_price(assets: Assets, rows: Rows, amount: Floats, years: int) -> Floats:
    """Return the one price for all years at which about all their money is spent."""
    low, high = 1e-12, 1e12
    total = float(amount[:years].sum())
    start = np.zeros(len(amount))
    for _round in range(40):
        middle = (low * high) ** 0.5
        start[:years] = middle
        spent = assets.answer(rows.prices(start)).spent.sum()
        low, high = (middle, high) if spent > total else (low, middle)
        if high / low < 1.05:
            break
    start[:years] = high
    return start
