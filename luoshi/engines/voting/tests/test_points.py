"""Rules that count points and ranks, against slow twins; approvals are points too."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.engines import voting
from luoshi.engines.voting import Election, VotingError
from luoshi.engines.voting.tests.made import (
    all_given,
    election,
    elections,
    given_by,
    plain_shares,
    sets,
    with_points,
)

UTILITIES = st.sampled_from(["points", "points_cost"])
RULES = {
    "greedy_points": voting.greedy_points,
    "greedy_points_per_cost": voting.greedy_points_per_cost,
    **{
        f"{utility}_{completion}": lambda one, utility=utility, completion=completion: (
            voting.equal_shares(one, utility=utility, completion=completion)
        )
        for utility in ("points", "points_cost")
        for completion in ("none", "add1u")
    },
}


def scored(costs, budget, *ballots):
    """Return an election; a ballot is a text of ids, each with its digit of points."""
    one = election(costs, budget, [ballot[::2] for ballot in ballots])
    points = tuple(Decimal(digit) for ballot in ballots for digit in ballot[1::2])
    return replace(one, vote_type="cumulative", points=points)


@pytest.fixture(params=["near alone", "all"])
def judging(request, monkeypatch):
    """Judge in fractions only what is too near, or everything."""
    if request.param == "all":
        for module in ("purses", "weighed"):
            monkeypatch.setattr(f"luoshi.engines.voting.{module}.BLUR", 0.5)


@pytest.mark.usefixtures("judging")
@given(with_points(), UTILITIES)
@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_equal_shares_by_points_choose_as_their_twin(one, utility):
    outcome = voting.equal_shares(one, utility=utility)
    share = Fraction(one.budget, one.ballots)
    assert list(outcome.winners) == plain_shares(one, utility, share)
    # Approvals, too: these two share what judges in fractions.
    outcome = voting.equal_shares(one, utility="cost")
    assert list(outcome.winners) == plain_shares(one, "cost", share)


@pytest.fixture(params=["always", "seldom"])
def looking_ahead(request, monkeypatch):
    """Skip raises that change nothing as soon as that can be told, or late."""
    if request.param == "always":
        monkeypatch.setattr("luoshi.engines.voting.shares.ALIKE", 0)


@pytest.mark.usefixtures("looking_ahead")
@given(with_points(), UTILITIES)
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
    wanted = {
        name
        for voter in range(one.ballots)
        for name, points in given_by(one, voter).items()
        if points > 0
    }

    def full(chosen):
        left = one.budget - sum(costs[name] for name in chosen)
        return all(costs[name] > left for name in wanted if name not in chosen)

    while not full(winners):
        share += 1
        more = plain_shares(one, utility, share)
        if sum(costs[name] for name in more) > one.budget:
            break
        winners = more
    outcome = voting.equal_shares(one, utility=utility, completion="add1")
    assert list(outcome.winners) == winners
    filled = voting.equal_shares(one, utility=utility, completion="add1u")
    assert filled.winners[: len(winners)] == tuple(winners)
    rest = [name for name in filled.winners if name not in winners]
    points = all_given(one)
    assert rest == sorted(rest, key=lambda name: (-points[name], name))


@pytest.mark.usefixtures("judging")
@given(with_points(), UTILITIES)
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_payments_prove_the_outcome(one, utility):
    outcome = voting.equal_shares(one, utility=utility)
    _ids, costs, _supporters = sets(one)
    paid = [dict(outcome.paid(voter)) for voter in range(one.ballots)]
    points = [given_by(one, voter) for voter in range(one.ballots)]
    for voter, told in enumerate(paid):
        assert sum(told.values()) <= outcome.share
        assert all(points[voter][name] > 0 for name in told)
    for name in outcome.winners:
        assert sum(told.get(name, 0) for told in paid) == costs[name]
    # Nobody left out could have been paid by those who want it.
    for name in set(costs) - set(outcome.winners):
        wants = [v for v in range(one.ballots) if points[v].get(name, 0) > 0]
        left = sum(outcome.share - sum(paid[v].values()) for v in wants)
        assert left < costs[name]


@given(with_points(), UTILITIES)
@settings(max_examples=100, deadline=None)
def test_each_pays_by_its_points_or_all_that_it_has(one, utility):
    outcome = voting.equal_shares(one, utility=utility)
    unit = one.scores.unit
    for round_ in outcome.rounds:
        name = one.projects[round_.project].id
        for voter in round_.full.tolist():
            points = Fraction(given_by(one, voter)[name]) * unit
            assert dict(outcome.paid(voter))[name] == round_.price * points


@given(with_points())
@settings(max_examples=150, deadline=None)
def test_greedy_goes_down_its_list(one):
    ids, costs, _supporters = sets(one)
    points = all_given(one)
    for rule, key in (
        (voting.greedy_points, lambda name: -points[name]),
        (voting.greedy_points_per_cost, lambda name: -points[name] / costs[name]),
    ):
        left, winners = one.budget, []
        for name in sorted(ids, key=key):
            if costs[name] <= left:
                winners.append(name)
                left -= costs[name]
        assert list(rule(one).winners) == winners


@given(elections(), st.sampled_from(["none", "add1", "add1u"]))
@settings(max_examples=100, deadline=None)
def test_points_of_one_and_nothing_count_as_approvals(one, completion):
    """Whoever is given no points is not named; so every ballot names all."""
    ids = [project.id for project in one.projects]
    named = [set(given_by(one, voter)) for voter in range(one.ballots)]
    points = tuple(Decimal(name in ballot) for ballot in named for name in ids)
    whole = Election.of(one.projects, one.budget, [ids] * one.ballots)
    other = replace(whole, vote_type="scoring", points=points)
    assert voting.greedy_points(other).winners == voting.greedy_votes(one).winners
    for utility, by_points in (("cardinality", "points"), ("cost", "points_cost")):
        ours = voting.equal_shares(one, utility=utility, completion=completion)
        theirs = voting.equal_shares(other, utility=by_points, completion=completion)
        assert ours.winners == theirs.winners
        assert (ours.ties, ours.leftover) == (theirs.ties, theirs.leftover)
        assert [ours.paid(v) for v in range(one.ballots)] == [
            theirs.paid(v) for v in range(one.ballots)
        ]
        lost = {name: loss.reason for name, loss in ours.losses.items()}
        assert lost == {name: loss.reason for name, loss in theirs.losses.items()}


@given(with_points(), st.randoms())
@settings(max_examples=60, deadline=None)
def test_neither_order_of_ballots_nor_of_projects_matters(one, random):
    ballots = [list(given_by(one, voter).items()) for voter in range(one.ballots)]
    random.shuffle(ballots)
    projects = list(one.projects)
    random.shuffle(projects)
    names = [[name for name, _points in ballot] for ballot in ballots]
    points = tuple(points for ballot in ballots for _name, points in ballot)
    other = replace(
        Election.of(projects, one.budget, names),
        vote_type=one.vote_type,
        points=None if one.points is None else points,
    )
    for rule in RULES.values():
        assert rule(one).winners == rule(other).winners


@given(with_points())
@settings(max_examples=60, deadline=None)
def test_every_rule_keeps_the_budget_and_explains_each_loser(one):
    for name, rule in RULES.items():
        outcome = rule(one)
        assert outcome.leftover >= 0
        lost = {p.id for p in one.projects} - set(outcome.winners)
        assert set(outcome.losses) == lost
        if not name.endswith("none"):
            assert all(
                project.cost > outcome.leftover
                for project in one.projects
                if project.id in lost
            )


def test_a_point_has_the_same_price_for_all_who_pay_in_full():
    # 20 each. a: 15 by 3 + 2 points, 3 a point. Then b: the first has 11 left, which
    # pays 1 point of 12 at most; the third pays 2.
    one = scored({"a": 15, "b": 12}, 60, "a3b1", "a2", "b2")
    outcome = voting.equal_shares(one, utility="points")
    assert outcome.winners == ("a", "b")
    assert outcome.paid(0) == (("a", Fraction(9)), ("b", Fraction(4)))
    assert outcome.paid(2) == (("b", Fraction(8)),)
    assert [one.value for one in outcome.rounds] == [3, 4]
    votes = voting.effective_votes(outcome)
    assert votes[0].tolist() == pytest.approx([5, 3])


def test_who_loves_a_thing_more_pays_more_until_nothing_is_left():
    # 10 each; 9 points would pay 18 of 20, there are only 10.
    one = scored({"a": 20}, 30, "a9", "a1", "a1")
    outcome = voting.equal_shares(one, utility="points")
    assert [outcome.paid(voter) for voter in range(3)] == [
        (("a", Fraction(10)),),
        (("a", Fraction(5)),),
        (("a", Fraction(5)),),
    ]


@pytest.mark.usefixtures("judging")
def test_who_paid_more_for_the_first_has_less_for_the_second():
    # 10 each. a: 2 a point, 6 and 2. b: the first has only 4 left, the other pays 6.
    one = scored({"a": 8, "b": 10}, 20, "a3b1", "a1b1")
    outcome = voting.equal_shares(one, utility="points")
    assert outcome.paid(0) == (("a", Fraction(6)), ("b", Fraction(4)))
    assert outcome.paid(1) == (("a", Fraction(2)), ("b", Fraction(6)))


def test_by_cost_the_project_with_the_most_points_that_have_money_is_next():
    # b has more points; for the money a gives more.
    one = scored({"a": 10, "b": 30}, 40, "a1b2", "a1b2")
    assert voting.greedy_points(one).winners == ("b", "a")
    assert voting.greedy_points_per_cost(one).winners == ("a", "b")
    by_cost = voting.equal_shares(one, utility="points_cost")
    assert by_cost.winners == ("b", "a")
    assert voting.equal_shares(one, utility="points").winners == ("a", "b")


def test_the_last_place_of_a_ballot_is_one_point_and_each_above_one_more():
    one = replace(
        election({"a": 1, "b": 1, "c": 1}, 2, ["abc", "c", "", "ca"]),
        vote_type="ordinal",
    )
    assert one.scores.parts.tolist() == [3, 2, 1, 1, 2, 1]
    assert one.scores.total == (4, 2, 4)
    assert voting.greedy_points(one).winners == ("a", "c")
    assert voting.greedy_points(one).ties == ()
    assert voting.greedy_points(replace(one, budget=1)).ties == (("a", "c"),)


def test_points_below_zero_count_against_and_buy_nothing():
    one = scored({"a": 4, "b": 4}, 8, "a3b1", "a1b1")
    one = replace(one, points=tuple(map(Decimal, ("3", "1", "-2.5", "1"))))
    assert one.scores.total == (5, 20)
    assert voting.greedy_points(one).winners == ("b", "a")
    outcome = voting.equal_shares(one, utility="points", completion="add1")
    assert outcome.paid(1) and all(name == "b" for name, _much in outcome.paid(1))


@pytest.mark.parametrize(
    ("points", "says"),
    [(["0.1234567"], "more than six decimals"), ([str(2**51)], "more points than")],
)
def test_points_that_cannot_be_counted_exactly_are_refused(points, says):
    one = replace(
        election({"a": 1}, 1, ["a"]),
        vote_type="scoring",
        points=tuple(map(Decimal, points)),
    )
    with pytest.raises(VotingError, match=says):
        voting.greedy_points(one)


def test_without_ballots_nobody_pays():
    one = replace(election({"a": 1}, 1, []), vote_type="ordinal")
    assert voting.equal_shares(one, utility="points").winners == ()
