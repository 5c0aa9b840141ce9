"""Groups of points: k-means from fixed starts, and how well they stand apart."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luoshi.engines.opinion.votes import Floats, Ints

RESTARTS, STEPS = 4, 60
# Starts are tried on this many points, the best is finished on all.
SAMPLE = 2000
# Rows of a distance matrix worked on at a time: so few that the linear algebra keeps to
# one thread, for on a busy machine threads wait for each other longer than they work.
BLOCK = 32


@dataclass(frozen=True, eq=False)
class Clusters:
    """One way to part points: the cluster of each, and the centres."""

    label: Ints
    centres: Floats

    @property
    def sizes(self) -> Ints:
        """Return how many points each cluster has."""
        return np.bincount(self.label, minlength=len(self.centres))


def nearest(points: Floats, centres: Floats) -> Ints:
    """Return the nearest centre of each point; the first of two equal ones."""
    return (points @ centres.T - (centres**2).sum(1) / 2).argmax(1)


def k_means(points: Floats, count: int, rng: np.random.Generator) -> Clusters:
    """Part points into `count` clusters with the least squares found.

    Starts: one by splitting along the widest axis (Su and Dy 2007), which depends on
    no order, and some by k-means++ (Arthur and Vassilvitskii 2007) on points put in
    order of their coordinates, so that the order of voters changes nothing.
    """
    few = points[np.lexsort(points.T[::-1])]
    if len(few) > SAMPLE:
        few = few[np.linspace(0, len(few) - 1, SAMPLE).astype(np.int64)]
    starts = [_split(few, count)]
    starts += [_plus_plus(few, count, rng) for _restart in range(RESTARTS)]
    tried = [lloyd(few, start) for start in starts]
    best = min(tried, key=lambda one: _cost(few, one))
    return lloyd(points, best.centres)


def lloyd(points: Floats, centres: Floats, tolerance: float = 0.0) -> Clusters:
    """Move centres to their points' mean until no point changes (Lloyd 1982).

    With a tolerance it stops as soon as the squares of all moves sum to no more.
    """
    label = nearest(points, centres)
    for _step in range(STEPS if tolerance == 0 else 300):
        moved = _means(points, label, centres)
        shift = float(((moved - centres) ** 2).sum())
        centres, before, label = moved, label, nearest(points, moved)
        if (label == before).all() or shift <= tolerance:
            break
    return Clusters(label, centres)


def _means(points: Floats, label: Ints, centres: Floats) -> Floats:
    """Return each cluster's mean; an empty one takes the point farthest out."""
    members = (label == np.arange(len(centres))[:, None]).astype(np.float64)
    size = members.sum(1)
    means = members @ points / np.maximum(size, 1)[:, None]
    empty = np.flatnonzero(size == 0)
    if len(empty):
        away = ((points - centres[label]) ** 2).sum(1)
        means[empty] = points[np.argsort(-away, kind="stable")[: len(empty)]]
    return means


def _cost(points: Floats, one: Clusters) -> float:
    return float(((points - one.centres[one.label]) ** 2).sum())


