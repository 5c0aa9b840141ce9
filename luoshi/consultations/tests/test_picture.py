"""The picture: light whatever the number, nobody outside, few people not drawn."""

import json

import numpy as np
import pytest

from luoshi.consultations.maps.kept import Standing
from luoshi.consultations.maps.picture import (
    EDGE,
    HEIGHT,
    MOST_DOT,
    SQUARE,
    WIDTH,
    draw,
    from_json,
)


def _standing(positions, letters):
    positions = np.asarray(positions, float)
    return Standing(tuple(range(len(letters))), positions, np.asarray(letters))


def _cloud(count, seed=1):
    rng = np.random.default_rng(seed)
    return _standing(rng.standard_normal((count, 2)), rng.integers(0, 3, count))


@pytest.mark.parametrize("count", [10, 400, 20_000])
def test_dots_lie_inside_and_are_few(count):
    picture = draw(_cloud(count))
    assert len(picture.dots) <= 3 * (WIDTH // SQUARE) * (HEIGHT // SQUARE)
    for dot in picture.dots:
        assert EDGE - SQUARE <= dot.x <= WIDTH and EDGE - SQUARE <= dot.y <= HEIGHT
        assert 0 < dot.r <= MOST_DOT
    assert len(json.dumps(picture.as_json())) < 60_000
    assert from_json(json.loads(json.dumps(picture.as_json()))) == picture


def test_fewer_than_ten_people_in_groups_are_not_drawn():
    cloud = _cloud(40)
    letters = np.where(np.arange(40) < 9, 0, -1)
    assert draw(_standing(cloud.positions, letters)).dots == ()
    assert draw(_standing(np.zeros((0, 2)), [])).dots == ()


def test_who_is_in_no_group_is_not_drawn():
    letters = np.where(np.arange(40) < 20, 1, -1)
    picture = draw(_standing(_cloud(40).positions, letters))
    assert {dot.letter for dot in picture.dots} == {1}


def test_all_on_one_place_are_one_dot():
    picture = draw(_standing(np.zeros((30, 2)), [0] * 30))
    assert len(picture.dots) == len(picture.marks) == 1
    assert picture.dots[0].r == MOST_DOT


def test_who_stands_far_out_does_not_press_the_others_together():
    cloud = _cloud(400).positions.copy()
    cloud[0] = (1e6, 1e6)
    xs = {dot.x for dot in draw(_standing(cloud, [0] * 400)).dots}
    assert len(xs) > 20


def test_up_is_up_and_letters_stand_among_their_people():
    places = [(0, 0)] * 10 + [(1, 1)] * 10
    picture = draw(_standing(places, [0] * 10 + [1] * 10))
    low, high = picture.marks
    assert (low.letter, high.letter) == (0, 1)
    assert low.x < high.x and low.y > high.y
