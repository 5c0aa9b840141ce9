"""Orders are drawn by how many reacted, never by how; shares make a hundred."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.consultations.order import draw_order
from luoshi.consultations.results import hundredths, surely


@given(
    seen=st.dictionaries(st.integers(1, 50), st.integers(0, 100_000), max_size=30),
    pull=st.sampled_from([0, 1, 2]),
    seed=st.integers(0, 1000),
)
def test_each_is_drawn_once_and_the_same_chance_draws_the_same(seen, pull, seed):
    order = draw_order(seen, pull, Random(seed))
    assert sorted(order) == sorted(seen)
    assert order == draw_order(dict(reversed(seen.items())), pull, Random(seed))


@pytest.mark.parametrize(("pull", "least", "most"), [(0, 450, 550), (1, 700, 820)])
def test_less_seen_ones_come_sooner_as_often_as_said(pull, least, most):
    # Weights 1 and 1/3 for none and eight reactions: three times of four.
    chance = Random(7)
    first = sum(draw_order({1: 0, 2: 8}, pull, chance)[0] == 1 for _n in range(1000))
    assert least <= first <= most


def test_a_strong_pull_still_lets_others_be_heard():
    chance = Random(7)
    first = [draw_order({1: 0, 2: 3}, 2, chance)[0] for _n in range(1000)]
    # Weights 1 and 1/16.
    assert 20 <= first.count(2) <= 100


@given(st.lists(st.integers(0, 10_000), min_size=3, max_size=3))
def test_shares_make_a_hundred(counts):
    shares = hundredths(counts)
    total = sum(counts)
    assert sum(shares) == (100 if total else 0)
    for count, share in zip(counts, shares, strict=True):
        assert not total or abs(share - 100 * count / total) < 1


def test_wilsons_interval_by_hand():
    # 8 of 10, z = 1.6449: (0.8 + 0.1353 - 0.2482) / 1.2706 = 0.5408
    assert surely(8, 10) == pytest.approx(0.5408, abs=5e-4)
    assert surely(0, 0) == 0 and surely(0, 10) == pytest.approx(0)
    assert surely(80, 100) > surely(8, 10)
