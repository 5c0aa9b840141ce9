"""Elections of a hand's size, and slow twins of the rules, in fractions throughout."""

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


def sets(one: Election) -> tuple[list[str], dict[str, int], dict[str, list[int]]]:
    """Return ids in the order for ties, costs, and who supports each."""
    ids = [project.id for project in one.projects]
    costs = {project.id: project.cost for project in one.projects}
    supporters = {name: one.supporters[at].tolist() for at, name in enumerate(ids)}
    return sorted(ids), costs, supporters


def plain_shares(one: Election, utility: str, share: Fraction) -> list[str]:
    """Choose by equal shares, one voter at a time."""
    ids, costs, supporters = sets(one)
    money = [share] * one.ballots
    winners: list[str] = []
    while True:
        prices = {}
        for name in ids:
            purses = sorted(money[voter] for voter in supporters[name])
            if name in winners or not purses or sum(purses) < costs[name]:
                continue
            left = Fraction(costs[name])
            for place, purse in enumerate(purses):
                price = left / (len(purses) - place)
                if purse >= price:
                    break
                left -= purse
            prices[name] = price
        if not prices:
            return winners
        worth = {name: costs[name] if utility == "cost" else 1 for name in ids}
        best = min(prices, key=lambda name: (prices[name] / worth[name], name))
        winners.append(best)
        for voter in supporters[best]:
            money[voter] -= min(money[voter], prices[best])


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
