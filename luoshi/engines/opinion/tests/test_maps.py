"""The whole map: what it must say, what must not change it, when it says nothing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from luoshi.engines import opinion
from luoshi.engines.opinion.tests.made import (
    BLOC,
    CONTESTED,
    STATEMENTS,
    blocs,
    drawn,
    line,
    noise,
)

FEW = opinion.Settings(resamples=5)


@pytest.fixture(scope="module")
def two_blocs():
    return opinion.fit(*blocs(12, 8))


def test_two_blocs_are_two_groups_the_larger_first(two_blocs):
    assert two_blocs.clear and two_blocs.apart
    assert [group.size for group in two_blocs.groups] == [12, 8]
    assert two_blocs.group.tolist() == [0] * 12 + [1] * 8
    assert two_blocs.stability == 1 and two_blocs.groups[0].stability == 1
    assert two_blocs.dimensions == 1 and two_blocs.votes == 20 * STATEMENTS
    assert two_blocs.silhouettes[2] == max(two_blocs.silhouettes.values())


def test_each_bloc_stands_for_its_own_and_all_share_the_rest(two_blocs):
    for group, sign in zip(two_blocs.groups, (1, -1), strict=True):
        for one in group.stances:
            assert one.statement < CONTESTED
            assert one.vote == (sign if one.statement % 2 == 0 else -sign)
            assert one.here.votes == group.size
    shared = {(one.statement, one.vote) for one in two_blocs.shared}
    assert shared == {(n, 1) for n in range(CONTESTED, STATEMENTS)}
    assert {one.statement for one in two_blocs.dividing} == set(range(CONTESTED))
    assert two_blocs.tallies[0] == (12, 8, 0) and two_blocs.tallies[16] == (20, 0, 0)


def test_people_who_react_alike_stand_together_and_axes_show_why(two_blocs):
    across = two_blocs.positions[:, 0]
    assert across[:12].std() < 0.01 < abs(across[:12].mean() - across[12:].mean())
    toward = np.sign(two_blocs.axes[:CONTESTED, 0])
    assert set(toward[::2]) == {-toward[1]} and len(set(toward[1::2])) == 1


@pytest.mark.parametrize(("groups", "statements"), [(2, 60), (3, 60), (4, 80), (5, 80)])
def test_groups_that_were_planted_are_found_again(groups, statements):
    *told, group = drawn(100 * groups, statements, groups, seed=groups)
    made = opinion.fit(*told, settings=FEW)
    assert len(made.groups) == groups and made.apart
    assert opinion.adjusted_rand(made.group, group) > 0.95


def test_groups_of_very_different_sizes_are_found_again():
    voters, statements, votes, group = drawn(700, 60, 7, seed=2)
    keep = (group[voters] < 2) & ((group[voters] == 0) | (voters < 140))
    made = opinion.fit(voters[keep], statements[keep], votes[keep], settings=FEW)
    assert [one.size for one in made.groups] == [100, 20]


def test_noise_has_no_groups_in_nineteen_of_twenty():
    shapes = [(40, 15, 0.9), (100, 30, 0.5), (250, 60, 0.2), (400, 40, 0.3)]
    told = [
        opinion.fit(*noise(voters, statements, seed, filled), settings=FEW)
        for seed in range(5)
        for voters, statements, filled in shapes
    ]
    assert sum(made.clear for made in told) <= 1
    silent = next(made for made in told if not made.clear)
    assert silent.groups == () and silent.stability is None and not silent.apart
    assert (silent.group == -1).all() and silent.dividing == ()
    assert np.ptp(silent.positions[:, 0]) > 0


def test_people_spread_over_a_line_do_not_stand_apart():
    for seed in range(3):
        assert not opinion.fit(*line(400, 50, seed), settings=FEW).apart


def test_without_groups_all_voters_together_share_what_they_share():
    voters, statements = np.divmod(np.arange(30 * 10), 10)
    made = opinion.fit(voters, statements, np.where(statements < 3, 1, -1))
    assert not made.clear and made.dimensions == 0
    assert [(one.statement, one.vote) for one in made.shared] == [
        (n, 1 if n < 3 else -1) for n in range(10)
    ]
    assert made.shared[0].by_group == ((30, 0, 0),)


def test_few_votes_have_a_place_but_steer_nothing():
    voters, statements, votes = blocs()
    lone = [(99, 0, 1), (99, 1, -1), (99, 2, 1), (98, 1, 1)]
    more = [
        np.append(old, new)
        for old, new in zip(
            (voters, statements, votes), zip(*lone, strict=True), strict=True
        )
    ]
    made, alone = opinion.fit(*more), opinion.fit(voters, statements, votes)
    assert made.voters[-2:] == (98, 99) and made.steers[-2:].tolist() == [False] * 2
    assert made.group[-2:].tolist() == [-1, -1]
    assert np.allclose(made.positions[:-2], alone.positions)
    assert [group.size for group in made.groups] == [BLOC, BLOC]
    # It agrees with what the first bloc stands for, so it is on that side.
    side = np.sign(made.positions[:, 0])
    assert side[-1] == side[0] and side[-2] == side[-3]
    # The votes count all the same where votes are counted.
    assert made.tallies[0].agree == alone.tallies[0].agree + 1
    assert made.groups[0].stances[0].here.votes == BLOC


def test_seven_votes_steer_and_the_number_may_be_set():
    voters, statements, votes = blocs()
    some = (voters > 0) | (statements < 7)
    told = voters[some], statements[some], votes[some]
    assert opinion.fit(*told, settings=FEW).steers.all()
    strict = replace(FEW, min_votes=8)
    assert opinion.fit(*told, settings=strict).steers.tolist() == [False] + [True] * 19


def test_the_last_vote_of_a_voter_on_a_statement_counts():
    voters, statements, votes = blocs()
    twice = [np.concatenate([one, one]) for one in (voters, statements)]
    made = opinion.fit(*twice, np.concatenate([-votes, votes]), settings=FEW)
    once = opinion.fit(voters, statements, votes, settings=FEW)
    assert made.votes == once.votes and made.tallies == once.tallies
    assert np.array_equal(made.positions, once.positions)


def test_statements_left_out_neither_steer_nor_show():
    voters, statements, votes = blocs()
    out = frozenset(range(CONTESTED))
    made = opinion.fit(
        voters, statements, votes, settings=replace(FEW, left_out=out, min_votes=2)
    )
    assert made.statements == tuple(range(CONTESTED, STATEMENTS))
    assert not made.clear and len(made.shared) == STATEMENTS - CONTESTED


@effort(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 3))
def test_the_order_of_votes_changes_nothing(order, seed):
    *told, _group = drawn(60, 20, 2, seed, filled=0.6)
    rows = list(zip(*told, strict=True))
    order.shuffle(rows)
    one = opinion.fit(*told, settings=FEW)
    two = opinion.fit(*map(np.array, zip(*rows, strict=True)), settings=FEW)
    assert np.array_equal(one.positions, two.positions)
    assert one.groups == two.groups and one.shared == two.shared


@pytest.mark.parametrize("make", [opinion.fit, opinion.fit_as_polis])
def test_new_names_of_voters_and_statements_change_no_group(make):
    voters, statements, votes, _group = drawn(150, 40, 3, seed=5)
    rng = np.random.default_rng(0)
    renamed, reworded = rng.permutation(150), rng.permutation(40)
    one = make(voters, statements, votes)
    two = make(renamed[voters], [f"意见{n}" for n in reworded[statements]], votes)
    moved = two.group[renamed]
    assert opinion.adjusted_rand(one.group, moved) == 1 and len(one.groups) == 3
    said = [{f"意见{reworded[one.statement]}" for one in g.stances} for g in one.groups]
    again = [{one.statement for one in group.stances} for group in two.groups]
    assert all(len(a & b) >= len(a) - 1 for a, b in zip(said, again, strict=True))


def test_the_same_seed_makes_the_same_map_and_another_the_same_groups():
    *told, _group = drawn(150, 40, 3, seed=6)
    one, two = opinion.fit(*told), opinion.fit(*told)
    assert np.array_equal(one.positions, two.positions) and one.groups == two.groups
    other = opinion.fit(*told, settings=opinion.Settings(seed=7))
    assert opinion.adjusted_rand(one.group, other.group) == 1


def test_groups_keep_their_numbers_and_axes_their_way_from_map_to_map():
    voters, statements, votes = blocs(12, 8)
    before = opinion.fit(voters, statements, votes, settings=FEW)
    # Ten more join the smaller bloc, which is then the larger one.
    more = blocs(0, 10)
    told = [
        np.concatenate([voters, more[0] + 20]),
        np.concatenate([statements, more[1]]),
        np.concatenate([votes, more[2]]),
    ]
    assert [one.size for one in opinion.fit(*told, settings=FEW).groups] == [18, 12]
    turned = replace(before, positions=-before.positions, axes=-before.axes)
    for old in (before, turned):
        made = opinion.fit(*told, settings=FEW, before=old)
        assert [one.size for one in made.groups] == [12, 18]
        assert made.group[:20].tolist() == before.group.tolist()
        assert (made.positions[:20, 0] * old.positions[:, 0] > 0).all()
        assert (made.axes[:CONTESTED, 0] * old.axes[:CONTESTED, 0] > 0).all()


def test_a_map_before_of_other_people_changes_nothing():
    told = blocs()
    strangers = opinion.fit(told[0] + 500, *told[1:], settings=FEW)
    alone = opinion.fit(*told, settings=FEW)
    after = opinion.fit(*told, settings=FEW, before=strangers)
    assert np.array_equal(after.positions, alone.positions)
    assert after.groups == alone.groups


def test_a_group_of_too_few_people_is_none():
    told = blocs(17, 3)
    assert not opinion.fit(*told, settings=FEW).clear
    allowed = opinion.fit(*told, settings=replace(FEW, fewest_members=3))
    assert [group.size for group in allowed.groups] == [17, 3]


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"min_votes": 0}, "min_votes"),
        ({"fewest_groups": 1}, "fewest_groups"),
        ({"most_groups": 1}, "most_groups"),
        ({"fewest_members": 0}, "fewest_members"),
        ({"resamples": 1}, "resamples"),
        ({"false_discovery": 1}, "false_discovery"),
    ],
)
def test_settings_that_make_no_sense_are_refused(setting, said):
    with pytest.raises(opinion.OpinionError, match=said):
        opinion.Settings(**setting)


@pytest.mark.parametrize("make", [opinion.fit, opinion.fit_as_polis])
@pytest.mark.parametrize(
    "told",
    [
        ([], [], []),
        ([1], [1], [1]),
        ([1] * 20, range(20), [1, -1] * 10),
        (range(20), [1] * 20, [0] * 20),
        ([*range(20)] * 8, np.repeat(np.arange(8), 20), [1] * 160),
        ([*range(20)] * 8, np.repeat(np.arange(8), 20), [0] * 160),
    ],
    ids=["none", "one vote", "one voter", "one statement", "all agree", "all unsure"],
)
def test_nothing_to_part_makes_a_map_without_groups(make, told):
    made = make(*told)
    assert made.groups == () and not made.clear and made.stability is None
    assert made.positions.shape == (len(made.voters), 2)
    assert np.isfinite(made.positions).all() and (made.group == -1).all()
    assert sum(tally.votes for tally in made.tallies) == made.votes == len(told[2])


@effort(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 12), st.integers(0, 6), st.sampled_from([1, 1, 0, -1])
        ),
        max_size=120,
    ),
    st.integers(1, 4),
)
def test_any_votes_make_a_map_that_agrees_with_itself(rows, min_votes):
    told = zip(*rows, strict=True) if rows else ([], [], [])
    settings = opinion.Settings(min_votes=min_votes, fewest_members=1, resamples=2)
    told = [list(column) for column in told]
    for make in (opinion.fit, opinion.fit_as_polis):
        made = make(*told, settings=settings)
        last = {(voter, statement): vote for voter, statement, vote in rows}
        assert made.votes == len(last)
        assert [tally.votes for tally in made.tallies] == [
            sum(statement == one for _voter, statement in last)
            for one in made.statements
        ]
        assert np.isfinite(made.positions).all() and np.isfinite(made.axes).all()
        sizes = [int((made.group == group.number).sum()) for group in made.groups]
        assert sizes == [group.size for group in made.groups] and 0 not in sizes
        assert len(made.groups) != 1
        assert (made.group[~made.steers] == -1).all()
