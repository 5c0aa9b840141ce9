"""Sequences found so far, as the assets' cheap answer to prices.

A pool holds some of each asset's sequences; its own least bound lies under the true
one and shows where to ask next (column generation, Dantzig and Wolfe 1960). A pool kept
with a plan answers what-ifs in a moment.
"""

from dataclasses import dataclass

import numpy as np

from luoshi.engines.planning.columns import Pool
from luoshi.engines.planning.courses import NOTHING, run
from luoshi.engines.planning.instances import Floats, Instance, Ints, Whole
from luoshi.engines.planning.prices import Answer
from luoshi.engines.planning.rows import Rows
from luoshi.engines.planning.tracks import Tracks


@dataclass(eq=False)
class Sequences:
    """Sequences by asset, in the order of assets; each asset has "nothing" at least."""

    instance: Instance
    tracks: Tracks
    rows: Rows
    asset: Ints
    actions: Whole
    value: Floats
    cost: Ints
    dear: Floats
    mark: Ints

    @classmethod
    def none(cls, instance: Instance, tracks: Tracks, rows: Rows) -> "Sequences":
        """Return a pool in which no asset is treated."""
        count, years = len(instance), instance.years
        actions = np.full((count, years), NOTHING, np.int8)
        asset = np.arange(count)
        return cls(
            instance,
            tracks,
            rows,
            asset,
            actions,
            np.zeros(count),
            np.zeros((count, years), np.int64),
            np.zeros((count, years)),
            _marks(asset, actions),
        )

    def within(self, rows: Rows, instance: Instance) -> "Sequences":
        """Return the same sequences under other budgets."""
        return Sequences(
            instance,
            self.tracks,
            rows,
            self.asset,
            self.actions,
            self.value,
            self.cost,
            self.dear,
            self.mark,
        )

    def add(self, actions: Whole) -> int:
        """Add each asset's sequence if it is new; return how many were."""
        who = np.arange(len(self.instance))
        mark = _marks(who, actions)
        new = np.flatnonzero(~np.isin(mark, self.mark))
        if not len(new):
            return 0
        cost, value, _track, _place = run(self.instance, self.tracks, new, actions[new])
        asset = np.concatenate([self.asset, new])
        order = np.argsort(asset, kind="stable")
        self.asset = asset[order]
        self.actions = np.concatenate([self.actions, actions[new]])[order]
        self.value = np.concatenate([self.value, value])[order]
        self.cost = np.concatenate([self.cost, cost])[order]
        self.dear = self.cost.astype(np.float64)
        self.mark = np.concatenate([self.mark, mark[new]])[order]
        return len(new)

    def net(self, price: Floats) -> Floats:
        """Return the net gain of each sequence."""
        if len(price) == 1:
            # Not by BLAS: its threads cost more here than they save.
            return self.value - np.einsum("mt,t->m", self.dear, price[0])
        dear = price[self.rows.member[self.asset]]
        return self.value - np.einsum("mt,mt->m", self.dear, dear)

    def best(self, price: Floats) -> tuple[Ints, Floats]:
        """Return each asset's best sequence, and all net gains."""
        net = self.net(price)
        start = np.flatnonzero(np.diff(self.asset, prepend=-1))
        if not len(net):
            return start, net
        most = np.maximum.reduceat(net, start)
        top = np.flatnonzero(net == most[self.asset])
        _asset, first = np.unique(self.asset[top], return_index=True)
        return top[first], net

    def answer(self, price: Floats) -> Answer:
        """Return the best of the pool for each asset at a price."""
        top, net = self.best(price)
        spent = np.zeros((self.rows.sign.shape[1], self.instance.years), np.int64)
        if len(spent) == 1:
            spent[0] = self.cost[top].sum(axis=0)
        else:
            np.add.at(spent, self.rows.member[self.asset[top]], self.cost[top])
        return Answer(float(net[top].sum()), spent, top)

    def core(self, price: Floats, size: int) -> tuple[Pool, Ints]:
        """Return the sequences that lose least, and what assets outside choose."""
        top, net = self.best(price)
        loss = net[top][self.asset] - net
        loss[top] = np.inf
        size = min(size, max(len(loss) - len(top), 0))
        near = np.argpartition(loss, size - 1)[:size] if size else np.zeros(0, int)
        near = np.sort(near[np.isfinite(loss[near])])
        inside = np.zeros(len(self.instance), bool)
        inside[self.asset[near]] = True
        idle = np.flatnonzero((self.actions < 0).all(axis=1) & inside[self.asset])
        column = np.concatenate([top[inside], near, idle])
        pool = Pool(self.asset[column], self.value[column], self.cost[column], column)
        return pool, top[~inside]


def _marks(asset: Ints, actions: Whole) -> Ints:
    """Return a number for each asset's sequence; two alike would only lose one."""
    odd = np.random.default_rng(7).integers(1, 2**62, actions.shape[1]) | 1
    with np.errstate(over="ignore"):
        return asset * 0x1E3779B97F4A7C15 + (actions.astype(np.int64) + 1) @ odd
