"""Groups out of candidate pairs, in rounds of mutually nearest groups.

Two groups join when each is the other's nearest and their sums of rows point the same
way: in all, in the matter, and in the place if both speak of one. A sum keeps what the
members share and averages away what each says alone, so that a group becomes surer as
it grows, and nothing chains: a text that is near to one member only is far from the
sum. Nothing is compared member by member, so a round costs what its pairs cost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from luoshi.engines.similarity.features import Space
from luoshi.engines.similarity.pairs import Floats, Ints, likeness

__all__ = ["Cut", "join"]

Rows = NDArray[np.int32]
# Below this length a sum is nothing, and no likeness is measured from it.
NOTHING = 1e-6
# So many pairs are compared at once.
SLICE = 2_000_000


@dataclass(frozen=True)
class Cut:
    """How alike two groups must be to join.

    `whole` is the least cosine of their sums. The cosine of the matter must be at least
    `matter` times that, so that one estate's potholes and its plant stay apart, and of
    the place `place` times, so that two estates' plants do. Places are compared if they
    make up `placed` of each sum: names that a complaint mentions by the way cancel out.
    `mean` is the least mean cosine between members: two loose heaps do not join.
    """

    whole: float = 0.25
    matter: float = 0.55
    place: float = 0.6
    placed: float = 0.08
    mean: float = 0.06


@dataclass
class Groups:
    """The groups of a round: sums of their members' rows, and the topics they are."""

    whole: sparse.csr_matrix
    parts: sparse.csr_matrix
    size: Floats
    topic: Ints
    village: Ints
    place: NDArray[np.bool_]

    @cached_property
    def lengths(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Return the lengths of all, matter and place, and the share of the place."""
        every, places = self._squares(self.whole)
        both, named = self._squares(self.parts)
        lengths = [
            np.sqrt(np.maximum(part, NOTHING)) for part in (every, both - named, named)
        ]
        return lengths[0], lengths[1], lengths[2], places / np.maximum(every, NOTHING)

    def _squares(self, matrix: sparse.csr_matrix) -> tuple[Floats, Floats]:
        rows = matrix.shape[0]
        row = np.repeat(np.arange(rows), np.diff(matrix.indptr))
        square = matrix.data.astype(np.float64) ** 2
        named = square * self.place[matrix.indices]
        every: Floats = np.bincount(row, square, rows).astype(np.float64)
        return every, np.bincount(row, named, rows).astype(np.float64)

    def score(self, left: Ints, right: Ints, cut: Cut) -> Floats:
        """Return the likeness of pairs of groups, to be compared with `cut.whole`."""
        whole, matter, place, share = self.lengths
        every, said, named = likeness(self.whole, self.parts, self.place, left, right)
        score = every / (whole[left] * whole[right])
        score = np.minimum(score, said / (matter[left] * matter[right]) / cut.matter)
        of_place = named / (place[left] * place[right]) / cut.place
        speak = np.minimum(share[left], share[right]) > cut.placed
        score = np.where(speak, np.minimum(score, of_place), score)
        return np.where(every < cut.mean * self.size[left] * self.size[right], 0, score)

    def add_up(self, step: Ints) -> "Groups":
        """Return the groups in which each of these is one of group `step`."""
        count = int(step.max(initial=-1)) + 1
        ones = np.ones(len(step), np.float32)
        at = (step, np.arange(len(step)))
        gather = sparse.csr_matrix((ones, at), (count, len(step)))
        topic = np.full(count, -1)
        np.maximum.at(topic, step, self.topic)
        village = _common(step, self.village, count)
        size: Floats = np.bincount(step, self.size, count).astype(np.float64)
        # Their columns stay those of the rows: a product sorts nothing by itself.
        whole, parts = (gather @ self.whole).tocsr(), (gather @ self.parts).tocsr()
        whole.sort_indices()
        parts.sort_indices()
        return Groups(whole, parts, size, topic, village, self.place)


def join(
    space: Space,
    pairs: tuple[Rows, Rows],
    cut: Cut,
    *,
    start: Ints,
    topic: Ints,
    village: Ints | None = None,
    apart: Sequence[tuple[int, int]] = (),
) -> Ints:
    """Return the group of each row.

    Rows with the same number in `start` are together from the beginning. `topic` is the
    topic of a row, or -1: groups of two topics never join. `village` is its village, or
    -1: groups of two villages do not join either. `apart` are rows that must not come
    together.
    """
    group = start
    where = np.full(len(start), -1) if village is None else village
    ones = np.ones(len(start))
    groups = Groups(space.whole, space.parts, ones, topic, where, space.place)
    if group.max(initial=-1) + 1 < len(group):
        groups = groups.add_up(group)
    else:
        group = np.arange(len(start))
    left, right, score = _near(groups, group, pairs, cut)
    kept_apart = np.array(apart, np.int64).reshape(-1, 2)
    while True:
        # What is far apart comes near by joins only if it is half near now.
        near = score >= cut.whole / 2
        left, right, score = left[near], right[near], score[near]
        good = np.flatnonzero(score >= cut.whole)
        good = good[_permitted(groups, group, kept_apart, left[good], right[good])]
        step = _mutual(len(groups.size), left[good], right[good], score[good])
        if step is None:
            return group
        touched = np.bincount(step) > 1
        group, groups = step[group], groups.add_up(step)
        left, right, score = _relabel(step, left, right, score, touched)
        again = np.flatnonzero(np.isnan(score))
        score[again] = groups.score(left[again], right[again], cut)


def _near(
    groups: Groups, group: Ints, pairs: tuple[Rows, Rows], cut: Cut
) -> tuple[Ints, Ints, Floats]:
    """Return the pairs of groups, each once, that may join now or later, with scores.

    Most pairs of rows are far apart: looked at in slices, what is said of them is never
    held at once.
    """
    count = int(group.max(initial=0)) + 1
    names, scores = [np.zeros(0, np.int64)], [np.zeros(0)]
    for begin in range(0, len(pairs[0]), SLICE):
        left, right = (group[side[begin : begin + SLICE]] for side in pairs)
        low, high = np.minimum(left, right), np.maximum(left, right)
        name = np.unique((low * count + high)[low < high])
        score = groups.score(name // count, name % count, cut)
        near = score >= cut.whole / 2
        names.append(name[near])
        scores.append(score[near])
    name, at = np.unique(np.concatenate(names), return_index=True)
    return name // count, name % count, np.concatenate(scores)[at]


def _common(step: Ints, village: Ints, count: int) -> Ints:
    """Return the one village of each new group, -1 for none, -2 for several."""
    most, least = np.full(count, -1), np.full(count, np.iinfo(np.int64).max)
    np.maximum.at(most, step, village)
    named = village >= 0
    np.minimum.at(least, step[named], village[named])
    several = (most >= 0) & (most != least)
    several[step[village == -2]] = True
    return np.where(several, -2, most)


def _permitted(
    groups: Groups, group: Ints, apart: Ints, left: Ints, right: Ints
) -> NDArray[np.bool_]:
    """Say which pairs of groups no topic and no person's word keeps apart."""
    free = (groups.topic[left] < 0) | (groups.topic[right] < 0)
    one, other = groups.village[left], groups.village[right]
    free &= (one < 0) | (other < 0) | (one == other)
    if len(apart):
        count = len(groups.size)
        one, other = group[apart[:, 0]], group[apart[:, 1]]
        forbidden = np.minimum(one, other) * count + np.maximum(one, other)
        free &= ~np.isin(left * count + right, forbidden)
    return free


def _mutual(count: int, left: Ints, right: Ints, score: Floats) -> Ints | None:
    """Return the new group of each, or None if no two are each other's nearest."""
    # Rounded, so that the order in which a sum was added up decides nothing.
    score = np.round(score, 5)
    best = np.zeros(count)
    np.maximum.at(best, left, score)
    np.maximum.at(best, right, score)
    tied = (score == best[left]) & (score == best[right])
    left, right = left[tied], right[tied]
    # Among equals a lot decides: by position, a chain of equals would join two a round.
    lot = ((left * 40_503 + right * 2_654_435_761) ^ (right << 7)) % 2_147_483_647 + 1
    first = np.zeros(count, np.int64)
    np.maximum.at(first, left, lot)
    np.maximum.at(first, right, lot)
    drawn = (lot == first[left]) & (lot == first[right])
    left, right = left[drawn], right[drawn]
    if not len(left):
        return None
    into = np.arange(count)
    # Should two equal lots draw one group twice, the later pair waits a round.
    _names, at = np.unique(right, return_index=True)
    at = at[~np.isin(right[at], left)]
    into[right[at]] = left[at]
    if not len(at):
        into[right[0]] = left[0]
    return np.unique(into, return_inverse=True)[1].astype(np.int64)


def _relabel(
    step: Ints, left: Ints, right: Ints, score: Floats, touched: NDArray[np.bool_]
) -> tuple[Ints, Ints, Floats]:
    """Return the pairs of new groups; one that must be compared anew has no score."""
    count = len(touched)
    one, other = step[left], step[right]
    low, high = np.minimum(one, other), np.maximum(one, other)
    names, at = np.unique(low * count + high, return_index=True)
    left, right, score = names // count, names % count, score[at]
    differ = left != right
    left, right, score = left[differ], right[differ], score[differ]
    return left, right, np.where(touched[left] | touched[right], np.nan, score)
