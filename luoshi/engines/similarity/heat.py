"""How much a topic is spoken of, and whether that is more than its season explains."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc

__all__ = [
    "FALSE_RISES",
    "LATELY",
    "Rise",
    "heat",
    "people_at",
    "rise",
    "rises",
    "weekly",
]

# A person's word counts half after as many days.
HALF_LIFE = 30.0
# "Lately" is four weeks; a year of 52 weeks keeps the days of the week.
LATELY, YEAR, MOST_YEARS = 28.0, 364.0, 5
# Fewer people than this are no rise, and of the rises flagged so many may be chance.
LEAST_PEOPLE, FALSE_RISES = 3, 0.05
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Rise:
    """People of a topic lately, how many were expected, and how likely by chance."""

    people: int
    expected: float
    chance: float
    # The same weeks of so many earlier years; 0: too short a history, the half year
    # before.
    years: int


def people_at(times: Floats, people: NDArray[np.int64]) -> Floats:
    """Return when each person spoke last; who gave no time is left out."""
    known = ~np.isnan(times)
    last = np.full(int(people.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(last, people[known], times[known])
    return last[np.isfinite(last)]


def heat(last: Floats, now: float) -> float:
    """Return the people who spoke, each worth 2^(-age / 30 days) by their last word.

    One person's ten messages are worth what the newest is. Twelve people this week and
    none before give about 12; the same twelve a month ago give 6. A time in the future
    counts as now.
    """
    return float(np.exp2(-np.maximum(now - last, 0) / HALF_LIFE).sum())


def weekly(
    times: Floats, people: NDArray[np.int64], now: float, weeks: int
) -> tuple[int, ...]:
    """Return how many people spoke in each of the last weeks, the oldest first."""
    known = ~np.isnan(times)
    age = np.floor((now - times[known]) / 7).astype(np.int64)
    within = (age >= 0) & (age < weeks)
    once = np.unique(people[known][within] * weeks + age[within])
    counts = np.bincount(once % weeks, minlength=weeks)
    return tuple(int(count) for count in counts[::-1])


def _windows(history: Floats, now: float) -> tuple[list[float], float, int]:
    """Return the ends and the length of the windows of comparison, and the years."""
    begins = history.min(initial=now)
    years = [
        year
        for year in range(1, MOST_YEARS + 1)
        if begins <= now - LATELY - YEAR * year
    ]
    if years:
        return [now - YEAR * year for year in years], LATELY, len(years)
    return [now - LATELY], LATELY * 6.5, 0


def _spoke(times: Floats, people: NDArray[np.int64], end: float, length: float) -> int:
    """Count who spoke within a stretch of time."""
    return len(np.unique(people[(times > end - length) & (times <= end)]))


def rise(
    times: Floats, people: NDArray[np.int64], everything: Floats, now: float
) -> Rise | None:
    """Compare a topic's last four weeks with the same weeks of earlier years.

    `everything` are the sorted times of all cases. If the topic only moved with all
    that is said, a person among those of now and then spoke now with the share that all
    cases of now have of those of now and then: a binomial test (one-sided, conditional
    on the sum, Przyborowski and Wilenski 1940), so that neither a season nor a town
    that writes more each year is a rise. None if nobody spoke lately.
    """
    ends, length, years = _windows(everything, now)
    lately = _spoke(times, people, now, LATELY)
    if not lately:
        return None
    earlier = sum(_spoke(times, people, end, length) for end in ends)
    all_now = _between(everything, now, LATELY)
    all_then = sum(_between(everything, end, length) for end in ends)
    # One imagined case each: a year without any says little, not everything.
    share = (all_now + 1) / (all_now + all_then + 2)
    # The tail itself: scipy.stats would load half a second of distributions for it.
    chance = float(bdtrc(lately - 1, lately + earlier, share))
    expected = earlier * share / (1 - share)
    return Rise(lately, round(expected, 2), chance, years)


def _between(ordered: Floats, end: float, length: float) -> int:
    low, high = np.searchsorted(ordered, [end - length, end], "right")
    return int(high - low)


def rises(found: list[Rise | None]) -> list[bool]:
    """Say which are flagged: Benjamini and Hochberg 1995 over all topics of a run.

    Of many topics some rise by chance; the share of such among those flagged stays
    under `FALSE_RISES`. Fewer than `LEAST_PEOPLE` people are never flagged.
    """
    chances = np.array([1.0 if one is None else one.chance for one in found])
    ordered = np.sort(chances)
    least = FALSE_RISES * np.arange(1, len(chances) + 1) / max(len(chances), 1)
    within = ordered[ordered <= least]
    limit = float(within.max(initial=-1.0))
    return [
        one is not None and one.chance <= limit and one.people >= LEAST_PEOPLE
        for one in found
    ]
