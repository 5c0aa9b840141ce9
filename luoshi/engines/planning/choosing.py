"""From prices to a plan: what the prices leave over or short is mended in a core.

At the best prices all but a few assets have one best column (with N assets and T rows,
about T are torn in the linear relaxation). The core holds the columns that lose least.
First what is over its budget is moved where that loses least; then what is left is
spent; then pairs of moves are tried that only together fit.
"""

from dataclasses import dataclass

import numpy as np

from luoshi.engines.planning.columns import Pool
from luoshi.engines.planning.instances import Bools, Floats, Ints

TINY = 1e-12
PASSES = 60
# So many of the least losing moves are paired with each other.
PAIRED = 400


@dataclass(eq=False)
class Core:
    """The columns of a core with what each takes of the rows; and what is chosen now.

    `owner`[m] counts the core's own assets; `now`[owner] is a column. `used` includes
    what the assets outside the core take. What `kept`, an owner, has is not changed.
    """

    pool: Pool
    uses: Ints
    price: Floats
    amount: Ints
    owner: Ints
    now: Ints
    used: Ints
    kept: int = -1

    @classmethod
    def of(
        cls, pool: Pool, uses: Ints, price: Floats, amount: Ints, outside: Ints
    ) -> "Core":
        """Return a core in which each asset has its first column."""
        _assets, first, owner = np.unique(
            pool.asset, return_index=True, return_inverse=True
        )
        owner = owner.reshape(-1)
        used = outside + uses[first].sum(axis=0)
        return cls(pool, uses, price, amount, owner, first.astype(np.int64), used)

    @property
    def value(self) -> float:
        """Return what the choice gains, within the core."""
        return float(self.pool.value[self.now].sum())

    def excess(self) -> Ints:
        """Return by how much each row is overdrawn."""
        return np.maximum(self.used - self.amount, 0)

    def take(self, column: int) -> None:
        """Choose a column instead of its owner's."""
        owner = self.owner[column]
        self.used = self.used + self.uses[column] - self.uses[self.now[owner]]
        self.now[owner] = column

    def changes(self) -> tuple[Floats, Ints]:
        """Return what each column would change: value, and rows."""
        now = self.now[self.owner]
        return (
            self.pool.value - self.pool.value[now],
            self.uses - self.uses[now],
        )

    def copy(self) -> "Core":
        """Return another that can be changed by itself."""
        return Core(
            self.pool,
            self.uses,
            self.price,
            self.amount,
            self.owner,
            self.now.copy(),
            self.used.copy(),
        )


def mend(core: Core) -> bool:
    """Move what is over, losing as little as can be; say whether all rows hold."""
    dearest = core.price.max(initial=0)
    # A least comes first: what it takes too much of a year is then moved elsewhere.
    weight = np.where(core.amount < 0, 3 * dearest, core.price + dearest * 1e-3) + TINY
    for _pass in range(PASSES):
        over = core.excess()
        if not over.any():
            return True
        value, uses = core.changes()
        less = _less(over, core.used + uses, core.amount, weight)
        loss = np.maximum(uses @ core.price - value, 0)
        helps = np.flatnonzero(less > TINY)
        if not len(helps):
            return False
        rate = (loss[helps] + TINY) / less[helps]
        for column in _first_of_each(core, helps, rate):
            change = core.uses[column] - core.uses[core.now[core.owner[column]]]
            left = _less(over, (core.used + change)[None], core.amount, weight)[0]
            if left < 0.5 * less[column]:
                continue
            core.take(int(column))
            over = core.excess()
            if not over.any():
                break
    return not core.excess().any()


def _less(over: Ints, used: Ints, amount: Ints, weight: Floats) -> Floats:
    """Return by how much what is overdrawn would shrink, weighed."""
    return (over - np.maximum(used - amount, 0)) @ weight


def _first_of_each(core: Core, columns: Ints, rate: Floats) -> Ints:
    """Return columns by rising rate, one at most for each asset."""
    order = columns[np.lexsort((columns, rate))]
    order = order[core.owner[order] != core.kept]
    _owners, first = np.unique(core.owner[order], return_index=True)
    return order[np.sort(first)]


def fits(core: Core, uses: Ints) -> Bools:
    """Say which changes leave all rows holding that hold now."""
    room = np.maximum(core.amount - core.used, 0)
    return (uses <= room).all(axis=-1)


def fill(core: Core) -> None:
    """Spend what is left where it gains most."""
    for _pass in range(PASSES):
        value, uses = core.changes()
        better = np.flatnonzero((value > TINY) & fits(core, uses))
        better = better[core.owner[better] != core.kept]
        if not len(better):
            return
        # First what gains most beyond the price of what it takes.
        rate = np.maximum(uses[better] @ core.price, 0) - value[better]
        for column in _first_of_each(core, better, rate):
            now = core.now[core.owner[column]]
            gains = core.pool.value[column] - core.pool.value[now] > TINY
            if gains and fits(core, core.uses[column] - core.uses[now]):
                core.take(int(column))


def pair(core: Core, *, rounds: int) -> None:
    """Try two moves at once, best first, until no pair gains or rounds are over."""
    for _round in range(rounds):
        value, uses = core.changes()
        loss = uses @ core.price - value
        other = core.now[core.owner] != np.arange(len(loss))
        other &= core.owner != core.kept
        moves = np.flatnonzero(other)
        moves = moves[np.argsort(loss[moves], kind="stable")[:PAIRED]]
        gained = _best_pairs(core, moves, value, uses)
        if not gained:
            return
        fill(core)


def _best_pairs(core: Core, moves: Ints, value: Floats, uses: Ints) -> bool:
    """Take the pairs of moves that gain most and fit; say whether there was one."""
    room = np.maximum(core.amount - core.used, 0)
    together = value[moves][:, None] + value[moves][None, :]
    good = together > TINY * 1e3
    good &= core.owner[moves][:, None] < core.owner[moves][None, :]
    one, other = np.nonzero(good)
    enough = (uses[moves[one]] + uses[moves[other]] <= room).all(axis=1)
    one, other = one[enough], other[enough]
    order = np.argsort(-together[one, other], kind="stable")
    moved: set[int] = set()
    for at in order[:PAIRED]:
        first, second = int(moves[one[at]]), int(moves[other[at]])
        owners = {int(core.owner[first]), int(core.owner[second])}
        if owners & moved:
            continue
        change = uses[first] + uses[second]
        if not fits(core, change):
            continue
        core.take(first)
        core.take(second)
        moved |= owners
    return bool(moved)


def force(core: Core, *, tries: int, enough: float) -> Core:
    """Force one large piece after another into another place; return the best.

    Where one bridge eats a year, all others must move with it: each try takes the
    column that loses least so far, keeps it, and mends the rest. It ends when `enough`
    is gained.
    """
    value, uses = core.changes()
    loss = uses @ core.price - value
    large = np.abs(uses @ core.price) + np.abs(core.uses @ core.price)
    moves = np.flatnonzero(core.now[core.owner] != np.arange(len(loss)))
    moves = moves[np.argsort((loss - 0.2 * large)[moves], kind="stable")[:tries]]
    best = core
    for column in moves.tolist():
        if best.value >= enough:
            break
        trial = best.copy()
        trial.take(column)
        trial.kept = int(core.owner[column])
        if not mend(trial):
            continue
        fill(trial)
        trial.kept = -1
        pair(trial, rounds=3)
        if trial.value > best.value and not trial.excess().any():
            best = trial
    return best
