"""Where people stand: axes that explain votes, learnt from the votes that were given.

The vote of voter i on statement j is x_ij = level_j + w_j . z_i + noise, z_i ~ N(0, I):
probabilistic principal components (Tipping and Bishop 1999), fitted by expectation
and maximisation over the cells that are filled and no others (Ilin and Raiko 2010,
section 4), with a small prior on w and the spread of z put back to one in each round
(parameter expansion, Liu, Rubin and Wu 1998).
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse

from luoshi.engines.opinion.votes import Floats, Votes

ROUNDS, CLOSE_ENOUGH = 60, 0.0005
# A statement starts with this weight of being on no axis and in the middle.
PRIOR, LEVEL_PRIOR = 1.0, 0.01
LEAST_NOISE = 0.02


@dataclass(frozen=True, eq=False)
class Axes:
    """Statements on the axes, the strongest axis first."""

    # statements x axes, orthogonal.
    loadings: Floats
    level: Floats
    noise: float

    @property
    def strength(self) -> Floats:
        """Return the length of each axis over all statements."""
        return np.sqrt((self.loadings**2).sum(0))


@dataclass(frozen=True, eq=False)
class Places:
    """Voters on the axes: the mean of what is known of each, and how unsure it is."""

    mean: Floats
    spread: Floats


def learn(votes: Votes, start: Axes, rounds: int = ROUNDS) -> Axes:
    """Fit the axes to the votes, beginning from `start`."""
    values = votes.matrix(votes.value)
    by_statement = (votes.marks.T.tocsr(), values.T.tocsr())
    axes, before = start, start.loadings
    for _round in range(rounds):
        axes = _turned(_refit(votes, axes, values, by_statement))
        moved = np.abs(np.abs(axes.loadings) - np.abs(before)).max(initial=0)
        if moved < CLOSE_ENOUGH * np.abs(before).max(initial=1e-9):
            break
        before = axes.loadings
    return _signed(axes)


def locate(votes: Votes, axes: Axes) -> Places:
    """Return where each voter stands: E(z | votes) and Cov(z | votes).

    Cov = (I + sum w_j w_j' / noise)^-1 over the statements voted on, and
    E = Cov sum w_j (x_ij - level_j) / noise: a voter with few votes stays near the
    middle because little is known, and silence counts for nothing.
    """
    loadings = axes.loadings
    known = _square(votes.marks @ _pairs(loadings), loadings.shape[1])
    told = votes.matrix(votes.value - axes.level[votes.column]) @ loadings
    return _posterior(known, told, axes.noise)


def distances(places: Floats, axes: Axes) -> Floats:
    """Scale the axes so that a distance is the difference of expected votes.

    |W (z - z')| is how far two voters' expected votes lie apart over all statements;
    the axes are orthogonal, so it is the distance after scaling by their lengths.
    """
    return places * axes.strength


def first_axes(votes: Votes, count: int, start: Floats) -> Axes:
    """Return principal axes of the votes given, the rest at their statement's mean."""
    seen = np.bincount(votes.column, minlength=len(votes.statements))
    total = np.bincount(votes.column, votes.value, len(votes.statements))
    level = total / np.maximum(seen, 1)
    left = votes.value - level[votes.column]
    matrix = votes.matrix(left)
    basis, lengths = leading(matrix, start, rounds=6)
    count = min(count, len(lengths))
    scale = lengths[:count] / np.sqrt(max(len(left) / max(len(seen), 1), 1))
    noise = max(float((left**2).mean()) if len(left) else 0.0, LEAST_NOISE)
    return Axes(basis[:, :count] * scale, level, noise)


def leading(
    matrix: sparse.csr_array, start: Floats, rounds: int
) -> tuple[Floats, Floats]:
    """Return leading right singular vectors and values, by block power steps.

    Halko, Martinsson and Tropp (2011), algorithm 4.4, with a start that is given.
    """
    turned = matrix.T.tocsr()
    basis = np.linalg.qr(start)[0]
    for _round in range(rounds):
        basis = np.linalg.qr(turned @ (matrix @ basis))[0]
    seen = matrix @ basis
    squares, vectors = np.linalg.eigh(seen.T @ seen)
    lengths = np.sqrt(np.maximum(squares[::-1], 0))
    return basis @ vectors[:, ::-1], lengths


def _refit(
    votes: Votes,
    axes: Axes,
    values: sparse.csr_array,
    by_statement: tuple[sparse.csr_array, sparse.csr_array],
) -> Axes:
    """One round: places from axes, then axes from places."""
    count = axes.loadings.shape[1]
    known = _square(votes.marks @ _pairs(axes.loadings), count)
    told = values @ axes.loadings - votes.marks @ (axes.loadings * axes.level[:, None])
    places = _posterior(known, told, axes.noise)
    # A last column of ones stands for the level of a statement.
    longer = np.column_stack([places.mean, np.ones(len(votes.voters))])
    second = longer[:, :, None] * longer[:, None, :]
    second[:, :count, :count] += places.spread
    upper = np.triu_indices(count + 1)
    marks, turned = by_statement
    left = _square(marks @ second[:, upper[0], upper[1]], count + 1)
    left += np.diag([PRIOR] * count + [LEVEL_PRIOR])
    right = turned @ longer
    solved = np.linalg.solve(left, right[:, :, None])[:, :, 0]
    # The mean of (x - level - w z)^2 over filled cells, from the same sums.
    left -= np.diag([PRIOR] * count + [LEVEL_PRIOR])
    error = (votes.value**2).sum() - 2 * (solved * right).sum()
    error += np.einsum("ji,jik,jk->", solved, left, solved)
    noise = max(float(error) / len(votes.value), LEAST_NOISE)
    # Put the spread of z back to one: the loadings take it up.
    spread = second[:, :count, :count].mean(0)
    root = np.linalg.cholesky(spread + 1e-9 * np.eye(count))
    return Axes(solved[:, :count] @ root, solved[:, count], noise)


def _posterior(known: Floats, told: Floats, noise: float) -> Places:
    certainty = known / noise + np.eye(known.shape[1])
    spread: Floats = np.linalg.inv(certainty).astype(np.float64, copy=False)
    return Places((spread @ told[:, :, None])[:, :, 0] / noise, spread)


def _pairs(rows: Floats) -> Floats:
    """Return the upper half of each row's outer product."""
    one, two = np.triu_indices(rows.shape[1])
    return rows[:, one] * rows[:, two]


def _square(halves: Floats, size: int) -> Floats:
    """Return whole symmetric matrices from their upper halves."""
    one, two = np.triu_indices(size)
    whole = np.empty((len(halves), size, size))
    whole[:, one, two] = halves
    whole[:, two, one] = halves
    return whole


def _turned(axes: Axes) -> Axes:
    """Turn the axes so that they are orthogonal, the longest first."""
    _squares, vectors = np.linalg.eigh(axes.loadings.T @ axes.loadings)
    return Axes(axes.loadings @ vectors[:, ::-1], axes.level, axes.noise)


def _signed(axes: Axes) -> Axes:
    """Point each axis so that its strongest statement is on the positive side."""
    if not len(axes.loadings):
        return axes
    strongest = np.abs(axes.loadings).argmax(0)
    sign = np.sign(axes.loadings[strongest, np.arange(len(strongest))])
    sign[sign == 0] = 1
    return Axes(axes.loadings * sign, axes.level, axes.noise)
