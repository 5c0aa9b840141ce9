"""Places of voters, against a slow plain twin and against what is known of them."""

import numpy as np

from luoshi.engines.opinion import read_votes
from luoshi.engines.opinion.latent import Axes, distances, first_axes, learn, locate
from luoshi.engines.opinion.tests.made import drawn


def _plain_place(told, axes):
    """Return E(z | votes) and Cov(z | votes) of one voter, term by term."""
    count = axes.loadings.shape[1]
    known, sums = np.eye(count), np.zeros(count)
    for statement, vote in told:
        way = axes.loadings[statement]
        known += np.outer(way, way) / axes.noise
        sums += way * (vote - axes.level[statement]) / axes.noise
    spread = np.linalg.inv(known)
    return spread @ sums, spread


def test_places_are_what_the_sums_over_given_votes_say():
    voters, statements, given, _group = drawn(30, 12, 2, seed=1)
    votes = read_votes(voters, statements, given)
    rng = np.random.default_rng(0)
    axes = Axes(rng.standard_normal((12, 3)), rng.uniform(-1, 1, 12), 0.7)
    places = locate(votes, axes)
    for row in range(len(votes.voters)):
        mine = votes.row == row
        told = list(zip(votes.column[mine], votes.value[mine], strict=True))
        mean, spread = _plain_place(told, axes)
        assert np.allclose(places.mean[row], mean)
        assert np.allclose(places.spread[row], spread)


def test_who_said_little_stands_near_the_middle_on_the_same_side():
    votes = read_votes([1] * 10 + [2], [*range(10), 0], [1] * 11)
    axes = Axes(np.full((10, 1), 0.8), np.zeros(10), 0.4)
    often, once = distances(locate(votes, axes).mean, axes)[:, 0]
    assert often > 1.3 * once > 0


def test_with_every_vote_given_the_axes_are_the_principal_ones():
    voters, statements, given, _group = drawn(300, 25, 3, seed=3, filled=1.1)
    votes = read_votes(voters, statements, given)
    start = np.random.default_rng(0).standard_normal((25, 6))
    axes = learn(votes, first_axes(votes, 2, start), 400)
    table = given.reshape(300, 25) - given.reshape(300, 25).mean(0)
    principal = np.linalg.svd(table, full_matrices=False)[2][:2].T
    ours = np.linalg.qr(axes.loadings)[0]
    # Cosines of the angles between the two planes.
    assert np.linalg.svd(principal.T @ ours)[1].min() > 0.999
    assert np.allclose(axes.level, given.reshape(300, 25).mean(0), atol=0.02)


def test_axes_point_at_their_strongest_statement_and_are_orthogonal():
    votes = read_votes(*drawn(80, 20, 3, seed=4)[:3])
    start = np.random.default_rng(0).standard_normal((20, 6))
    axes = learn(votes, first_axes(votes, 2, start))
    strongest = axes.loadings[np.abs(axes.loadings).argmax(0), [0, 1]]
    assert (strongest > 0).all() and axes.strength[0] >= axes.strength[1]
    assert abs(axes.loadings[:, 0] @ axes.loadings[:, 1]) < 1e-9
