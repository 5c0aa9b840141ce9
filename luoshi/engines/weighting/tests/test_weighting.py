"""Weights and shares against hand-solved cases and a slow reference."""

from fractions import Fraction
from itertools import pairwise
from math import comb, inf, nan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from luoshi.engines.weighting import (
    UNSAID,
    WeightingError,
    covered,
    effective_size,
    gaps,
    interval,
    rake,
    shares,
)
from luoshi.engines.weighting.heard import lower_tail
from luoshi.engines.weighting.raking import ROUNDS, SETTLED
from luoshi.engines.weighting.shares import Z


def test_one_margin_is_post_stratification():
    # 3 women and 1 man answered where as many women as men live.
    weights = rake([[0, 0, 0, 1]], [[500, 500]])
    assert weights.values == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])
    assert weights.effective == pytest.approx(16 / (3 * 4 / 9 + 4))
    assert weights.off == pytest.approx(0)
    assert (weights.cut, weights.unheard) == (0, ((),))


def test_two_margins_with_an_even_sample_are_the_product_of_both():
    weights = rake([[0, 0, 1, 1], [0, 1, 0, 1]], [[30, 10], [10, 30]])
    assert weights.values == pytest.approx([0.75, 2.25, 0.25, 0.75])
    assert weights.effective == pytest.approx(16 / (2 * 0.75**2 + 2.25**2 + 0.25**2))


def test_no_answer_counts_more_than_five():
    codes = [0] * 19 + [1]
    assert rake([codes], [[10, 10]], most=11).values[-1] == pytest.approx(10)
    cut = rake([codes], [[10, 10]])
    assert cut.values[-1] == pytest.approx(5)
    assert cut.values[0] == pytest.approx(15 / 19)
    assert cut.values.mean() == pytest.approx(1)
    assert (cut.cut, cut.off) == (1, pytest.approx(0.25))


def test_nobody_who_answered_counts_for_nothing():
    # By the table one in a thousand lives where all but one answered.
    weights = rake([[0] * 9 + [1]], [[1, 999]], most=2)
    assert weights.values == pytest.approx([8 / 9] * 9 + [2])
    low = rake([[0] + [1] * 9], [[1, 999]], most=2)
    assert low.values == pytest.approx([0.5] + [9.5 / 9] * 9)
    assert low.cut == 1


def test_groups_without_an_answer_are_named_and_the_others_share():
    weights = rake([[0, 2]], [[10, 60, 30, 0]])
    assert weights.unheard == ((1,),)
    assert weights.values == pytest.approx([0.5, 1.5])


def test_what_is_unsaid_moves_nothing():
    weights = rake([[0, 1, UNSAID, UNSAID]], [[3, 1]])
    assert weights.values == pytest.approx([1.5, 0.5, 1, 1])
    # Nobody lives in group 1 by the table: its answer is as one that says nothing.
    assert rake([[0, 1]], [[5, 0]]).values == pytest.approx([1, 1])
    assert rake([[UNSAID, UNSAID]], [[5, 5]]).unheard == ((0, 1),)


def test_margins_that_contradict_each_other_are_told_by_what_is_off():
    # All of village 0 are women, all of village 1 men, and the tables disagree.
    weights = rake([[0, 1], [0, 1]], [[80, 20], [50, 50]])
    assert weights.off > 0.1


@pytest.mark.parametrize(
    ("groups", "margins"),
    [
        ([], []),
        ([[0]], []),
        ([[1]], [[5]]),
        ([[-2]], [[5]]),
        ([[0]], [[-1]]),
        ([[0]], [[nan]]),
        ([[0]], [[inf]]),
        ([[0, 0], [0]], [[1], [1]]),
        ([[[0]]], [[1]]),
    ],
)
def test_what_cannot_be_weighed_is_refused(groups, margins):
    with pytest.raises(WeightingError):
        rake(groups, margins)


