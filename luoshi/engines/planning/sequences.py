"""Full sequences of works: each asset's best answer to prices by dynamic programming.

The states of an asset are its track and the place on it (`tracks.py`), so that the best
of all sequences, routine upkeep again and again included, is found exactly: Karabakal,
Bean and Lohmann (1994) do so with shortest paths. Assets stand in blocks of one kind,
small enough for the processor's cache.
"""

from dataclasses import dataclass

import numpy as np

from luoshi.engines.planning.courses import NOTHING, alone
from luoshi.engines.planning.instances import Bools, Floats, Instance, Ints
from luoshi.engines.planning.prices import Answer
from luoshi.engines.planning.rows import Rows
from luoshi.engines.planning.tracks import Tracks

BLOCK = 1_000
# What a state that cannot be reached is worth.
NEVER = 1e30


@dataclass(frozen=True, eq=False)
class Block:
    """Assets of one kind, their tables with the asset last."""

    rows: Ints
    service: Floats
    rest: Floats
    cost: Floats
    offered: Bools
    ever: list[list[bool]]
    holds: list[bool]
    base: Floats
    weight: Floats
    group: Ints


class SequenceAssets:
    """Assets that may be treated each year; answers to prices."""

    def __init__(self, instance: Instance, tracks: Tracks, rows: Rows) -> None:
        self.instance, self.tracks, self.rows = instance, tracks, rows
        served = np.flatnonzero(instance.weight > 0)
        order = served[np.lexsort((tracks.group[served], instance.kind[served]))]
        self.blocks = []
        kinds = instance.kind[order]
        for kind in np.unique(kinds):
            own = order[kinds == kind]
            for start in range(0, len(own), BLOCK):
                self.blocks.append(self._block(own[start : start + BLOCK]))

    def _block(self, rows: Ints) -> Block:
        tracks, group = self.tracks, self.tracks.group[rows]
        weight = self.instance.weight[rows]
        share = self.instance.quantity[rows] / weight
        offered = tracks.offered[group]
        ever: list[list[bool]] = np.array(offered.any(axis=(0, 2)).T).tolist()
        cost = tracks.cost[group] * share[:, None, None, None]
        return Block(
            rows,
            np.ascontiguousarray(tracks.service[group].transpose(1, 2, 0)),
            np.ascontiguousarray(tracks.rest[group].transpose(1, 2, 0)),
            np.ascontiguousarray(cost.transpose(3, 1, 2, 0)),
            np.ascontiguousarray(offered.transpose(3, 1, 2, 0)),
            ever,
            tracks.holds[group[0]].tolist(),
            alone(self.instance, tracks)[rows],
            weight,
            group,
        )

    def answer(self, price: Floats) -> Answer:
        """Return the best sequence of each asset at a price by class and year."""
        years = self.instance.years
        actions = np.full((len(self.instance), years), NOTHING, np.int8)
        spent = np.zeros((self.rows.sign.shape[1], years), np.int64)
        gain = 0.0
        for block in self.blocks:
            dear = price[self.rows.member[block.rows]].T
            worth = self._worth(block, dear)
            chosen, cost = self._choose(block, dear, worth)
            actions[block.rows] = chosen
            np.add.at(spent, self.rows.member[block.rows], cost)
            gain += float(((worth[0, 0, 0] - block.base) * block.weight).sum())
        return Answer(gain, spent, actions)

    def begun(self, price: Floats) -> Floats:
        """Return each asset's best net gain if its works begin in a year.

        Where nothing suits it in that year, or nobody is served, it is -inf.
        """
        years, discount = self.instance.years, self.tracks.discount
        told = np.full((len(self.instance), years), -np.inf)
        for block in self.blocks:
            dear = price[self.rows.member[block.rows]].T
            worth = self._worth(block, dear)
            before = np.zeros(len(block.rows))
            for year in range(years):
                served = block.service[0, year] * discount[year]
                best = np.full(len(block.rows), -np.inf)
                for at, holds in enumerate(block.holds):
                    if holds:
                        reached = served + worth[year + 1, 0, year]
                    else:
                        reached = block.service[1 + at, 0] * discount[year]
                        reached = reached + worth[year + 1, 1 + at, 1]
                    reached = reached - block.cost[at, 0, year] * dear[year]
                    may = block.offered[at, 0, year]
                    best = np.maximum(best, np.where(may, reached, -np.inf))
                told[block.rows, year] = (before + best - block.base) * block.weight
                before = before + served
        return told

    def _worth(self, block: Block, dear: Floats) -> Floats:
        """Return the most that is still to be had, by year, track and place."""
        years, discount = self.instance.years, self.tracks.discount
        many, places, count = block.service.shape
        may = block.offered
        worth = np.full((years + 1, many, places, count), -NEVER)
        worth[years] = block.rest
        for year in range(years - 1, -1, -1):
            seen = year + 1
            renewed = {
                at: block.service[1 + at, 0] * discount[year]
                + worth[year + 1, 1 + at, 1]
                for at in range(many - 1)
                if not block.holds[at]
            }
            for track in range(many):
                if track and (block.holds[track - 1] or not year):
                    continue
                served = block.service[track, :seen] * discount[year]
                best = served + worth[year + 1, track, 1 : seen + 1]
                for at in range(many - 1):
                    if not block.ever[at][track]:
                        continue
                    paid = block.cost[at, track, :seen] * dear[year]
                    if block.holds[at]:
                        other = served + worth[year + 1, track, :seen]
                    else:
                        other = renewed[at]
                    np.subtract(other, paid, out=paid)
                    np.maximum(best, paid, out=best, where=may[at, track, :seen])
                worth[year, track, :seen] = best
        return worth

    def _choose(self, block: Block, dear: Floats, worth: Floats) -> tuple[Ints, Ints]:
        """Return the actions that reach the most, and what they cost."""
        years, discount = self.instance.years, self.tracks.discount
        most, count = len(block.holds), len(block.rows)
        all_ = np.arange(count)
        track, place = np.zeros(count, np.int64), np.zeros(count, np.int64)
        actions = np.full((count, years), NOTHING, np.int64)
        cost = np.zeros((count, years), np.int64)
        holds = np.array([*block.holds, False])
        for year in range(years):
            served = block.service[track, place, all_] * discount[year]
            best = served + worth[year + 1, track, place + 1, all_]
            action = np.full(count, NOTHING)
            for at in range(most):
                if not any(block.ever[at]):
                    continue
                paid = block.cost[at, track, place, all_] * dear[year]
                if block.holds[at]:
                    other = served + worth[year + 1, track, place, all_] - paid
                else:
                    other = block.service[1 + at, 0] * discount[year] - paid
                    other = other + worth[year + 1, 1 + at, 1]
                better = (other > best) & block.offered[at, track, place, all_]
                best, action = (
                    np.where(better, other, best),
                    np.where(better, at, action),
                )
            busy = np.flatnonzero(action >= 0)
            unit = self.tracks.cost[
                block.group[busy], track[busy], place[busy], action[busy]
            ]
            cost[busy, year] = unit * self.instance.quantity[block.rows[busy]]
            actions[:, year] = action
            kept = holds[action]
            new = (action >= 0) & ~kept
            track, place = np.where(new, 1 + action, track), np.where(new, 0, place)
            place = place + ~kept
        return actions, cost