def _split(points: Floats, count: int) -> Floats:
    """Halve the cluster with the most squares along its widest axis, till enough."""
    parts = [points]
    while len(parts) < count:
        costs = [float(((part - part.mean(0)) ** 2).sum()) for part in parts]
        part = parts.pop(int(np.argmax(costs)))
        centred = part - part.mean(0)
        _squares, vectors = np.linalg.eigh(centred.T @ centred)
        axis = vectors[:, -1] * (1 if vectors[:, -1].sum() >= 0 else -1)
        above = centred @ axis > 0
        if above.all() or not above.any():
            above = np.arange(len(part)) < max(len(part) // 2, 1)
        rest = part[~above]
        parts += [part[above], rest if len(rest) else part]
    return np.stack([part.mean(0) for part in parts])


def _plus_plus(points: Floats, count: int, rng: np.random.Generator) -> Floats:
    chosen = [points[rng.integers(len(points))]]
    away = ((points - chosen[0]) ** 2).sum(1)
    while len(chosen) < count:
        total = away.sum()
        at = np.searchsorted(np.cumsum(away), rng.random() * total, side="right")
        chosen.append(points[min(int(at), len(points) - 1)])
        away = np.minimum(away, ((points - chosen[-1]) ** 2).sum(1))
    return np.stack(chosen)


def silhouette(points: Floats, clusters: Clusters) -> float:
    """Return the mean silhouette by distances to centres, 0 for one cluster.

    (b - a) / max(a, b): a to the own centre, b to the nearest other (Rousseeuw 1987,
    in the simplified form of Vendramin, Campello and Hruschka 2010), which costs
    points x clusters and not points x points.
    """
    if len(clusters.centres) < 2:
        return 0.0
    squares = (
        (points**2).sum(1)[:, None]
        - 2 * points @ clusters.centres.T
        + (clusters.centres**2).sum(1)
    )
    away = np.sqrt(np.maximum(squares, 0))
    rows = np.arange(len(points))
    own = away[rows, clusters.label]
    away[rows, clusters.label] = np.inf
    other = away.min(1)
    return float(((other - own) / np.maximum(np.maximum(own, other), 1e-12)).mean())


def full_silhouettes(points: Floats, labels: list[Ints]) -> list[float]:
    """Return the mean silhouette of each labelling by distances between all points.

    Rousseeuw (1987): a is the mean distance to the own cluster's others, b to the
    nearest other cluster's; a point alone in its cluster has 0.
    """
    counts = [int(label.max()) + 1 for label in labels]
    members = np.concatenate(
        [np.eye(count)[label] for label, count in zip(labels, counts, strict=True)], 1
    ).astype(np.float32)
    sums = _summed(points, members)
    found, begin = [], 0
    for label, count in zip(labels, counts, strict=True):
        found.append(_mean_width(sums[:, begin : begin + count], label))
        begin += count
    return found


def _summed(points: Floats, members: NDArray[np.float32]) -> Floats:
    """Return each point's summed distance to the members of each cluster.

    Each pair is measured once, in single precision, and counted on both sides.
    """
    columns = points.T.astype(np.float32)
    sums = np.zeros(members.shape)
    for at in range(0, len(points), BLOCK):
        stop = at + BLOCK
        away = np.zeros((len(points[at:stop]), len(points) - at), np.float32)
        for column in columns:
            step = column[at:stop, None] - column[at:]
            step *= step
            away += step
        np.sqrt(away, out=away)
        sums[at:stop] += away @ members[at:]
        sums[stop:] += away[:, BLOCK:].T @ members[at:stop]
    return sums


def _mean_width(sums: Floats, label: Ints) -> float:
    size = np.bincount(label, minlength=sums.shape[1])
    rows = np.arange(len(label))
    own_size = size[label]
    own = sums[rows, label] / np.maximum(own_size - 1, 1)
    means = sums / np.maximum(size, 1)
    means[:, size == 0] = np.inf
    means[rows, label] = np.inf
    other = means.min(1)
    width = (other - own) / np.maximum(np.maximum(own, other), 1e-12)
    return float(np.where(own_size > 1, width, 0).mean())


def crossed(one: NDArray, two: NDArray) -> Ints:
    """Return how many points are in each pair of a cluster here and one there."""
    _names, first = np.unique(one, return_inverse=True)
    _others, second = np.unique(two, return_inverse=True)
    columns = int(second.max(initial=-1)) + 1
    cells = np.bincount(
        first * columns + second, minlength=(int(first.max(initial=-1)) + 1) * columns
    )
    return cells.reshape(-1, columns) if columns else cells.reshape(0, 0)


def adjusted_rand(one: NDArray, two: NDArray) -> float:
    """Return how alike two ways to part points are: 1 the same, 0 as by chance.

    Hubert and Arabie (1985). Two ways that both make one cluster are the same.
    """
    table = crossed(one, two)
    pairs = float((table * (table - 1) / 2).sum())
    rows, columns = (table.sum(axis) for axis in (1, 0))
    first = float((rows * (rows - 1) / 2).sum())
    second = float((columns * (columns - 1) / 2).sum())
    all_pairs = len(one) * (len(one) - 1) / 2
    expected = first * second / all_pairs if all_pairs else 0.0
    most = (first + second) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)


def best_overlaps(one: Ints, two: Ints) -> Floats:
    """Return for each cluster here its best Jaccard overlap with one there."""
    table = crossed(one, two)
    either = table.sum(1)[:, None] + table.sum(0) - table
    return (table / either).max(1)
