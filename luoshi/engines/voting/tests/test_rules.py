"""Each rule against a slow twin, and what must hold whatever the ballots are."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.engines import voting
from luoshi.engines.voting import Election, Project, VotingError
from luoshi.engines.voting.tests.made import (
    election,
    elections,
    plain_phragmen,
    plain_shares,
    sets,
)

RULES = {
    "greedy_votes": voting.greedy_votes,
    "greedy_votes_per_cost": voting.greedy_votes_per_cost,
    "mes": voting.equal_shares,
    "mes_add1u": lambda one: voting.equal_shares(one, completion="add1u"),
    "phragmen": voting.phragmen,
    "knapsack": voting.knapsack,
}
UTILITIES = st.sampled_from(["cost", "cardinality"])


@given(elections(), UTILITIES)
@settings(max_examples=300, deadline=None)
def test_equal_shares_chooses_as_its_twin(one, utility):
    outcome = voting.equal_shares(one, utility=utility)
    share = Fraction(one.budget, one.ballots)
    assert list(outcome.winners) == plain_shares(one, utility, share)


@pytest.fixture(params=["always", "seldom"])
def looking_ahead(request, monkeypatch):
    """Skip raises that change nothing as soon as that can be told, or late."""
    if request.param == "always":
        monkeypatch.setattr("luoshi.engines.voting.shares.ALIKE", 0)


@pytest.mark.usefixtures("looking_ahead")
@given(elections(), UTILITIES)
@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_add1_is_the_last_step_within_the_budget(one, utility):
    if one.budget > 2000:
        return
    costs = {project.id: project.cost for project in one.projects}
    share = Fraction(one.budget, one.ballots)
    winners = plain_shares(one, utility, share)
    supported = [name for name, who in sets(one)[2].items() if who]

    def full(chosen):
        left = one.budget - sum(costs[name] for name in chosen)
        return all(costs[name] > left for name in supported if name not in chosen)

    while not full(winners):
        share += 1
        more = plain_shares(one, utility, share)
        if sum(costs[name] for name in more) > one.budget:
            break
        winners = more
    outcome = voting.equal_shares(one, utility=utility, completion="add1")
    assert list(outcome.winners) == winners
    assert outcome.share == share - (0 if full(winners) else 1)
    filled = voting.equal_shares(one, utility=utility, completion="add1u")
    assert filled.winners[: len(winners)] == tuple(winners)


def test_few_voters_with_much_money_do_not_count_for_ever():
    # One who wants `a` alone pays for it with the 300,000,000th unit more.
    one = election({"a": 800_000_000, "b": 1}, 1_000_000_000, ["a", "b"])
    outcome = voting.equal_shares(one, completion="add1")
    assert set(outcome.winners) == {"a", "b"}
    assert outcome.share == 800_000_000
    assert outcome.raised == 300_000_000


@given(elections(), UTILITIES)
@settings(max_examples=150, deadline=None)
def test_payments_prove_the_outcome(one, utility):
    outcome = voting.equal_shares(one, utility=utility)
    _ids, costs, supporters = sets(one)
    paid = [dict(outcome.paid(voter)) for voter in range(one.ballots)]
    for voter, told in enumerate(paid):
        assert sum(told.values()) <= outcome.share
        assert all(voter in supporters[name] for name in told)
    for name in outcome.winners:
        assert sum(told.get(name, 0) for told in paid) == costs[name]
    # Nobody left out could have been paid by those who want it.
    for name in set(costs) - set(outcome.winners):
        left = sum(outcome.share - sum(paid[v].values()) for v in supporters[name])
        assert left < costs[name]


@given(elections())
@settings(max_examples=150, deadline=None)
def test_phragmen_chooses_as_its_twin(one):
    assert list(voting.phragmen(one).winners) == plain_phragmen(one)


@given(elections())
@settings(max_examples=150, deadline=None)
def test_no_set_gathers_more_votes_than_the_knapsack(one):
    outcome = voting.knapsack(one)
    _ids, costs, supporters = sets(one)
    most = max(
        sum(len(supporters[name]) for name in some)
        for size in range(len(costs) + 1)
        for some in combinations(costs, size)
        if sum(costs[name] for name in some) <= one.budget
    )
    assert sum(len(supporters[name]) for name in outcome.winners) == most
    assert outcome.proved


@given(elections())
@settings(max_examples=100, deadline=None)
def test_greedy_goes_down_its_list(one):
    ids, costs, supporters = sets(one)
    for rule, key in (
        (voting.greedy_votes, lambda name: -len(supporters[name])),
        (
            voting.greedy_votes_per_cost,
            lambda name: -Fraction(len(supporters[name]), costs[name]),
        ),
    ):
        left, winners = one.budget, []
        for name in sorted(ids, key=key):
            if costs[name] <= left:
                winners.append(name)
                left -= costs[name]
        assert list(rule(one).winners) == winners


@given(elections(), st.randoms())
@settings(max_examples=60, deadline=None)
def test_neither_order_of_ballots_nor_of_projects_matters(one, random):
    ids = [project.id for project in one.projects]
    ballots = [
        [ids[at] for at in one.named[one.start[v] : one.start[v + 1]].tolist()]
        for v in range(one.ballots)
    ]
    random.shuffle(ballots)
    projects = list(one.projects)
    random.shuffle(projects)
    other = Election.of(projects, one.budget, ballots)
    for rule in RULES.values():
        assert rule(one).winners == rule(other).winners


@given(elections())
@settings(max_examples=60, deadline=None)
def test_every_rule_keeps_the_budget_and_explains_each_loser(one):
    for name, rule in RULES.items():
        outcome = rule(one)
        assert outcome.leftover >= 0
        assert set(outcome.losses) == {p.id for p in one.projects} - set(
            outcome.winners
        )
        if name in ("greedy_votes", "greedy_votes_per_cost", "mes_add1u"):
            assert all(
                project.cost > outcome.leftover
                for project in one.projects
                if project.id not in outcome.winners
            )


def test_who_pays_what_and_why_the_rest_lost():
    # 12 each. b: 4 voters pay 6; a: 3 voters pay 8, one of whom has 6 left.
    one = election(
        {"a": 18, "b": 24, "c": 31, "d": 99}, 60, ["ab", "ab", "b", "b", "ac"]
    )
    outcome = voting.equal_shares(one, utility="cardinality")
    assert outcome.winners == ("a", "b")
    assert outcome.paid(0) == (("a", Fraction(6)), ("b", Fraction(6)))
    assert outcome.paid(4) == (("a", Fraction(6)),)
    assert outcome.leftover == 18
    lost = outcome.losses
    assert (lost["c"].reason, lost["c"].round, lost["c"].has) == (
        "money_ran_out",
        0,
        12,
    )
    assert lost["d"].reason == "too_dear"


def test_effective_votes_are_what_supporters_with_money_are_worth():
    one = election({"a": 18, "b": 24}, 60, ["ab", "ab", "b", "b", "a"])
    votes = voting.effective_votes(voting.equal_shares(one, utility="cardinality"))
    assert votes[0].tolist() == pytest.approx([3, 4])
    assert np.isnan(votes[1, 0])


def test_a_tie_is_broken_by_the_published_order_and_told():
    one = election({"a": 10, "b": 10}, 10, ["a", "b"])
    assert voting.greedy_votes(one).winners == ("a",)
    assert voting.greedy_votes(one).ties == (("a", "b"),)
    assert voting.greedy_votes(one, ties=["b", "a"]).winners == ("b",)
    shares = voting.equal_shares(one, completion="add1", ties=["b", "a"])
    # At 10 each both would be bought, which the budget forbids: nobody is.
    assert shares.winners == ()


def test_more_money_can_cost_a_winner_its_place():
    """Known of equal shares, and told in the docs: one coin more, and c loses to a."""
    costs, ballots = {"a": 7, "b": 2, "c": 3, "d": 1}, ["ac", "", "abd", "ab"]
    less, more = (
        voting.equal_shares(election(costs, budget, ballots), utility="cardinality")
        for budget in (13, 14)
    )
    assert less.winners == ("b", "d", "c")
    assert more.winners == ("b", "d", "a")


def test_far_apart_amounts_are_counted_exactly():
    # The share is a third; 0.1 + 0.2 in floating point would not pay 0.3.
    one = election({"a": 10**15 // 3, "b": 1}, 10**15, ["ab", "a", "b"])
    assert voting.equal_shares(one).winners == ("a", "b")


@pytest.mark.parametrize(
    ("projects", "budget", "ballots", "says"),
    [
        ([], 5, [], "no projects"),
        ([("a", 1)], 0, [], "budget must be above 0"),
        ([("a", 1)], -3, [], "budget must be above 0"),
        ([("a", 0)], 5, [], "cost of 'a'"),
        ([("a", 10**16)], 5, [], "cost of 'a'"),
        ([("a", 1), ("a", 2)], 5, [], "Two projects"),
        ([("a", 1)], 5, [["b"]], "Ballot 1 names 'b'"),
        ([("a", 1)], 5, [[], ["a", "a"]], "Ballot 2 names a project twice"),
    ],
)
def test_what_cannot_be_counted_is_refused(projects, budget, ballots, says):
    with pytest.raises(VotingError, match=says):
        Election.of([Project(*one) for one in projects], budget, ballots)


def test_unknown_rules_and_orders_are_refused():
    one = election({"a": 1}, 1, ["a"])
    with pytest.raises(VotingError, match="no rule"):
        voting.equal_shares(one, utility="smiles")
    with pytest.raises(VotingError, match="each project once"):
        voting.phragmen(one, ties=["b"])


def test_without_ballots_nobody_pays():
    one = election({"a": 1}, 1, [])
    assert voting.equal_shares(one).winners == ()
    assert voting.knapsack(one).winners == ()
