"""Decay from inspections: the prior alone, many years seen, gaps, what is left out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.engines.planning import Kind, PlanningError, Seen, fit, matrix_of_life

PRIOR = matrix_of_life(20)


def walks(matrix, count, gap, seed):
    """Return pairs of inspections of assets that decay by a matrix."""
    rng = np.random.default_rng(seed)
    passed = np.linalg.matrix_power(np.array(matrix), gap)
    before = rng.integers(0, 5, count)
    return [
        Seen(int(one) + 1, int(rng.choice(5, p=passed[one])) + 1, gap) for one in before
    ]


def test_without_inspections_it_is_the_prior_but_for_leaps():
    told = fit([], PRIOR)
    assert told.used == 0
    assert np.abs(np.array(told.matrix) - PRIOR).max() <= 0.0101


@pytest.mark.parametrize("gap", [1, 3])
def test_thousands_of_inspections_find_the_true_decay(gap):
    true = matrix_of_life(8)
    told = fit(walks(true, 20_000, gap, 1), PRIOR)
    assert told.used == 20_000
    assert np.abs(np.array(told.matrix) - true).max() < 0.03


def test_one_year_is_counted_by_hand():
    seen = [Seen(1, 1, 1)] * 3 + [Seen(1, 2, 1)]
    told = fit(seen, PRIOR, strength=4.0)
    prior = 4.0 * 0.99 * PRIOR[0][1] + 4.0 * 0.01 / 4
    assert told.matrix[0][1] == pytest.approx((prior + 1) / 8)
    assert told.years[0] == pytest.approx(4)


def test_works_between_and_improvements_are_left_out():
    seen = [Seen(4, 1, 2, works=True), Seen(3, 2, 1), Seen(2, 2, 0)]
    told = fit(seen, PRIOR)
    assert (told.used, told.worked, told.improved) == (0, 1, 1)
    assert told.matrix == fit([], PRIOR).matrix


def test_a_leap_within_a_year_is_possible():
    told = fit([Seen(1, 5, 1)] * 5, PRIOR)
    assert told.matrix[0][4] > 0.3


@given(
    st.lists(
        st.builds(
            Seen, st.integers(1, 5), st.integers(1, 5), st.integers(0, 9), st.booleans()
        ),
        max_size=20,
    )
)
@settings(max_examples=30, deadline=None)
def test_what_is_fitted_can_be_planned_with(seen):
    told = fit(seen, PRIOR)
    Kind("road", told.matrix, ())
    assert told == fit(list(reversed(seen)), PRIOR)


@pytest.mark.parametrize(
    "wrong", [Seen(0, 1, 1), Seen(1, 6, 1), Seen(1, 2, -1), Seen(1, 2, 51)]
)
def test_an_inspection_that_cannot_be_is_refused(wrong):
    with pytest.raises(PlanningError):
        fit([wrong], PRIOR)


def test_a_prior_that_cannot_be_is_refused():
    with pytest.raises(PlanningError, match="improves"):
        fit([], (PRIOR[0], (0.1, 0.9, 0, 0, 0), *PRIOR[2:]))
    with pytest.raises(PlanningError, match="strength"):
        fit([], PRIOR, strength=0)
