"""What a course looks like over the years, and how it is spread over villages."""

from dataclasses import dataclass

import numpy as np

from luoshi.engines.planning.courses import NOTHING, Course, grades, judge
from luoshi.engines.planning.instances import GRADES, Floats, Instance

# From this grade on an asset is part of the backlog.
BAD = 4


@dataclass(frozen=True)
class Outlook:
    """By year: mean grade and service as residents meet them, money, and the backlog.

    The backlog is what mending all that is in grade 4 or 5 would cost, by the cheapest
    works that suit it.
    """

    value: float
    grade: tuple[float, ...]
    service: tuple[float, ...]
    spent: tuple[int, ...]
    backlog: tuple[int, ...]

    @property
    def cost(self) -> int:
        """Return the money of all years and what is left to be mended at the end."""
        return sum(self.spent) + (self.backlog[-1] if self.backlog else 0)


@dataclass(frozen=True)
class VillageShare:
    """What a village has, gets, and ends with; grades are weighed by residents."""

    village: str
    assets: int
    people: int
    money: int
    gain: float
    grade_now: float
    grade_end: float
    grade_without: float


@dataclass(frozen=True)
class Balance:
    """How even a plan is: `gini` 0 says that all villages are served alike."""

    villages: tuple[VillageShare, ...]
    gini_now: float
    gini_end: float
    gini_without: float


def outlook(course: Course) -> Outlook:
    """Return what a course looks like, year by year."""
    instance = course.instance
    weight = _weights(instance)
    belief = course.belief
    prices = _mending(instance)[instance.kind] * instance.quantity[:, None]
    backlog = np.einsum("ntg,ng->t", belief, prices)
    return Outlook(
        course.value,
        tuple(float(one) for one in weight @ grades(belief)),
        tuple(float(one) for one in weight @ course.service),
        course.spent,
        tuple(round(float(one)) for one in backlog),
    )


def _weights(instance: Instance) -> Floats:
    """Return each asset's share of all residents served."""
    people = instance.people.astype(np.float64)
    total = people.sum()
    return people / total if total else np.zeros(len(people))


def _mending(instance: Instance) -> Floats:
    """Return what mending one unit costs, by kind and grade; 0 in good grades."""
    told = np.zeros((len(instance.kinds), GRADES))
    for at, kind in enumerate(instance.kinds):
        for grade in range(BAD, GRADES + 1):
            suited = [
                one.costs[grade - 1]
                for one in kind.treatments
                if grade in one.suits and not one.holds
            ]
            told[at, grade - 1] = min(suited, default=0)
    return told


def balance(course: Course) -> Balance:
    """Return what each village gets of a course, and how even that is."""
    instance = course.instance
    idle = judge(instance, np.full(course.actions.shape, NOTHING), tracks=course.tracks)
    count = len(instance.villages)
    people = np.bincount(instance.village, instance.people, count).astype(np.float64)
    states = (instance.belief, course.belief[:, -1], idle.belief[:, -1])
    means = [_by_village(instance, grades(one), people) for one in states]
    level = np.array(instance.service, np.float64)
    served = [_by_village(instance, one @ level, people) for one in states]
    money = np.zeros(count, np.int64)
    np.add.at(money, instance.village, course.cost.sum(axis=1))
    gain = np.bincount(instance.village, course.gain, count)
    assets = np.bincount(instance.village, minlength=count)
    villages = tuple(
        VillageShare(
            name,
            int(assets[at]),
            int(people[at]),
            int(money[at]),
            float(gain[at]),
            *(float(mean[at]) for mean in means),
        )
        for at, name in enumerate(instance.villages)
    )
    return Balance(villages, *(gini(one, people) for one in served))


def _by_village(instance: Instance, worth: Floats, people: Floats) -> Floats:
    count = len(instance.villages)
    total = np.bincount(instance.village, worth * instance.people, count)
    plain = np.bincount(instance.village, worth, count)
    assets = np.maximum(np.bincount(instance.village, minlength=count), 1)
    return np.where(people > 0, total / np.maximum(people, 1), plain / assets)


def gini(worth: Floats, weight: Floats) -> float:
    """Return the weighted Gini coefficient; 0 where all have the same."""
    order = np.argsort(worth, kind="stable")
    worth, weight = worth[order], weight[order]
    total = float((worth * weight).sum())
    if not total:
        return 0.0
    people = np.concatenate([[0.0], np.cumsum(weight)]) / weight.sum()
    share = np.concatenate([[0.0], np.cumsum(worth * weight)]) / total
    area = float(((share[1:] + share[:-1]) * np.diff(people)).sum())
    return max(0.0, 1 - area)
