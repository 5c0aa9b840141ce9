"""Sheets of answers that are alike beyond chance, close in time: look at them.

A note and no verdict: a family round one telephone, or a meeting that answered
together, looks the same as one person who answered ten times.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from scipy.special import gammainc

# (statement, vote) pairs of one voter.
Answers = frozenset[tuple[Any, int]]


@dataclass(frozen=True)
class Pattern:
    """What one voter answered, where, and when the last of it, in seconds."""

    channel: Hashable
    at: float
    answers: Answers


@dataclass(frozen=True)
class Alike:
    """So many voters of one channel gave exactly the same answers in a short time."""

    channel: Hashable
    count: int
    answers: Answers
    began: float
    ended: float
    # How many would be alike by chance, given how everybody answers.
    expected: float


def find_alike(
    patterns: Sequence[Pattern],
    *,
    within: float = 600,
    fewest: int = 5,
    least_answers: int = 7,
    chance: float = 0.001,
) -> list[Alike]:
    """Find answers given alike by `fewest` voters within so many seconds.

    How often they would be alike by chance is told by everybody's answers: the chance
    of a set of answers is the product of its statements' shares, its number among those
    of the channel who answered the same statements is Poisson, and over all sets that
    are looked at the chance of a false find is `chance` (Bonferroni). Who answers
    little, or as nearly everybody does, is therefore never found. The longest first.
    """
    shares = _shares(patterns)
    same: dict[tuple[Hashable, Answers], list[float]] = defaultdict(list)
    peers: dict[tuple[Hashable, frozenset[Any]], int] = defaultdict(int)
    for one in patterns:
        peers[one.channel, _asked(one.answers)] += 1
        if len(one.answers) >= least_answers:
            same[one.channel, one.answers].append(one.at)
    looked_at = {key: times for key, times in same.items() if len(times) >= fewest}
    found = []
    for (channel, answers), times in looked_at.items():
        count, began, ended = _densest(sorted(times), within)
        expected = peers[channel, _asked(answers)] * prod(
            shares[one] for one in answers
        )
        # The chance of so many or more of a Poisson number.
        if count >= fewest and gammainc(count, expected) * len(looked_at) < chance:
            found.append(Alike(channel, count, answers, began, ended, expected))
    return sorted(found, key=lambda one: (-one.count, -len(one.answers), one.began))


def _asked(answers: Answers) -> frozenset[Any]:
    return frozenset(statement for statement, _vote in answers)


def _shares(patterns: Iterable[Pattern]) -> dict[tuple[Any, int], float]:
    """Return each vote's share of its statement, one vote added to each."""
    given: dict[tuple[Any, int], int] = defaultdict(int)
    votes: dict[Any, int] = defaultdict(int)
    for one in patterns:
        for statement, vote in one.answers:
            given[statement, vote] += 1
            votes[statement] += 1
    return {key: (count + 1) / (votes[key[0]] + 3) for key, count in given.items()}


def _densest(times: Sequence[float], within: float) -> tuple[int, float, float]:
    """Return how many lie in the fullest stretch, and its first and last."""
    best, first = (0, 0.0, 0.0), 0
    for last, moment in enumerate(times):
        while moment - times[first] > within:
            first += 1
        if last - first + 1 > best[0]:
            best = last - first + 1, times[first], moment
    return best
