"""Polis's own settings, against a slow plain twin of what the reference does."""

from math import dist

import numpy as np
import pytest

from luoshi.engines import opinion
from luoshi.engines.opinion.tests.made import drawn, noise
from luoshi.engines.opinion.tests.test_clusters import _plain_silhouette


def _plain_places(triples, left_out=()):
    """Fill what is missing with means, and project on two principal components."""
    voters = sorted({voter for voter, _s, _v in triples})
    statements = sorted({statement for _v, statement, _x in triples})
    table = np.full((len(voters), len(statements)), np.nan)
    for voter, statement, vote in triples:
        table[voters.index(voter), statements.index(statement)] = vote
    many = (~np.isnan(table)).sum(1)
    for statement in left_out:
        table[:, statements.index(statement)] = 0
    told = (~np.isnan(table)).sum(1)
    filled = np.where(np.isnan(table), np.nanmean(table, axis=0), table)
    centred = filled - filled.mean(0)
    axes = np.linalg.svd(centred, full_matrices=False)[2][:2]
    for axis in axes:
        axis *= np.sign(axis[np.abs(axis).argmax()])
    return many, centred @ axes.T * np.sqrt(len(statements) / told)[:, None]


def _plain_groups(points):
    """Try two to five clusters from the leftmost points; keep the widest silhouette."""
    best = (-2.0, [])
    for count in range(2, 6):
        centres = sorted(map(tuple, points))[:count]
        for _step in range(300):
            label = [_nearest(point, centres) for point in points]
            moved = _moved(points, label, centres)
            if moved == centres:
                break
            centres = moved
        best = max(best, (_plain_silhouette(points, label), label))
    return best


def _nearest(point, centres):
    return min(range(len(centres)), key=lambda n: dist(point, centres[n]))


def _moved(points, label, centres):
    """Return means; clusters without a point take those farthest from their centre."""
    out = sorted(range(len(points)), key=lambda n: -dist(points[n], centres[label[n]]))
    moved = []
    for number in range(len(centres)):
        own = [p for p, g in zip(points, label, strict=True) if g == number]
        moved.append(tuple(np.mean(own, 0) if own else points[out.pop(0)]))
    return moved


@pytest.mark.parametrize(("statements", "left_out"), [(30, ()), (80, (3, 11))])
def test_places_and_groups_are_what_the_plain_way_gives(statements, left_out):
    *told, _group = drawn(70, statements, 3, seed=statements, filled=0.5)
    triples = list(zip(*(column.tolist() for column in told), strict=True))
    many, places = _plain_places(triples, left_out)
    made = opinion.fit_as_polis(
        *told, settings=opinion.Settings(left_out=frozenset(left_out))
    )
    assert np.allclose(made.positions, places, atol=1e-6)
    assert made.steers.tolist() == (many >= 7).tolist()
    width, label = _plain_groups(places[made.steers].tolist())
    assert opinion.adjusted_rand(made.group[made.steers], np.array(label)) == 1
    assert max(made.silhouettes.values()) == pytest.approx(width, abs=1e-5)


def test_polis_parts_noise_all_the_same_which_is_why_ours_is_another():
    told = noise(120, 30, seed=1)
    assert opinion.fit_as_polis(*told).clear
    assert not opinion.fit(*told).clear
