"""What a change by hand comes to: in money, in what residents have, in what falls away.

Everything is judged by the engine's own model, on one facility alone, so that a page
can show every choice with what it costs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from luoshi.engines.planning import Course, Instance, PlanningError, judge
from luoshi.engines.planning.courses import NOTHING
from luoshi.upkeep.models import PlannedWork, UpkeepPlan
from luoshi.upkeep.plans.frozen import instance_of


@dataclass(frozen=True)
class Change:
    """One facility's works put in, taken out, or moved to another year.

    `out_of` is the year that loses works, `into` the year that gets them; both for a
    move. The treatment is that of the works.
    """

    asset_id: int
    treatment: str
    out_of: int | None = None
    into: int | None = None


@dataclass(frozen=True)
class Effect:
    """What a change comes to.

    `costs` are the facility's works afterwards: year -> (treatment, fen). `falls` are
    the years whose works no longer suit what the facility is then.
    """

    change: Change
    gain: float
    money: int
    costs: dict[int, tuple[str, int]]
    falls: tuple[int, ...]
    # Years that would be over the budget, with the fen that are missing.
    over: dict[int, int]
    suits: bool


@dataclass(frozen=True, eq=False)
class Standing:
    """A plan as it stands now, with all changes by hand."""

    plan: UpkeepPlan
    instance: Instance
    works: tuple[tuple[int, int, str, int], ...]

    @classmethod
    def of(cls, plan: UpkeepPlan) -> "Standing":
        """Read a plan's works."""
        rows = PlannedWork.objects.filter(plan=plan).order_by("year", "pk")
        facts = rows.values_list("asset", "year", "treatment", "cost_fen")
        return cls(plan, instance_of(plan), tuple(facts))

    @cached_property
    def place(self) -> dict[int, int]:
        """Return where each facility stands in the instance."""
        return {int(pk): at for at, pk in enumerate(self.instance.ids)}

    @cached_property
    def course(self) -> Course:
        """Return what comes of the works, judged by the engine."""
        shape = (len(self.instance), self.instance.years)
        actions = np.full(shape, NOTHING, np.int64)
        for asset, year, treatment, _cost in self.works:
            at = self.place[asset]
            actions[at, year - self.plan.first_year] = self._code(at, treatment)
        return judge(self.instance, actions)

    @cached_property
    def spent(self) -> dict[int, int]:
        """Return what each year costs."""
        told = dict.fromkeys(self.plan.years, 0)
        for _asset, year, _treatment, cost in self.works:
            told[year] += cost
        return told

    @cached_property
    def left(self) -> dict[int, int]:
        """Return what each year has left."""
        return {
            year: self.plan.budget_of(year) - cost for year, cost in self.spent.items()
        }

    def _code(self, at: int, treatment: str) -> int:
        kind = self.instance.kinds[int(self.instance.kind[at])]
        return [one.name for one in kind.treatments].index(treatment)

    def alone(self, asset_id: int) -> "OneAsset":
        """Return one facility of the plan, to try changes on."""
        at = self.place[asset_id]
        columns = ("kind", "village", "belief", "quantity", "people", "hardship")
        part = {name: getattr(self.instance, name)[[at]] for name in columns}
        own = replace(self.instance, ids=(self.instance.ids[at],), limits=(), **part)
        return OneAsset(self, own, self.course.actions[at].copy())


@dataclass(frozen=True, eq=False)
class OneAsset:
    """One facility of a plan: tries changes, and says what each comes to."""

    standing: Standing
    instance: Instance
    row: "np.ndarray[tuple[int], np.dtype[np.int64]]"

    @property
    def asset_id(self) -> int:
        """Return whose works these are."""
        return int(self.instance.ids[0])

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the treatments of its kind."""
        kind = self.instance.kinds[int(self.instance.kind[0])]
        return tuple(one.name for one in kind.treatments)

    @cached_property
    def now(self) -> Course:
        """Return what comes of its works as they stand."""
        return judge(self.instance, self.row[None, :])

    def try_out(self, change: Change) -> Effect:
        """Say what a change comes to; what does not suit has no effect."""
        first = self.standing.plan.first_year
        row, wanted = self.row.copy(), None
        if change.out_of is not None:
            row[change.out_of - first] = NOTHING
        if change.into is not None:
            wanted = change.into - first
            row[wanted] = self.codes.index(change.treatment)
        kept = self._suited(row)
        lost = np.flatnonzero((row != NOTHING) & (kept == NOTHING)).tolist()
        after = judge(self.instance, kept[None, :], tracks=self.now.tracks)
        before, now = self.now.cost[0], after.cost[0]
        over = {
            first + year: int(missing)
            for year, missing in enumerate(now - before)
            if missing > 0 and missing > self.standing.left[first + year]
        }
        return Effect(
            change,
            gain=after.value - self.now.value,
            money=int(now.sum() - before.sum()),
            costs={
                first + year: (self.codes[int(kept[year])], int(now[year]))
                for year in np.flatnonzero(kept != NOTHING).tolist()
            },
            falls=tuple(first + year for year in lost if year != wanted),
            over={
                year: missing - self.standing.left[year]
                for year, missing in over.items()
            },
            suits=wanted is None or wanted not in lost,
        )

    def _suited(
        self, row: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    ) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        """Return the works without those that no longer suit what was done before."""
        tracks, kept = self.now.tracks, row.copy()
        group, track, place = int(tracks.group[0]), 0, 0
        for year, action in enumerate(row.tolist()):
            if action != NOTHING and not tracks.offered[group, track, place, action]:
                kept[year] = action = NOTHING
            if action == NOTHING:
                place += 1
            elif not tracks.holds[group, action]:
                track, place = 1 + action, 1
        return kept

    def choices(self, out_of: int | None = None) -> Iterator[Effect]:
        """Yield what can be done: works moved out of a year, or new ones put in.

        Works take the place of what only holds a condition for the year.
        """
        first, holds = self.standing.plan.first_year, self.now.tracks.holds[0]
        kept = {first + at: int(self.row[at]) for at in self._busy()}
        busy = {year for year, code in kept.items() if not holds[code]}
        if out_of is not None and out_of in kept:
            code = self.codes[kept[out_of]]
            yield self.try_out(Change(self.asset_id, code, out_of=out_of))
            told: Iterable[tuple[str, int | None]] = [(code, out_of)]
        else:
            told = [(code, None) for code in self.codes]
        for year in self.standing.plan.years:
            for code, source in told:
                same = kept.get(year) == self.codes.index(code)
                if year in busy or year == source or same:
                    continue
                effect = self.try_out(
                    Change(self.asset_id, code, out_of=source, into=year)
                )
                if effect.suits:
                    yield effect

    def _busy(self) -> list[int]:
        found: list[int] = np.flatnonzero(self.row != NOTHING).tolist()
        return found


def limits_broken(standing: Standing, effect: Effect) -> bool:
    """Say whether a change breaks a limit that holds now."""
    if not standing.instance.limits:
        return False
    actions = standing.course.actions.copy()
    at = standing.place[effect.change.asset_id]
    codes = standing.alone(effect.change.asset_id).codes
    actions[at] = NOTHING
    for year, (code, _cost) in effect.costs.items():
        actions[at, year - standing.plan.first_year] = codes.index(code)
    try:
        after = judge(standing.instance, actions, tracks=standing.course.tracks)
    except PlanningError:
        return True
    return len(after.unmet) > len(standing.course.unmet)
