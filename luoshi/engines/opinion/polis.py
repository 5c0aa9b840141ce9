"""The same map by Polis's own method and settings, to compare with.

As in red-dwarf 0.4, which follows polismath without its base clusters: a missing vote
is the mean of its statement, principal components of all voters, places times
sqrt(statements / votes of the voter), k-means on two axes from the leftmost points,
and the number of groups with the widest mean silhouette.
"""

from typing import Any

import numpy as np
import scipy.sparse as sparse
from scipy.sparse.linalg import LinearOperator, eigsh

from luoshi.engines.opinion.clusters import Clusters, full_silhouettes, lloyd
from luoshi.engines.opinion.maps import Found, OpinionMap, Settings, assemble
from luoshi.engines.opinion.votes import Floats, Ids, Votes, read_votes

# Statements up to which all axes are solved for at once.
MOST_DENSE = 64
TOLERANCE = 1e-4


def fit_as_polis(
    voter_ids: Ids,
    statement_ids: Ids,
    votes: Any,
    *,
    settings: Settings | None = None,
) -> OpinionMap:
    """Make the map as Polis does: no stability figure, and groups in any case.

    `fewest_members`, `resamples` and `seed` have no part in it.
    """
    settings = settings or Settings()
    everyone = read_votes(voter_ids, statement_ids, votes)
    kept = everyone.without(settings.left_out)
    steers = everyone.per_voter >= settings.min_votes
    axes = _principal_axes(kept)
    # A statement that was turned down counts as passed by everybody.
    turned_down = len(everyone.statements) - len(kept.statements)
    told = np.maximum(kept.per_voter + turned_down, 1)
    positions = _centred(kept) @ axes
    positions *= np.sqrt(len(everyone.statements) / told)[:, None]
    found, widths = _best(positions[steers], settings)
    return assemble(
        kept, steers, Found(positions, axes, found, silhouettes=widths), settings, None
    )


def _centred(votes: Votes) -> sparse.csr_array:
    """Return votes less their statement's mean: what is missing is then zero."""
    seen = np.maximum(np.bincount(votes.column, minlength=len(votes.statements)), 1)
    mean = np.bincount(votes.column, votes.value, len(votes.statements)) / seen
    return votes.matrix(votes.value - mean[votes.column])


def _principal_axes(votes: Votes) -> Floats:
    """Return the first two principal axes, the strongest statement on each positive."""
    size = len(votes.statements)
    axes = np.zeros((size, 2))
    matrix = _centred(votes)
    if size <= MOST_DENSE:
        dense = matrix.toarray()
        _squares, vectors = np.linalg.eigh(dense.T @ dense)
        vectors = vectors[:, ::-1]
    else:
        turned = matrix.T.tocsr()
        operator = LinearOperator(
            (size, size), matvec=lambda x: turned @ (matrix @ x), dtype=np.float64
        )
        start = np.linspace(1, 2, size)
        _squares, vectors = eigsh(operator, k=2, v0=start, tol=1e-9)
        vectors = vectors[:, ::-1]
    found = vectors[:, :2]
    axes[:, : found.shape[1]] = found
    strongest = np.abs(axes).argmax(0) if size else np.zeros(2, np.int64)
    sign = np.sign(axes[strongest, [0, 1]]) if size else np.ones(2)
    sign[sign == 0] = 1
    return axes * sign


def _best(
    points: Floats, settings: Settings
) -> tuple[Clusters | None, dict[int, float]]:
    """Return the clusters with the widest silhouette, from the leftmost points."""
    leftmost = np.unique(points, axis=0)
    most = min(settings.most_groups, len(leftmost), len(points) - 1)
    tolerance = TOLERANCE * float(points.var(0).mean()) if len(points) else 0.0
    tried = [
        lloyd(points, leftmost[:count], tolerance)
        for count in range(settings.fewest_groups, most + 1)
    ]
    if not tried:
        return None, {}
    widths = full_silhouettes(points, [one.label for one in tried])
    best = int(np.argmax(widths))
    counts = [len(one.centres) for one in tried]
    return tried[best], dict(zip(counts, widths, strict=True))
