"""What comes of works, whoever chose them: costs, conditions, gain.

One model judges every plan: the engine's, a habit's, and one changed by hand.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from luoshi.engines.planning.errors import PlanningError
from luoshi.engines.planning.instances import GRADES, Floats, Instance, Ints, Whole
from luoshi.engines.planning.rows import Rows, rows_of
from luoshi.engines.planning.tracks import Tracks, follow

NOTHING = -1


@dataclass(frozen=True, eq=False)
class Course:
    """`actions`[asset, year] is a place in the kind's treatments, or -1 for nothing.

    `cost`[asset, year] is whole money, `gain`[asset] is in residents' years of full
    service. `track` and `place`[asset, year] say where each is after the year's works.
    """

    instance: Instance
    tracks: Tracks
    actions: Ints
    cost: Ints
    gain: Floats
    track: Ints
    place: Ints

    @cached_property
    def value(self) -> float:
        """Return what all assets gain against doing nothing."""
        return float(self.gain.sum())

    @cached_property
    def spent(self) -> tuple[int, ...]:
        """Return what each year costs."""
        return tuple(int(one) for one in self.cost.sum(axis=0))

    @cached_property
    def rows(self) -> Rows:
        """Return the limits on money."""
        return rows_of(self.instance)

    @cached_property
    def used(self) -> Ints:
        """Return what each row of the limits takes."""
        spent = np.zeros((self.rows.sign.shape[1], self.instance.years), np.int64)
        np.add.at(spent, self.rows.member, self.cost)
        return self.rows.used(spent)

    @property
    def belief(self) -> Floats:
        """Return the shares of grades, by asset and year, after the year's works."""
        return self.tracks.belief[self.tracks.group[:, None], self.track, self.place]

    @property
    def service(self) -> Floats:
        """Return the service to each resident, by asset and year."""
        return self.tracks.service[self.tracks.group[:, None], self.track, self.place]

    @cached_property
    def overdrawn(self) -> tuple[int, ...]:
        """Return the years in which more is spent than there is."""
        budgets = self.instance.budgets
        return tuple(
            year
            for year, (spent, least) in enumerate(zip(self.spent, budgets, strict=True))
            if spent > least
        )

    @cached_property
    def unmet(self) -> tuple[tuple[int, int], ...]:
        """Return the limits that do not hold, with the money that is missing."""
        years = self.instance.years
        short = (self.used - self.rows.amount)[years:]
        return tuple((at, int(one)) for at, one in enumerate(short) if one > 0)


def judge(instance: Instance, actions: Ints, *, tracks: Tracks | None = None) -> Course:
    """Return what comes of given works; refuses works that are not offered.

    Money is not looked at: `overdrawn` and `unmet` say what does not hold.
    """
    tracks = tracks or follow(instance)
    actions = np.asarray(actions, np.int64)
    most = tracks.holds.shape[1]
    if actions.shape != (len(instance), instance.years):
        raise PlanningError("actions", "shape", "one row for each asset is needed")
    if actions.size and (actions.min() < NOTHING or actions.max() >= most):
        raise PlanningError("actions", "unknown", "no such treatment")
    everyone = np.arange(len(instance))
    return Course(instance, tracks, actions, *run(instance, tracks, everyone, actions))


def run(
    instance: Instance, tracks: Tracks, who: Ints, actions: Whole
) -> tuple[Ints, Floats, Ints, Ints]:
    """Return cost, gain, track and place of some assets under their actions."""
    group, count = tracks.group[who], len(who)
    track, place = np.zeros(count, np.int64), np.zeros(count, np.int64)
    cost = np.zeros(actions.shape, np.int64)
    served = np.zeros(count)
    tracked, placed = np.zeros(actions.shape, int), np.zeros(actions.shape, int)
    for year in range(instance.years):
        action = actions[:, year].astype(np.int64)
        busy = np.flatnonzero(action >= 0)
        at = (group[busy], track[busy], place[busy], action[busy])
        refused = ~tracks.offered[at]
        if refused.any():
            name = instance.ids[int(who[busy[refused.argmax()]])]
            raise PlanningError(
                f"actions.{name}", "unsuited", f"not what suits it in year {year + 1}"
            )
        cost[busy, year] = tracks.cost[at] * instance.quantity[who[busy]]
        holds = np.zeros(count, bool)
        holds[busy] = tracks.holds[group[busy], action[busy]]
        new = (action >= 0) & ~holds
        track, place = np.where(new, 1 + action, track), np.where(new, 0, place)
        tracked[:, year], placed[:, year] = track, place
        served += tracks.service[group, track, place] * tracks.discount[year]
        place = place + ~holds
    total = served + tracks.rest[group, track, place]
    gain = (total - alone(instance, tracks)[who]) * instance.weight[who]
    gain[(actions < 0).all(axis=1)] = 0.0
    return cost, gain, tracked, placed


def alone(instance: Instance, tracks: Tracks) -> Floats:
    """Return what each asset gives a resident if nothing is done."""
    years = instance.years
    served = tracks.service[:, 0, :years] @ tracks.discount + tracks.rest[:, 0, years]
    return served[tracks.group]


def grades(belief: Floats) -> Floats:
    """Return the mean grade, 1 to 5, of each belief."""
    return belief @ np.arange(1, GRADES + 1)
