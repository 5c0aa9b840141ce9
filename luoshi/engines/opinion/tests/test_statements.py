"""What is said of statements, solved by hand or known from the sources."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.engines.opinion.statements import (
    _least_lead,
    _two_proportions,
    benjamini_hochberg,
    dividing,
    shared,
    stances,
    wilson_low,
)

# groups x statements x (agree, disagree, unsure)
COUNTS = np.array(
    [
        [[27, 3, 0], [2, 28, 0], [29, 1, 0], [15, 15, 0], [0, 0, 0]],
        [[3, 27, 0], [1, 29, 0], [28, 0, 2], [15, 15, 0], [0, 0, 0]],
    ]
)
NAMES = ["divides", "all against", "all for", "open", "unheard"]


def test_a_group_stands_for_what_sets_it_apart_and_for_nothing_else():
    first, second = stances(NAMES, COUNTS, 0.05)
    assert [(one.statement, one.vote) for one in first] == [("divides", 1)]
    assert [(one.statement, one.vote) for one in second] == [("divides", -1)]
    assert first[0].here == (27, 3, 0) and first[0].elsewhere == (3, 27, 0)
    assert 0.5 < first[0].lead < 0.8 and first[0].q < 1e-6


def test_what_a_minority_of_the_group_says_is_not_its_stance():
    counts = np.array([[[40, 0, 60]], [[0, 40, 60]]])
    assert stances(["weak"], counts, 0.05) == ((), ())
    assert len(stances(["strong"], counts[:, :, [0, 1, 2]] * [2, 2, 1], 0.05)[0]) == 1


def test_few_votes_are_ranked_below_many_of_the_same_shares():
    counts = np.array([[[5, 0, 0], [50, 0, 0]], [[0, 5, 0], [0, 50, 0]]])
    (first, _second) = stances(["few", "many"], counts, 0.05)
    assert [one.statement for one in first] == ["many", "few"]


def test_what_all_share_needs_each_group():
    found = shared(NAMES, COUNTS)
    assert [(one.statement, one.vote) for one in found] == [
        ("all against", -1),
        ("all for", 1),
    ]
    assert found[1].least == pytest.approx(28 / 30, abs=1e-4)
    assert found[1].consensus == pytest.approx(30 / 32 * 29 / 32, abs=1e-4)
    assert found[0].consensus == pytest.approx(29 / 32 * 30 / 32, abs=1e-4)
    # A large group for it does not outvote a small one against it.
    assert shared(["x"], np.array([[[900, 0, 0]], [[2, 8, 0]]])) == ()


def test_what_divides_has_a_sure_majority_on_both_sides():
    (found,) = dividing(NAMES, COUNTS)
    assert found.statement == "divides"
    assert found.agree == (0,) and found.disagree == (1,)
    assert dividing(["x"], np.array([[[9, 0, 0]], [[2, 3, 0]]])) == ()


def test_without_groups_nothing_is_claimed_of_groups():
    none = COUNTS[:0]
    assert stances(NAMES, none, 0.05) == shared(NAMES, none) == dividing(NAMES, none)
    assert stances(NAMES, COUNTS[:1], 0.05) == ((),)
    assert dividing(NAMES, COUNTS[:1]) == ()


def test_false_discoveries_by_the_example_of_benjamini_and_hochberg():
    # The fifteen chances of their section 3.2: four are kept at 5 %.
    chances = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    chances += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    q = benjamini_hochberg(np.array(chances))
    assert (q <= 0.05).sum() == 4
    assert q[3] == pytest.approx(0.0095 * 15 / 4)
    assert q[-1] == 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_false_discoveries_are_what_the_step_up_rule_keeps(chances):
    q = benjamini_hochberg(np.array(chances))
    for level in (0.05, 0.2):
        ordered = sorted(chances)
        kept = [n for n, p in enumerate(ordered, 1) if p * len(chances) / n <= level]
        assert (q <= level).sum() == (max(kept) if kept else 0)


def test_the_interval_of_a_difference_by_newcombe():
    # His table II, method 10, 56/70 against 48/80: 0.0524 to 0.3339.
    found = _least_lead(*map(np.float64, (56, 70, 48, 80)))
    assert found == pytest.approx(0.0524, abs=5e-5)


def test_two_proportions_solved_by_hand():
    # 15/20 against 5/20: pooled 1/2, error sqrt(1/4 * 1/10), z = 3.1623.
    found = _two_proportions(*map(np.float64, (15, 20, 5, 20)))
    assert found == pytest.approx(0.000783, abs=1e-6)
    # Where all say the same there is no difference to find.
    assert _two_proportions(*map(np.float64, (20, 20, 20, 20))) == 0.5


def test_the_interval_of_a_share_by_wilson():
    z = 1.959964
    assert wilson_low(np.float64(81), np.float64(263), z) == pytest.approx(
        0.2553, abs=1e-4
    )
    assert wilson_low(np.float64(0), np.float64(0), z) == 0
