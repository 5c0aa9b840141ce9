"""Candidate pairs and linkage against slow, plain ways to say the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.engines.similarity.features import Text, learn, vectors
from luoshi.engines.similarity.linkage import Cut, Groups, join
from luoshi.engines.similarity.pairs import candidates, likeness

SYLLABLES = [
    "青山",
    "白水",
    "搅拌",
    "噪音",
    "粉尘",
    "道路",
    "积水",
    "养老",
    "认证",
    "花园",
]
LINES = st.lists(
    st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=6).map("，".join),
    min_size=2,
    max_size=9,
)
ALL = {"keys": 1000, "following": 1000}


def space_of(lines):
    texts = [Text("", line) for line in lines]
    return vectors(texts, learn(texts))


def plain_score(members, one, other, place, cut):
    """Score two groups by dense sums."""
    whole, parts = members
    a, b = whole[one].sum(0), whole[other].sum(0)
    p, q = parts[one].sum(0), parts[other].sum(0)

    def cosine(left, right):
        return left @ right / max(np.sqrt((left @ left) * (right @ right)), 1e-6)

    score = min(cosine(a, b), cosine(p[~place], q[~place]) / cut.matter)
    shares = [(row[place] @ row[place]) / max(row @ row, 1e-6) for row in (a, b)]
    if min(shares) > cut.placed:
        score = min(score, cosine(p[place], q[place]) / cut.place)
    return 0.0 if a @ b < cut.mean * len(one) * len(other) else score


def plain_join(space, cut):
    """Join mutually nearest groups one pair at a time while any is near enough."""
    members = space.whole.toarray(), space.parts.toarray()
    groups = [[row] for row in range(space.whole.shape[0])]
    while True:
        scores = {
            (i, j): plain_score(members, groups[i], groups[j], space.place, cut)
            for i in range(len(groups))
            for j in range(i)
        }
        if not scores or max(scores.values()) < cut.whole:
            return {frozenset(group) for group in groups}
        i, j = max(scores, key=lambda pair: scores[pair])
        groups[j] += groups.pop(i)


def joined(space, cut=None, **told):
    rows = space.whole.shape[0]
    start = told.pop("start", np.arange(rows))
    topic = told.pop("topic", np.full(rows, -1))
    label = join(
        space, candidates(space, **ALL), cut or Cut(), start=start, topic=topic, **told
    )
    return {frozenset(np.flatnonzero(label == name).tolist()) for name in set(label)}


@given(LINES)
@settings(max_examples=60, deadline=None)
def test_scores_are_those_of_dense_sums(lines):
    space, cut = space_of(lines), Cut()
    members = space.whole.toarray(), space.parts.toarray()
    step = np.arange(len(lines)) // 2
    groups = Groups(
        space.whole,
        space.parts,
        np.ones(len(lines)),
        np.full(len(lines), -1),
        np.full(len(lines), -1),
        space.place,
    ).add_up(step)
    for one in range(step.max()):
        got = groups.score(np.array([one]), np.array([one + 1]), cut)[0]
        rows = [np.flatnonzero(step == number).tolist() for number in (one, one + 1)]
        plain = plain_score(members, *rows, space.place, cut)
        assert got == pytest.approx(plain, abs=1e-4)


@pytest.mark.parametrize(
    "lines",
    [
        [
            "青山花园搅拌站噪音",
            "青山花园搅拌站粉尘噪音",
            "白水养老认证",
            "白水认证养老难",
        ],
        ["青山噪音", "青山噪音", "青山噪音", "白水道路积水"],
        ["青山道路", "白水花园", "粉尘认证"],
        [
            "青山花园搅拌",
            "青山花园搅拌噪音",
            "青山花园搅拌粉尘",
            "养老认证",
            "养老认证难",
        ],
    ],
)
def test_joining_at_once_is_joining_the_nearest_one_by_one(lines):
    assert joined(space_of(lines)) == plain_join(space_of(lines), Cut())


@given(LINES)
@settings(max_examples=60, deadline=None)
def test_all_texts_that_share_a_piece_are_candidates(lines):
    space = space_of(lines)
    left, right = candidates(space, **ALL)
    found = set(zip(left.tolist(), right.tolist(), strict=True))
    shared = (space.whole @ space.whole.T).toarray() > 0
    assert found == set(zip(*np.nonzero(np.triu(shared, 1)), strict=True))


@given(LINES)
@settings(max_examples=60, deadline=None)
def test_likeness_is_the_dense_product(lines):
    space = space_of(lines)
    left, right = candidates(space, **ALL)
    every, matter, place = likeness(space.whole, space.parts, space.place, left, right)
    whole, parts = space.whole.toarray(), space.parts.toarray()
    for at, (a, b) in enumerate(zip(left, right, strict=True)):
        assert every[at] == pytest.approx(whole[a] @ whole[b], abs=1e-5)
        both = parts[a] * parts[b]
        assert place[at] == pytest.approx(both[space.place].sum(), abs=1e-5)
        assert matter[at] == pytest.approx(both[~space.place].sum(), abs=1e-5)


@given(LINES, st.data())
@settings(max_examples=60, deadline=None)
def test_a_persons_word_is_never_broken(lines, data):
    space, rows = space_of(lines), len(lines)
    row = st.integers(0, rows - 1)
    apart = [
        pair for pair in data.draw(st.lists(st.tuples(row, row))) if pair[0] != pair[1]
    ]
    topic = np.array(
        data.draw(st.lists(st.sampled_from([-1, 5, 6]), min_size=rows, max_size=rows))
    )
    village = np.array(
        data.draw(st.lists(st.sampled_from([-1, 0, 1]), min_size=rows, max_size=rows))
    )
    found = joined(space, topic=topic, apart=apart, village=village)
    for group in found:
        assert len({village[row] for row in group} - {-1}) <= 1
        assert len({topic[row] for row in group} - {-1}) <= 1
        assert not any({one, other} <= group for one, other in apart)
    assert sorted(row for group in found for row in group) == list(range(rows))


def test_candidates_grow_with_the_texts_and_not_with_their_square():
    def pairs(rows):
        line = "青山花园搅拌站噪音"
        return len(candidates(space_of([f"{line}{at:05}" for at in range(rows)]))[0])

    # Four times as many would be the square.
    assert pairs(4000) < 2.5 * pairs(2000)