def test_the_largest_weight_is_above_the_mean():
    with pytest.raises(WeightingError):
        rake([[0]], [[1]], most=1)


def test_none_and_one_answer():
    none = rake([[]], [[5, 5]])
    assert (len(none.values), none.effective, none.unheard) == (0, 0, ((0, 1),))
    one = rake([[1]], [[5, 5]])
    assert (list(one.values), one.effective, one.cut) == ([1], 1, 0)
    assert rake([[0, 0]], [[0, 0]]).values == pytest.approx([1, 1])


def bounded(weights, most):
    """Scale until the mean is one within bounds; between two corners it is a line."""
    if not weights:
        return weights

    def at(scale):
        return [min(max(scale * w, 1 / most), most) for w in weights]

    corners = sorted(bound / w for w in weights for bound in (1 / most, most))
    for low, high in pairwise(corners):
        under, over = sum(at(low)) / len(weights), sum(at(high)) / len(weights)
        if under <= 1 <= over and under < over:
            return at(low + (high - low) * (1 - under) / (over - under))
    raise AssertionError("There is always one")


def slowly(groups, margins, most):
    """Rake one answer and one group at a time, as a person would with a pencil."""
    weights = [1.0] * len(groups[0])
    for _round in range(ROUNDS):
        before = weights[:]
        for codes, people in zip(groups, margins, strict=True):
            here = [g for g in range(len(people)) if people[g] and g in codes]
            members = {g: [i for i, one in enumerate(codes) if one == g] for g in here}
            said = sum(weights[i] for g in here for i in members[g])
            lived = sum(people[g] for g in here)
            sums = {g: sum(weights[i] for i in members[g]) for g in here}
            for g in here:
                for i in members[g]:
                    weights[i] *= said * people[g] / lived / sums[g]
        weights = bounded(weights, most)
        if max(abs(a - b) for a, b in zip(weights, before, strict=True)) < SETTLED:
            break
    return weights


@some.composite
def answered(draw):
    size = draw(some.integers(1, 12))
    sides = draw(some.lists(some.integers(1, 4), min_size=1, max_size=3))
    groups = [
        draw(some.lists(some.integers(UNSAID, side - 1), min_size=size, max_size=size))
        for side in sides
    ]
    margins = [
        draw(some.lists(some.integers(0, 900), min_size=side, max_size=side))
        for side in sides
    ]
    return groups, margins


@settings(max_examples=40, deadline=None)
@given(answered(), some.sampled_from([1.5, 3, 5]))
def test_raking_is_what_it_is_by_hand(drawn, most):
    groups, margins = drawn
    weights = rake(groups, margins, most=most)
    values = weights.values
    assert values.mean() == pytest.approx(1)
    assert values.min() >= (1 - 1e-9) / most
    assert values.max() <= most * (1 + 1e-9)
    assert 1 - 1e-9 <= weights.effective <= len(values) * (1 + 1e-9)
    assert values == pytest.approx(slowly(groups, margins, most), abs=1e-3)


