"""The parts of the router beside slow and obvious twins of them."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, sparse

from luoshi.engines.routing import deal_folds, group_twins
from luoshi.engines.routing.learning import Trust, learn_trust
from luoshi.engines.routing.measuring import calibration_error, macro_f1
from luoshi.engines.routing.solver import separate
from luoshi.engines.routing.text import codes, read, runs, unpack
from luoshi.engines.routing.vocabulary import Table, count_runs, find_words

SHORT = st.lists(st.text("水电路灯坏了ab", max_size=12), max_size=8)


@given(SHORT, st.integers(1, 4))
def test_runs_are_the_slices_of_each_text(texts, length):
    keys, owners = runs(*codes(texts), length)
    found = [(unpack(int(k)), int(o)) for k, o in zip(keys, owners, strict=True)]
    assert found == [
        (text[at : at + length], number)
        for number, text in enumerate(texts)
        for at in range(len(text) - length + 1)
    ]


@given(st.sets(st.integers(1, 2**64 - 1), max_size=300), st.lists(st.integers(1, 9)))
def test_a_table_finds_what_is_in_it_and_nothing_else(kept, asked):
    keys = np.array(sorted(kept), np.uint64)
    assert Table(keys).find(keys).tolist() == list(range(len(keys)))
    for number in asked:
        (found,) = Table(keys).find(np.array([number], np.uint64))
        assert (found >= 0) == (number in kept)


def test_words_are_found_that_stand_together_by_more_than_chance():
    draw = np.random.default_rng(0)
    others = list("东西南北中好坏大小多来去上下前后左右")
    texts = ["".join(draw.choice(others, 12)) for _text in range(300)]
    texts += [
        f"{draw.choice(others)}幼儿园{draw.choice(others)}" for _text in range(20)
    ]
    texts += ["".join(draw.permutation([*"幼儿园", *others])) for _text in range(9)]
    counted = {n: count_runs(texts, n) for n in range(1, 5)}
    words = {unpack(int(key)) for key in find_words(counted)}
    assert "幼儿园" in words
    # Never without what follows it: no word of its own.
    assert "幼儿" not in words


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("路灯 坏了  　　请 修", "路灯坏"),
        ("路灯坏了\n村口三盏路灯", "路灯坏"),
        ("路灯", "路灯"),
        ("村" * 60 + "\n请修", "村" * 22),
        ("ＡＢ路灯\u3000请修", "ab路灯"),
    ],
)
def test_a_subject_ends_at_a_line_or_a_wide_gap(text, subject):
    assert read(text)[0] == subject


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000))
def test_the_solver_finds_the_optimum_that_a_general_one_finds(seed):
    draw = np.random.default_rng(seed)
    x = draw.normal(size=(20, 4)).astype(np.float32)
    signs = draw.choice([-1, 1], size=(20, 2)).astype(np.float32)
    scale = draw.uniform(0.5, 2, size=(4, 2)).astype(np.float32)
    found = separate(sparse.csr_matrix(x), signs, scale, cost=1.0)

    def loss(w, k):
        hinge = np.maximum(0, 1 - signs[:, k] * (x @ (scale[:, k] * w)))
        return 0.5 * w @ w + (hinge**2).sum()

    for k in range(2):
        best = optimize.minimize(loss, np.zeros(4), (k,)).fun
        assert loss(found[:, k] / scale[:, k], k) <= best * 1.005 + 1e-4


def test_trust_follows_how_often_a_lead_was_right():
    draw = np.random.default_rng(1)
    lead = draw.uniform(0, 2, 4000)
    right = draw.random(4000) < 1 / (1 + np.exp(-2 * lead))
    scores = np.stack([lead, np.zeros(4000)], 1).astype(np.float32)
    trust = learn_trust(scores, np.where(right, 0, 1))
    confidence = trust.of(scores).max(1)
    assert calibration_error(confidence, right) < 0.03


@given(
    st.lists(st.lists(st.floats(-9, 9, width=32), min_size=3, max_size=3), min_size=1)
)
def test_confidences_add_up_and_keep_the_order_of_the_first(rows):
    scores = np.array(rows, np.float32)
    found = Trust(at=-1.0, by_lead=3.0).of(scores)
    assert np.allclose(found.sum(1), 1, atol=1e-5)
    first = found[np.arange(len(scores)), scores.argmax(1)]
    assert (first >= found.max(1) - 1e-6).all()


def test_figures_by_hand():
    assert macro_f1(np.array([0, 0, 1]), np.array([0, 1, 1])) == pytest.approx(2 / 3)
    error = calibration_error(np.array([0.9, 0.9], np.float32), np.array([True, False]))
    assert error == pytest.approx(0.4)


@settings(deadline=None)
@given(SHORT)
def test_twins_are_the_pairs_that_share_enough(texts):
    groups = group_twins(texts)
    for one, first in enumerate(texts):
        for other, second in enumerate(texts):
            a, b = _pieces(first), _pieces(second)
            same = first.strip()[:60] == second.strip()[:60]
            if same or len(a & b) > 0.8 * len(a | b):
                assert groups[one] == groups[other]


def _pieces(text):
    text = "".join(text.split())
    return {text[at : at + 3] for at in range(max(1, len(text) - 2))}


def test_texts_that_share_little_are_no_twins():
    assert len(set(group_twins(["村口路灯坏了三盏", "医保卡怎么办理", "学费"]))) == 3


def test_folds_keep_groups_together_and_are_about_equal():
    groups = np.repeat(np.arange(30), 4)
    folds = deal_folds(groups, 5, seed=3)
    assert all(len(set(folds[groups == group])) == 1 for group in range(30))
    assert np.bincount(folds).tolist() == [24] * 5
    assert (deal_folds(groups, 5, seed=3) == folds).all()
    assert (deal_folds(groups, 5, seed=4) != folds).any()
    assert math.isclose(folds.mean(), 2)
