"""What becomes of an asset after each treatment, and what that is worth.

An asset is on a track: its own from the beginning, or the one that a treatment put it
on. A place on a track is how many years of decay it has had there. Works that hold
keep the place for a year, so that the states an asset can reach are few: this makes
sequences of works exact (`sequences.py`) without a grid of ages.

Assets of one kind with one belief share all of this; quantity and residents differ.
"""

from dataclasses import dataclass

import numpy as np

from luoshi.engines.planning.instances import GRADES, Bools, Floats, Instance, Ints

# Half of the belief, less what sums of shares lose in floating point.
HALF = 0.5 - 1e-9


@dataclass(frozen=True, eq=False)
class Tracks:
    """Per group of assets alike: conditions, service, costs, and what is offered.

    Track 0 is the own one, track 1 + k that of treatment k. `belief`[g, j, a] and
    `service`[g, j, a] at place a; `cost`[g, j, a, k] of one unit, whole money;
    `offered`[g, j, a, k]; `rest`[g, j, a] is what the place is worth at the end.
    """

    group: Ints
    belief: Floats
    service: Floats
    cost: Ints
    offered: Bools
    rest: Floats
    holds: Bools
    discount: Floats


def follow(instance: Instance) -> Tracks:
    """Return the tracks of an instance."""
    keyed = np.column_stack([instance.kind.astype(np.float64), instance.belief])
    _rows, first, group = np.unique(
        keyed, axis=0, return_index=True, return_inverse=True
    )
    kinds, years = instance.kind[first], instance.years
    start = instance.belief[first]
    most = max((len(kind.treatments) for kind in instance.kinds), default=0)
    far = years + instance.after + 1
    matrices = np.array([kind.matrix for kind in instance.kinds], np.float64)
    matrices = matrices.reshape(-1, GRADES, GRADES)
    powers = np.empty((far, len(instance.kinds), GRADES, GRADES))
    powers[0] = np.eye(GRADES)
    for age in range(1, far):
        powers[age] = powers[age - 1] @ matrices
    level = np.array(instance.service, np.float64)
    begins = np.zeros((len(kinds), 1 + most, GRADES))
    begins[:, 0] = start
    results, costs, suits, holds, real = _works(instance, most)
    begins[:, 1:] = results[kinds]
    belief = np.einsum("gjx,agxy->gjay", begins, powers[:, kinds])
    service = belief @ level
    discount = (1 + instance.rate) ** -np.arange(far, dtype=np.float64)
    late = discount[years : years + instance.after]
    rest = np.stack(
        [service[:, :, at : at + instance.after] @ late for at in range(years + 1)],
        axis=2,
    )
    belief, service = belief[:, :, : years + 1], service[:, :, : years + 1]
    found = np.einsum("gjay,gky->gjak", belief, costs[kinds].astype(np.float64))
    # A price of one unit is whole: what a sum of shares loses does not add a coin.
    cost = np.ceil(found - 1e-6 * np.maximum(1, found * 1e-6)).astype(np.int64)
    offered = np.einsum("gjay,gky->gjak", belief, suits[kinds]) >= HALF
    offered &= real[kinds][:, None, None, :]
    # Works that would leave things as they are or worse are no choice.
    better = service[:, None, None, 1:, 0] > service[:, :, :, None] + 1e-12
    offered &= better | holds[kinds][:, None, None, :]
    return Tracks(
        group.reshape(-1),
        belief,
        service,
        np.maximum(cost, 1),
        offered,
        rest,
        holds[kinds],
        discount[:years],
    )


def _works(instance: Instance, most: int) -> tuple[Floats, Ints, Floats, Bools, Bools]:
    """Return results, costs, suited grades, what holds and what exists, by kind."""
    count = len(instance.kinds)
    results = np.zeros((count, most, GRADES))
    results[:, :, 0] = 1
    costs = np.ones((count, most, GRADES), np.int64)
    suits = np.zeros((count, most, GRADES))
    holds, real = np.zeros((count, most), bool), np.zeros((count, most), bool)
    for at, kind in enumerate(instance.kinds):
        for place, one in enumerate(kind.treatments):
            costs[at, place], real[at, place] = one.costs, True
            suits[at, place, [grade - 1 for grade in one.suits]] = 1
            holds[at, place] = one.holds
            if one.result is not None:
                results[at, place] = one.result
    return results, costs, suits, holds, real


@dataclass(frozen=True, eq=False)
class Singles:
    """One treatment at most for each asset: column year * treatments + treatment.

    `value` is what it gains against doing nothing, in residents' years of full service;
    a column that is not offered has value -1 and cost 1.
    """

    value: Floats
    cost: Ints
    treatments: int


def singles(instance: Instance, tracks: Tracks) -> Singles:
    """Return all single treatments of all assets."""
    groups, _tracks, _places, most = tracks.cost.shape
    years = instance.years
    alone = np.append(
        tracks.service[:, 0, :years] * tracks.discount, tracks.rest[:, 0, -1:], 1
    )
    value, cost = (
        np.zeros((groups, years, most)),
        np.ones((groups, years, most), np.int64),
    )
    for year in range(years):
        left = years - year
        base = alone[:, year:].sum(axis=1)
        cost[:, year] = tracks.cost[:, 0, year]
        for at in range(most):
            after = tracks.service[:, 1 + at, :left] @ tracks.discount[year:]
            after = after + tracks.rest[:, 1 + at, left]
            held = tracks.service[:, 0, year : years - 1] @ tracks.discount[year + 1 :]
            held = held + tracks.service[:, 0, year] * tracks.discount[year]
            held = held + tracks.rest[:, 0, years - 1]
            reached = np.where(tracks.holds[:, at], held, after)
            value[:, year, at] = reached - base
    offered = tracks.offered[:, 0, :years] & (value > 1e-12)
    flat = (groups, years * most)
    worth = np.where(offered, value, -1.0).reshape(flat)[tracks.group]
    worth = worth * instance.weight[:, None]
    unit = np.where(offered, cost, 1).reshape(flat)[tracks.group]
    kept = offered.reshape(flat)[tracks.group] & (worth > 0)
    return Singles(
        np.where(kept, worth, -1.0),
        np.where(kept, unit * instance.quantity[:, None], 1),
        most,
    )
