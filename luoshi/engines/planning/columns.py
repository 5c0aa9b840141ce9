"""Single treatments as the assets' answer to prices, and what is nearly as good."""

from dataclasses import dataclass

import numpy as np

from luoshi.engines.planning.instances import Floats, Ints
from luoshi.engines.planning.prices import Answer
from luoshi.engines.planning.rows import Rows
from luoshi.engines.planning.tracks import Singles

NOTHING = -1


@dataclass(frozen=True, eq=False)
class Pool:
    """Columns among which the assets of a core choose; the first of each is its best.

    `cost`[m] by year, whole money; `key`[m] is what the maker of the pool knows it by.
    """

    asset: Ints
    value: Floats
    cost: Ints
    key: Ints


class SingleAssets:
    """Assets that are treated once at most; answers to prices."""

    def __init__(self, columns: Singles, rows: Rows, years: int) -> None:
        self.value, self.cost = columns.value, columns.cost
        self.years, self.rows, self.treatments = years, rows, columns.treatments
        self.year = np.arange(self.value.shape[1]) // max(columns.treatments, 1)
        self.dear = self.cost.astype(np.float64)
        self.member = rows.member
        self._room = np.empty_like(self.value)

    def part(self, chosen: Ints) -> "SingleAssets":
        """Return some of the assets alone."""
        part = object.__new__(SingleAssets)
        part.value, part.cost = self.value[chosen], self.cost[chosen]
        part.years, part.rows, part.year = self.years, self.rows, self.year
        part.dear, part.member = self.dear[chosen], self.member[chosen]
        part._room = np.empty_like(part.value)
        return part

    def net(self, price: Floats) -> Floats:
        """Return the net gain of each column; the array is used again."""
        dear = price[:, self.year]
        if len(dear) == 1:
            np.multiply(self.dear, dear[0], out=self._room)
        else:
            np.multiply(self.dear, dear[self.member], out=self._room)
        return np.subtract(self.value, self._room, out=self._room)

    def answer(self, price: Floats) -> Answer:
        """Return the best choice of each asset at a price by class and year."""
        spent = np.zeros((self.rows.sign.shape[1], self.years), np.int64)
        if not self.value.size:
            return Answer(0.0, spent, np.full(len(self.value), NOTHING))
        net = self.net(price)
        choice = net.argmax(axis=1)
        best = net[np.arange(len(net)), choice]
        # A column that is not offered is negative; so is one paid to be taken.
        taken = np.flatnonzero(
            (best > 0) & (self.value[np.arange(len(net)), choice] > 0)
        )
        picked = choice[taken]
        np.add.at(
            spent,
            (self.member[taken], self.year[picked]),
            self.cost[taken, picked],
        )
        told = np.full(len(net), NOTHING)
        told[taken] = picked
        return Answer(float(best[taken].sum()), spent, told)

    def pool(self, price: Floats, choice: Ints, size: int) -> Pool:
        """Return the `size` columns that lose least, with what their assets choose."""
        net = self.net(price)
        count, width = net.shape[0], net.shape[1] + 1
        at = np.arange(count)
        best = (
            np.where(choice >= 0, net[at, choice], 0.0) if net.size else np.zeros(count)
        )
        # The last column is "nothing".
        loss = np.full((count, width), np.inf)
        np.subtract(best[:, None], net, out=loss[:, :-1], where=self.value > 0)
        loss[:, -1] = best
        loss[at, choice] = np.inf
        flat = loss.ravel()
        size = min(size, flat.size)
        near = np.argpartition(flat, size - 1)[:size] if size else np.zeros(0, int)
        near = np.sort(near[np.isfinite(flat[near])])
        near, column = np.divmod(near, width)
        column = np.where(column == width - 1, NOTHING, column)
        assets = np.unique(near)
        owners = np.concatenate([assets, near, assets])
        keys = np.concatenate([choice[assets], column, np.full(len(assets), NOTHING)])
        return self.columns(owners, keys)

    def columns(self, owners: Ints, keys: Ints) -> Pool:
        """Return columns by asset and key."""
        real = keys >= 0
        cost = np.zeros((len(keys), self.years), np.int64)
        cost[real, self.year[keys[real]]] = self.cost[owners[real], keys[real]]
        value = np.zeros(len(keys))
        value[real] = self.value[owners[real], keys[real]]
        return Pool(owners, value, cost, keys)
