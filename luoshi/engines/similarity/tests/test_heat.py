"""Heat, weeks and rises, counted by hand."""

import numpy as np
import pytest
from scipy.stats import binom

from luoshi.engines.similarity import heat as heats
from luoshi.engines.similarity.heat import Rise

NOW = 20_000.0


def days_ago(*ages):
    return NOW - np.array(ages, float)


def people(*who):
    return np.array(who, np.int64)


def test_a_persons_word_is_worth_half_after_a_month():
    last = heats.people_at(days_ago(0, 30, 60), people(0, 1, 2))
    assert heats.heat(last, NOW) == pytest.approx(1.75)


def test_only_the_last_word_of_a_person_is_warm():
    last = heats.people_at(days_ago(0, 1, 2, 90), people(0, 0, 0, 0))
    assert heats.heat(last, NOW) == pytest.approx(1)


def test_what_has_no_time_gives_no_heat():
    last = heats.people_at(np.array([np.nan, NOW]), people(0, 1))
    assert heats.heat(last, NOW) == pytest.approx(1)
    assert heats.heat(heats.people_at(np.array([np.nan]), people(0)), NOW) == 0


def test_weeks_count_people_and_not_messages():
    weeks = heats.weekly(days_ago(1, 2, 8, 8, 30, -5), people(0, 0, 0, 1, 2, 3), NOW, 3)
    assert weeks == (0, 2, 1)


def rise_of(lately, earlier, *, all_lately, all_earlier):
    """A topic of so many people now and in the same weeks a year ago."""
    times = days_ago(*[3] * lately, *[367] * earlier)
    everything = np.sort(days_ago(*[3] * all_lately, *[367] * all_earlier, 800))
    return heats.rise(times, np.arange(len(times)), everything, NOW)


def test_a_season_is_no_rise():
    """Heating complaints come each winter: as many as a year ago is nothing."""
    rise = rise_of(20, 20, all_lately=200, all_earlier=200)
    assert rise.chance > 0.4
    assert rise_of(20, 2, all_lately=200, all_earlier=200).chance < 0.001


def test_a_town_that_writes_more_is_no_rise():
    rise = rise_of(20, 5, all_lately=800, all_earlier=200)
    assert rise.expected == pytest.approx(20, rel=0.05)
    assert rise.chance > 0.4


def test_the_chance_is_the_binomial_tail():
    # The one of 800 days ago stands in no window; one is imagined on either side.
    rise = rise_of(6, 2, all_lately=50, all_earlier=150)
    assert rise.years == 2
    assert rise.chance == pytest.approx(binom.sf(5, 8, 51 / 202))


def test_without_earlier_years_it_is_compared_with_the_half_year_before():
    everything = np.sort(days_ago(*range(180)))
    rise = heats.rise(days_ago(1, 2, 100), people(0, 1, 2), everything, NOW)
    assert (rise.people, rise.years) == (2, 0)


def test_nobody_lately_is_no_rise():
    assert heats.rise(days_ago(90), people(0), days_ago(90), NOW) is None


def test_of_many_topics_few_rise_by_chance():
    """Of a thousand uniform chances next to none is flagged, of real rises all."""
    chances = np.random.default_rng(1).uniform(size=1000)
    quiet = [Rise(5, 5.0, float(chance), 1) for chance in chances]
    assert sum(heats.rises(quiet)) == 0
    loud = [Rise(9, 1.0, 1e-7, 1)] * 10
    assert sum(heats.rises([*quiet, *loud, None])) >= 10
    assert heats.rises([Rise(2, 0.0, 1e-9, 1), None]) == [False, False]
    assert heats.rises([]) == []
