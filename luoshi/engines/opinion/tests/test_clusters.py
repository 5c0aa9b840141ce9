"""Groups of points, against slow plain twins."""

from itertools import combinations
from math import dist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.engines.opinion.clusters import (
    BLOCK,
    Clusters,
    adjusted_rand,
    best_overlaps,
    full_silhouettes,
    k_means,
    lloyd,
    silhouette,
)

LABELS = st.integers(2, 40).flatmap(
    lambda size: st.tuples(
        *[st.lists(st.integers(0, 3), min_size=size, max_size=size)] * 2
    )
)


def _plain_rand(one, two):
    """Count pairs of points, the slow and plain way (Hubert and Arabie 1985)."""
    both = first = second = 0
    pairs = list(combinations(range(len(one)), 2))
    for a, b in pairs:
        first += one[a] == one[b]
        second += two[a] == two[b]
        both += one[a] == one[b] and two[a] == two[b]
    expected, most = first * second / len(pairs), (first + second) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _plain_silhouette(points, label):
    """Average (b - a) / max(a, b) by all distances, the slow and plain way."""
    widths = []
    for at, point in enumerate(points):
        means = {}
        for group in set(label):
            others = [n for n in range(len(points)) if label[n] == group and n != at]
            if others:
                means[group] = sum(dist(point, points[n]) for n in others) / len(others)
        if label[at] not in means:
            widths.append(0.0)
            continue
        own = means.pop(label[at])
        other = min(means.values())
        widths.append((other - own) / max(own, other) if max(own, other) else 0.0)
    return sum(widths) / len(widths)


@given(LABELS)
def test_the_adjusted_rand_index_is_what_counting_pairs_gives(labels):
    one, two = map(np.array, labels)
    assert adjusted_rand(one, two) == pytest.approx(_plain_rand(*labels))
    assert adjusted_rand(two, one) == pytest.approx(adjusted_rand(one, two))
    assert adjusted_rand(one, 7 - one) == 1


def test_the_adjusted_rand_index_of_chance_is_about_nothing():
    rng = np.random.default_rng(0)
    assert abs(adjusted_rand(*rng.integers(0, 3, (2, 4000)))) < 0.01


@pytest.mark.parametrize("size", [12, BLOCK, 2 * BLOCK + 9])
def test_full_silhouettes_are_what_all_distances_give(size):
    rng = np.random.default_rng(size)
    points = rng.standard_normal((size, 2)) * 3
    labels = [rng.integers(0, count, size) for count in (2, 4)]
    labels.append(np.minimum(np.arange(size), 1))
    found = full_silhouettes(points, labels)
    for label, width in zip(labels, found, strict=True):
        plain = _plain_silhouette(points.tolist(), label.tolist())
        assert width == pytest.approx(plain, abs=1e-5)


def test_the_simplified_silhouette_solved_by_hand():
    points = np.array([[0.0], [2.0], [10.0]])
    parted = Clusters(np.array([0, 0, 1]), np.array([[1.0], [10.0]]))
    # (10-1)/10, (8-1)/8 and (9-0)/9.
    assert silhouette(points, parted) == pytest.approx((0.9 + 0.875 + 1) / 3)
    assert silhouette(points, Clusters(np.zeros(3, int), np.array([[4.0]]))) == 0


def test_k_means_finds_heaps_whatever_the_order_of_points():
    rng = np.random.default_rng(1)
    heap = np.arange(90) % 3
    points = np.array([[0, 0], [9, 0], [0, 9]])[heap] + rng.standard_normal((90, 2))
    found = k_means(points, 3, np.random.default_rng(0))
    assert adjusted_rand(found.label, heap) == 1 and found.sizes.tolist() == [30] * 3
    order = rng.permutation(90)
    again = k_means(points[order], 3, np.random.default_rng(0))
    assert (again.label == found.label[order]).all()


def test_k_means_finds_heaps_among_more_points_than_starts_are_tried_on():
    rng = np.random.default_rng(2)
    heap = np.arange(5000) % 4
    points = 8.0 * np.eye(4)[heap] + rng.standard_normal((5000, 4))
    found = k_means(points, 4, np.random.default_rng(0))
    assert adjusted_rand(found.label, heap) > 0.99


def test_a_cluster_left_without_points_takes_the_one_farthest_out():
    points = np.array([[0.0, 0], [1, 0], [20, 0]])
    found = lloyd(points, np.array([[0.0, 0], [900, 0]]))
    assert found.label.tolist() == [0, 0, 1]


def test_equal_points_are_parted_without_complaint():
    found = k_means(np.zeros((6, 2)), 3, np.random.default_rng(0))
    assert np.isfinite(found.centres).all() and len(found.label) == 6


def test_overlaps_solved_by_hand():
    one, two = np.array([0, 0, 0, 1, 1]), np.array([5, 5, 7, 7, 7])
    assert best_overlaps(one, two).tolist() == pytest.approx([2 / 3, 2 / 3])