@settings(max_examples=40, deadline=None)
@given(answered(), some.randoms(use_true_random=False))
def test_the_order_of_answers_decides_nothing(drawn, chance):
    groups, margins = drawn
    order = list(range(len(groups[0])))
    chance.shuffle(order)
    moved = [[codes[i] for i in order] for codes in groups]
    values = rake(groups, margins).values
    assert rake(moved, margins).values == pytest.approx(values[order], abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(answered())
def test_the_size_of_the_table_decides_nothing(drawn):
    groups, margins = drawn
    ten = [[10 * people for people in one] for one in margins]
    assert rake(groups, ten).values == pytest.approx(
        rake(groups, margins).values, abs=1e-6
    )


def test_the_effective_size():
    assert effective_size([2, 2, 2]) == pytest.approx(3)
    assert effective_size([3, 1]) == pytest.approx(1.6)
    assert effective_size([5e-200, 5e-200]) == pytest.approx(2)
    assert effective_size([]) == 0
    assert effective_size([0, 0]) == 0


def test_shares_of_a_question():
    chosen = [[1, 0], [1, 1], [0, 0], [0, 1]]
    first, second = shares(chosen, [1, 1, 1, 3])
    assert (first.count, first.of, first.raw) == (2, 4, 0.5)
    assert first.weighed == pytest.approx(1 / 3)
    assert second.weighed == pytest.approx(4 / 6)
    # Wilson's interval of 1/3 with 36/12 = 3 answers, as its textbook form has it.
    p, n = 1 / 3, 3
    half = Z * sqrt(p * (1 - p) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
    middle = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
    assert (first.low, first.high) == pytest.approx((middle - half, middle + half))
    assert first.margin == pytest.approx(half)


def test_shares_of_nothing_and_of_one():
    assert shares(np.zeros((0, 1)), [])[0].weighed == 0
    alone = shares([[1]], [1])[0]
    assert alone.weighed == 1
    # One answer says next to nothing of a thousand people.
    assert (alone.low, alone.high) == (pytest.approx(0.2065, abs=1e-4), 1)
    assert shares([[1]], [0])[0].low == 0


@pytest.mark.parametrize(
    ("chosen", "weights"), [([1, 0], [1, 1]), ([[1]], [1, 1]), ([[1]], [-1])]
)
def test_shares_need_a_weight_for_each(chosen, weights):
    with pytest.raises(WeightingError):
        shares(chosen, weights)


def test_a_small_population_narrows_the_interval():
    wide = interval(0.5, 100)
    half = interval(0.5, 100, answers=100, people=199)
    # (199 - 1) / (199 - 100) = 2: as if twice as many had answered.
    assert half == pytest.approx(interval(0.5, 200))
    assert half[0] > wide[0]
    # Everybody answered: nothing is open. A table with fewer people is out of date.
    assert interval(0.5, 80, answers=100, people=100) == (0.5, 0.5)
    assert interval(0.5, 100, answers=100, people=99) == wide
    assert interval(0.5, 1, answers=1, people=0) == interval(0.5, 1)


@given(some.floats(0, 1), some.floats(0.5, 5000), some.integers(0, 900))
def test_an_interval_holds_its_share(share, effective, answers):
    low, high = interval(share, effective, answers=answers, people=1000)
    assert 0 <= low <= share <= high <= 1


def test_who_has_not_been_heard():
    # 40 answers; a tenth of the people gave none, half of them gave 10 instead of 20.
    found = gaps([10, 30, 0, 0], [500, 400, 100, 0])
    assert [(gap.group, gap.nobody) for gap in found] == [(0, False), (2, True)]
    assert [gap.missing for gap in found] == pytest.approx([10, 4])
    assert found[0].people == 500
    assert covered([10, 30, 0, 0], [500, 400, 100, 0]) == pytest.approx(0.9)
    # 18 instead of 20 is chance.
    assert gaps([18, 22], [500, 500]) == []


def test_nobody_heard_and_nobody_there():
    assert [gap.group for gap in gaps([0, 0], [5, 9])] == [1, 0]
    assert gaps([0, 3], [0, 0]) == []
    assert gaps([], []) == []
    assert covered([], []) == 0
    with pytest.raises(WeightingError):
        gaps([1], [1, 2])
    with pytest.raises(WeightingError):
        gaps([-1], [1])


@given(some.integers(0, 30), some.integers(0, 30), some.integers(0, 20))
def test_the_tail_is_the_sum_of_its_terms(most, draws, twentieths):
    share = Fraction(twentieths, 20)
    exact = sum(
        comb(draws, hits) * share**hits * (1 - share) ** (draws - hits)
        for hits in range(min(most, draws) + 1)
    )
    assert lower_tail(most, draws, twentieths / 20) == pytest.approx(float(exact))
