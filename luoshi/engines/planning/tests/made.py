"""Towns small enough to be solved by looking at every plan."""

from itertools import product

import numpy as np
from hypothesis import strategies as st

from luoshi.engines.planning import Instance, Kind, Treatment, matrix_of_life
from luoshi.engines.planning.courses import judge
from luoshi.engines.planning.tracks import follow

HOLD = Treatment("routine", (1, 1, 2, 3, 4), (1, 2, 3))
MEND = Treatment("mend", (4, 4, 6, 9, 9), (2, 3, 4), (0.8, 0.2, 0.0, 0.0, 0.0))
RENEW = Treatment("renew", (20, 20, 20, 20, 20), (4, 5), (1.0, 0.0, 0.0, 0.0, 0.0))


def kind(name="road", life=10, treatments=(HOLD, MEND, RENEW), showy=0.0):
    return Kind(name, matrix_of_life(life), treatments, showy)


def asset(at, grade, **more):
    row = {"id": f"a{at}", "kind": "road", "village": "v", "quantity": 2, "people": 10}
    return row | {"grade": grade} | more


def town(*grades, budgets=(40, 40, 40), kinds=None, **terms):
    rows = [asset(at, grade, people=10 + at) for at, grade in enumerate(grades)]
    return Instance.of(rows, kinds or (kind(),), budgets=budgets, **terms)


@st.composite
def towns(draw, most=4, years=3):
    """Return towns of few assets, with any conditions and budgets."""
    kinds = (kind(), kind("lamp", draw(st.integers(4, 30)), (MEND, RENEW), 1.0))
    count = draw(st.integers(1, most))
    rows = [
        {
            "id": f"a{at}",
            "kind": draw(st.sampled_from(["road", "lamp"])),
            "village": draw(st.sampled_from(["east", "west"])),
            "grade": draw(st.integers(1, 5)),
            "age": draw(st.integers(0, 4)),
            "quantity": draw(st.integers(1, 9)),
            "people": draw(st.integers(0, 200)),
            "hardship": draw(st.sampled_from([1.0, 1.5])),
        }
        for at in range(count)
    ]
    money = st.integers(0, 200)
    budgets = tuple(draw(money) for _year in range(draw(st.integers(1, years))))
    return Instance.of(rows, kinds, budgets=budgets)


def every_sequence(instance, at):
    """Return each sequence of works that one asset may have: cost by year and gain."""
    tracks = follow(instance)
    treatments = len(instance.kinds[int(instance.kind[at])].treatments)
    told = []
    for actions in product(range(-1, treatments), repeat=instance.years):
        table = np.full((len(instance), instance.years), -1)
        table[at] = actions
        try:
            course = judge(instance, table, tracks=tracks)
        except ValueError:
            continue
        told.append((actions, course.cost[at], float(course.gain[at])))
    return told


def best_value(instance, *, single):
    """Return the most that any plan within the budgets gains."""
    options = []
    for at in range(len(instance)):
        found = every_sequence(instance, at)
        if single:
            found = [one for one in found if sum(act >= 0 for act in one[0]) <= 1]
        options.append(found)
    budgets = np.array(instance.budgets)
    # Sums of costs seen so far, with the most gained: a dictionary of states.
    states = {tuple([0] * instance.years): 0.0}
    for found in options:
        reached = {}
        for spent, value in states.items():
            for _actions, cost, gain in found:
                now = np.array(spent) + cost
                if (now > budgets).any():
                    continue
                key = tuple(now.tolist())
                reached[key] = max(reached.get(key, -1.0), value + gain)
        states = reached
    return max(states.values())
