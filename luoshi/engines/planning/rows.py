"""The limits on money as rows: a budget for each year, a most or a least for some.

A row is sum of (coefficient x cost) <= amount, over classes of assets and years; a
least is the same with both sides turned. Assets of one class are in the same rows.
"""

from dataclasses import dataclass

import numpy as np

from luoshi.engines.planning.instances import Bools, Floats, Instance, Ints, Limit


@dataclass(frozen=True, eq=False)
class Rows:
    """`sign`[row, class, year] is 1, -1 or 0; the first rows are the years' budgets."""

    sign: Ints
    amount: Ints
    member: Ints

    def prices(self, multipliers: Floats) -> Floats:
        """Return what a coin costs, by class and year."""
        return np.tensordot(multipliers, self.sign, axes=1)

    @property
    def least(self) -> Bools:
        """Say which rows ask for a least."""
        return np.any(self.sign < 0, axis=(1, 2)).reshape(-1)

    def used(self, spent: Ints) -> Ints:
        """Return what each row takes, of what is spent by class and year."""
        return np.tensordot(self.sign, spent, axes=2)

    def uses(self, member: Ints, cost: Ints) -> Ints:
        """Return what each choice takes of each row: choices x rows."""
        if self.sign.shape[1] == 1:
            return cost @ self.sign[:, 0].T
        return np.einsum("mry,my->mr", self.sign.transpose(1, 0, 2)[member], cost)


def rows_of(instance: Instance) -> Rows:
    """Return the rows of an instance."""
    by_village = any(one.village is not None for one in instance.limits)
    by_kind = any(one.kind is not None for one in instance.limits)
    village = instance.village if by_village else np.zeros_like(instance.village)
    kind = instance.kind if by_kind else np.zeros_like(instance.kind)
    keys, member = np.unique(
        village * (len(instance.kinds) + 1) + kind, return_inverse=True
    )
    villages, kinds = np.divmod(keys, len(instance.kinds) + 1)
    classes = max(len(keys), 1)
    years = instance.years
    sign = np.zeros((years + len(instance.limits), classes, years), np.int64)
    sign[np.arange(years), :, np.arange(years)] = 1
    for at, one in enumerate(instance.limits):
        within = np.ones(classes, bool)
        if one.village is not None:
            within &= villages == instance.villages.index(one.village)
        if one.kind is not None:
            within &= kinds == [kind.name for kind in instance.kinds].index(one.kind)
        when = slice(None) if one.year is None else one.year
        sign[years + at, within, when] = -1 if one.least else 1
    amount = [*instance.budgets, *map(_amount, instance.limits)]
    return Rows(sign, np.array(amount, np.int64), member.reshape(-1))


def _amount(one: Limit) -> int:
    return -one.amount if one.least else one.amount
