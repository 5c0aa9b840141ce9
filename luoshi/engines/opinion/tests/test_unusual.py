"""Answers alike beyond chance: found when planted, never in honest ones."""

import numpy as np
import pytest

from luoshi.engines.opinion.unusual import Pattern, find_alike

STATEMENTS = 12
HOUR = 3600.0


def _honest(voters, seed, agree=0.5):
    """Return voters who answer each for himself, over a day."""
    rng = np.random.default_rng(seed)
    votes = np.where(rng.random((voters, STATEMENTS)) < agree, 1, -1)
    return [
        Pattern("web", at, frozenset(enumerate(row)))
        for at, row in zip(
            np.linspace(0, 24 * HOUR, voters).tolist(), votes.tolist(), strict=True
        )
    ]


def _stuffed(count, *, channel="web", apart=20.0, length=STATEMENTS):
    answers = frozenset((n, 1 if n % 3 else -1) for n in range(length))
    return [Pattern(channel, HOUR + apart * n, answers) for n in range(count)]


def test_many_alike_in_minutes_are_told_with_channel_and_time():
    found = find_alike(_honest(200, 1) + _stuffed(8))
    assert [(one.channel, one.count) for one in found] == [("web", 8)]
    assert (found[0].began, found[0].ended) == (HOUR, HOUR + 140)
    assert found[0].expected < 0.2


def test_as_many_as_all_honest_ones_do_not_hide_themselves():
    assert [
        one.count for one in find_alike(_honest(60, 3) + _stuffed(60, apart=5))
    ] == [60]


@pytest.mark.parametrize(
    "stuffed",
    [
        _stuffed(4),
        _stuffed(8, apart=HOUR),
        _stuffed(8, length=6),
        _stuffed(4) + _stuffed(4, channel="paper"),
    ],
    ids=["few", "over-a-day", "short", "two-channels"],
)
def test_what_a_family_or_a_day_explains_is_not_told(stuffed):
    assert find_alike(_honest(200, 1) + stuffed) == []


@pytest.mark.parametrize("seed", range(10))
def test_honest_answers_are_never_told_even_where_nearly_all_agree(seed):
    assert find_alike(_honest(400, seed)) == []
    # Half of them agree with everything: the same sheet again and again.
    minutes = [
        Pattern(one.channel, one.at / 200, one.answers)
        for one in _honest(400, seed, agree=0.97)
    ]
    assert find_alike(minutes) == []


def test_the_fullest_stretch_counts_whatever_the_order():
    patterns = _honest(200, 2) + _stuffed(9, apart=100)
    forwards = find_alike(patterns, within=600)
    assert [one.count for one in forwards] == [7]
    assert find_alike(patterns[::-1], within=600) == forwards


def test_nobody_answered():
    assert find_alike([]) == []
