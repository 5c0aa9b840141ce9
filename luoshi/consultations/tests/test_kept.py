"""What is kept of a map: the same letters from run to run, no small counts."""

import json

import numpy as np
import pytest

from luoshi.consultations.maps.kept import Standing, from_json, keep, letters_for
from luoshi.engines.opinion import Settings, fit
from luoshi.engines.opinion.tests.made import CONTESTED, STATEMENTS, blocs, drawn

TEN = Settings(fewest_members=10)


def _kept(votes, before=None, settings=TEN):
    made = fit(*votes, settings=settings, before=before)
    return keep(made, min_votes=settings.min_votes, before=before)


def test_a_map_is_kept_and_read_again():
    kept, standing = _kept(blocs(30, 20))
    assert [(one.letter, one.size) for one in kept.groups] == [(0, 30), (1, 20)]
    assert len(kept.common) == STATEMENTS - CONTESTED and len(kept.split) == CONTESTED
    assert kept.groups[0].stood[0].here.votes == 30
    assert from_json(json.loads(json.dumps(kept.as_json()))) == kept
    again = Standing.from_json(json.loads(json.dumps(standing.as_json())))
    assert again.voters == standing.voters
    assert (again.letters == standing.letters).all()
    assert np.allclose(again.positions, standing.positions, atol=1e-4)


def test_a_map_of_nothing_is_kept_and_read_again():
    kept, standing = _kept(((), (), ()))
    assert (kept.voters, kept.groups, kept.only) == (0, (), None)
    assert from_json(json.loads(json.dumps(kept.as_json()))) == kept
    assert Standing.from_json(standing.as_json()).voters == ()


@pytest.mark.parametrize("vote", [1, 0, -1])
def test_all_answers_the_same_have_no_groups(vote):
    voters, statements = np.divmod(np.arange(20 * 8), 8)
    kept, _standing = _kept((voters, statements, np.full(160, vote)))
    assert (kept.only, kept.groups, kept.placed) == (vote, (), 20)


def test_letters_stay_with_the_people_when_sizes_turn():
    before = _kept(blocs(30, 20))[1]
    voters, statements, votes = blocs(30, 50)
    kept, standing = _kept((voters, statements, votes), before)
    assert [(one.letter, one.size) for one in kept.groups] == [(0, 30), (1, 50)]
    assert standing.letters[:30].tolist() == [0] * 30
    # The counts of groups stand in the order of letters too.
    sides = {one.statement: one.agree for one in kept.split}
    assert sides[0] == (0,) and sides[1] == (1,)


def _standing(letters):
    count = len(letters)
    return Standing(tuple(range(count)), np.zeros((count, 2)), np.array(letters))


class _Made:
    """The part of a map that letters depend on."""

    def __init__(self, group):
        self.group = np.array(group)
        self.voters = tuple(range(len(group)))
        self.groups = tuple(range(max(group) + 1))


@pytest.mark.parametrize(
    ("had", "now", "letters"),
    [
        ([0, 0, 1, 1, 2, 2], [0, 0, 1, 1, 1, 1], [0, 1]),
        ([0, 0, 1, 1, 2, 2], [0, 0, -1, -1, 1, 1], [0, 2]),
        ([0, 0, 2, 2], [1, 1, 0, 0], [2, 0]),
        ([0, 0, 0, 0], [0, 0, 0, 1], [0, 1]),
        ([0, 0, 0, 1, 1, 1], [0, 0, 0, 0, 0, 0], [0]),
        # Nobody of group 1 had a letter: neither A nor B is given to new people.
        ([0, 0, 1, 1, -1, -1], [0, 0, -1, -1, 1, 1], [0, 2]),
        ([-1, -1, -1, -1], [0, 0, 1, 1], [0, 1]),
        ([0, 1, 2, 3, 4, 5, 6, 7, -1], [-1] * 7 + [0, 1], [7, 0]),
    ],
    ids=[
        *("two-grow-together", "one-is-gone", "numbers-turn", "one-splits"),
        *("all-in-one", "new-people", "no-groups-before", "all-letters-used"),
    ],
)
def test_a_letter_never_means_other_people(had, now, letters):
    assert letters_for(_Made(now), _standing(had)) == letters


@pytest.mark.parametrize("seed", range(5))
def test_letters_stay_while_people_come(seed):
    voters, statements, votes, group = drawn(240, 30, 3, seed, filled=0.6)
    before, seen = None, {}
    for many in (120, 150, 180, 210, 240):
        here = voters < many
        kept, before = _kept((voters[here], statements[here], votes[here]), before)
        assert len(kept.groups) == 3
        for planted in range(3):
            own = before.letters[group[list(before.voters)] == planted]
            letter = np.bincount(own[own >= 0]).argmax()
            assert seen.setdefault(planted, letter) == letter


def test_few_answers_to_a_statement_are_no_stance():
    voters, statements, votes = blocs(30, 20)
    # Of the smaller group only nine answered statement 0.
    few = (voters >= 39) & (statements == 0)
    kept, _standing = _kept((voters[~few], statements[~few], votes[~few]))
    assert 0 not in {said.statement for one in kept.groups for said in one.stood}
    assert 1 in {said.statement for one in kept.groups for said in one.stood}


def test_what_many_are_unsure_about_is_kept():
    voters, statements, votes = blocs(30, 20)
    votes = np.where((statements == 3) & (voters < 20), 0, votes)
    kept, _standing = _kept((voters, statements, votes))
    assert [(one, tally.unsure) for one, tally in kept.unsure] == [(3, 20)]
