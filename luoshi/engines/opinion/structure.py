"""Is there anything to see: axes beyond chance, groups that come again, and apart."""

from dataclasses import dataclass

import numpy as np

from luoshi.engines.opinion.clusters import (
    Clusters,
    adjusted_rand,
    best_overlaps,
    k_means,
    nearest,
    silhouette,
)
from luoshi.engines.opinion.latent import (
    Axes,
    Places,
    distances,
    leading,
    learn,
    locate,
)
from luoshi.engines.opinion.votes import Floats, Ints, Votes

# Voters that resamples and redraws work on, however many there are.
MOST_VOTERS = 2000
REDRAWS, POWER_ROUNDS, BLOCK = 20, 3, 8
# Standard deviations by which an axis must pass what chance draws.
BEYOND_CHANCE = 4.0
RESAMPLE_ROUNDS = 5
CLOUDS, BEYOND_CLOUD, WIDER_THAN_CLOUD = 10, 3.0, 0.08


@dataclass(frozen=True, eq=False)
class Stability:
    """How often the same groups come again when other voters had come."""

    whole: float
    # Of each group: its mean best overlap (Jaccard) with a group of a resample.
    groups: Floats


def count_axes(votes: Votes, most: int, rng: np.random.Generator) -> int:
    """Return how many axes of the votes are longer than chance draws them.

    Parallel analysis (Horn 1965): the votes are drawn anew, each with its statement's
    shares and nobody's opinion, in the cells that are filled. Singular values of both
    come from the same few power steps, so that both err alike.
    """
    rows = _some(len(votes.voters), rng)
    votes = votes.of_voters(rows)
    start = rng.standard_normal((len(votes.statements), BLOCK))
    start = start[:, : min(start.shape)]
    found = _lengths(votes, votes.value, start)
    drawn = np.array(
        [_lengths(votes, _redraw(votes, rng), start) for _draw in range(REDRAWS)]
    )
    limit = drawn.mean(0) + BEYOND_CHANCE * drawn.std(0, ddof=1) + 1e-9
    passed = found[:most] > limit[:most]
    return int(np.cumprod(passed).sum())


def _some(count: int, rng: np.random.Generator) -> Ints:
    """Return all voters, or a sample of as many as are worked on."""
    if count <= MOST_VOTERS:
        return np.arange(count)
    return np.sort(rng.choice(count, MOST_VOTERS, replace=False))


def _lengths(votes: Votes, value: Floats, start: Floats) -> Floats:
    seen = np.maximum(np.bincount(votes.column, minlength=len(votes.statements)), 1)
    mean = np.bincount(votes.column, value, len(votes.statements)) / seen
    return leading(votes.matrix(value - mean[votes.column]), start, POWER_ROUNDS)[1]


def _redraw(votes: Votes, rng: np.random.Generator) -> Floats:
    """Draw each vote from the shares of its statement."""
    counts = votes.counts(np.zeros(len(votes.voters), np.int64), 1)[0]
    shares = counts / np.maximum(counts.sum(1), 1)[:, None]
    lot = rng.random(len(votes.value))
    agree, disagree = shares[votes.column, 0], shares[votes.column, 1]
    return np.where(lot < agree, 1.0, np.where(lot < agree + disagree, -1.0, 0.0))


def stability(
    votes: Votes,
    axes: Axes,
    found: dict[int, Clusters],
    *,
    resamples: int,
    rng: np.random.Generator,
) -> dict[int, Stability]:
    """Return how well each number of groups comes again in resamples of the voters.

    The bootstrap of Hennig (2007): voters are drawn with replacement, axes and groups
    are made anew, all voters are put into the nearest new group, and the two ways to
    part them are compared: by the adjusted Rand index, and each group by its overlap.
    """
    alike: dict[int, list[float]] = {count: [] for count in found}
    overlaps: dict[int, list[Floats]] = {count: [] for count in found}
    size = min(len(votes.voters), MOST_VOTERS)
    judged = _some(len(votes.voters), rng)
    all_of_them = votes.of_voters(judged)
    for _resample in range(resamples):
        drawn = votes.of_voters(rng.integers(0, len(votes.voters), size))
        other = learn(drawn, axes, RESAMPLE_ROUNDS)
        points = distances(locate(drawn, other).mean, other)
        everyone = distances(locate(all_of_them, other).mean, other)
        for count, clusters in found.items():
            anew = nearest(everyone, k_means(points, count, rng).centres)
            label = clusters.label[judged]
            alike[count].append(adjusted_rand(label, anew))
            part = np.full(count, np.nan)
            part[np.unique(label)] = best_overlaps(label, anew)
            overlaps[count].append(part)
    return {
        count: Stability(
            float(np.mean(alike[count])), np.nanmean(overlaps[count], axis=0)
        )
        for count in found
    }


def stand_apart(
    places: Places, axes: Axes, clusters: Clusters, rng: np.random.Generator
) -> bool:
    """Say whether groups stand further apart than parts of one cloud would.

    Under one normal cloud the known place of voter i is N(0, I - Cov_i): as many votes,
    as much blur. Clouds are drawn so, parted by k-means into as many groups, and the
    silhouette must pass theirs clearly (the idea of SigClust, Liu and others 2008).
    """
    count, size = len(clusters.centres), places.mean.shape[1]
    rows = _some(len(places.mean), rng)
    certain = np.eye(size) - places.spread[rows]
    roots = np.linalg.cholesky(certain + 1e-9 * np.eye(size))
    widths = []
    for _cloud in range(CLOUDS):
        lots = rng.standard_normal((len(rows), size, 1))
        cloud = distances((roots @ lots)[:, :, 0], axes)
        widths.append(silhouette(cloud, k_means(cloud, count, rng)))
    found = silhouette(distances(places.mean, axes), clusters)
    over = found - float(np.mean(widths))
    return over > max(BEYOND_CLOUD * float(np.std(widths, ddof=1)), WIDER_THAN_CLOUD)
