"""Elections of a hand's size, and slow twins of the rules, in fractions throughout."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from luoshi.engines.voting import Election, Project


def election(costs: dict[str, int], budget: int, ballots: list[str]) -> Election:
    """Return an election; a ballot is a text of ids of one letter."""
    projects = [Project(name, cost) for name, cost in costs.items()]
    return Election.of(projects, budget, [list(ballot) for ballot in ballots])


@st.composite
def elections(draw: st.DrawFn) -> Election:
    """Return small elections, where ties and exact sums are common."""
    names = "abcdefg"[: draw(st.integers(1, 7))]
    money = st.integers(1, draw(st.sampled_from([4, 12, 100, 10**9])))
    costs = {name: draw(money) for name in names}
    ballots = draw(
        st.lists(st.lists(st.sampled_from(names), unique=True), min_size=1, max_size=9)
    )
    return election(costs, draw(st.integers(1, sum(costs.values()) + 2)), ballots)


@st.composite
def with_points(draw: st.DrawFn) -> Election:
    """Return small elections by points, some in parts or below zero, or by ranks."""
    one = draw(elections())
    kind = draw(st.sampled_from(["ordinal", "cumulative", "scoring"]))
    whole, parts = st.integers(0, 5).map(Decimal), st.decimals(-2, 9, places=2)
    points = draw(
        st.lists(
            whole if kind == "cumulative" else parts,
            min_size=len(one.named),
            max_size=len(one.named),
        )
    )
    given = None if kind == "ordinal" else tuple(points)
    return replace(one, vote_type=kind, points=given)


def sets(one: Election) -> tuple[list[str], dict[str, int], dict[str, list[int]]]:
    """Return ids in the order for ties, costs, and who supports each."""
    ids = [project.id for project in one.projects]
    costs = {project.id: project.cost for project in one.projects}
    supporters = {name: one.supporters[at].tolist() for at, name in enumerate(ids)}
    return sorted(ids), costs, supporters


def plain_shares(one: Election, utility: str, share: Fraction) -> list[str]:
    """Choose by equal shares, one voter at a time."""
    ids, costs, _supporters = sets(one)
    wanted = {name: _wanted(one, name, utility) for name in ids}
    money = [share] * one.ballots
    winners: list[str] = []
    while True:
        prices = {}
        for name in ids:
            wants = wanted[name]
            able = sorted((money[voter] / much, voter) for voter, much in wants.items())
            if name in winners or sum(money[voter] for voter in wants) < costs[name]:
                continue
            left, weight = Fraction(costs[name]), sum(wants.values())
            for most, voter in able:
                if most * weight >= left:
                    break
                left -= money[voter]
                weight -= wants[voter]
            if able:
                prices[name] = left / weight
        if not prices:
            return winners
        best = min(prices, key=lambda name: (prices[name], name))
        winners.append(best)
        for voter, much in wanted[best].items():
            money[voter] -= min(money[voter], prices[best] * much)


def _wanted(one: Election, name: str, utility: str) -> dict[int, Fraction]:
    """Return what a project gives each voter who wants it."""
    cost = {project.id: project.cost for project in one.projects}[name]
    found = {}
    for voter in range(one.ballots):
        given = given_by(one, voter)
        if name not in given:
            continue
        much = Fraction(given[name]) if utility.startswith("points") else Fraction(1)
        much *= cost if utility in ("cost", "points_cost") else 1
        if much > 0:
            found[voter] = much
    return found


def given_by(one: Election, voter: int) -> dict[str, Decimal]:
    """Return the points that a ballot gives."""
    span = slice(int(one.start[voter]), int(one.start[voter + 1]))
    names = [one.projects[at].id for at in one.named[span].tolist()]
    points = one.points[span] if one.points is not None else [Decimal(1)] * len(names)
    if one.vote_type == "ordinal":
        points = [Decimal(len(names) - place) for place in range(len(names))]
    return dict(zip(names, points, strict=True))


def all_given(one: Election) -> dict[str, Fraction]:
    """Return the points that each project has in all."""
    told = {project.id: Fraction(0) for project in one.projects}
    for voter in range(one.ballots):
        for name, points in given_by(one, voter).items():
            told[name] += Fraction(points)
    return told


def plain_phragmen(one: Election) -> list[str]:
    """Choose by Phragmén's rule, one voter at a time."""
    ids, costs, supporters = sets(one)
    ids = [name for name in ids if costs[name] <= one.budget]
    loads, winners, left = [Fraction(0)] * one.ballots, list[str](), one.budget
    while ids:
        value = {
            name: (sum(loads[v] for v in supporters[name]) + Fraction(costs[name]))
            / len(supporters[name])
            if supporters[name]
            else Fraction(10**30)
            for name in ids
        }
        best = min(value.values())
        first = [name for name in ids if value[name] == best]
        if any(costs[name] > left for name in first):
            break
        winners.append(first[0])
        ids.remove(first[0])
        left -= costs[first[0]]
        for voter in supporters[first[0]]:
            loads[voter] = best
    return winners
