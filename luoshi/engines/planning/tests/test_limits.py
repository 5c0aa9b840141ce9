"""The least and the most that a village or a kind is given."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.engines.planning import Instance, Limit, plan, plan_once
from luoshi.engines.planning.tests.made import asset, kind, towns

PLANNERS = [plan_once, plan]


def two_villages(*limits, many=40):
    """Return a town whose west has fewer residents, so that the east comes first."""
    rows = [
        asset(at, 3 + at % 3, village="west" if at % 2 else "east", people=60 - at)
        | {"people": 20 if at % 2 else 60}
        for at in range(many)
    ]
    return Instance.of(rows, (kind(),), budgets=(120, 120, 120), limits=limits)


def money(told, village, year=None):
    instance = told.course.instance
    chosen = instance.village == instance.villages.index(village)
    cost = told.course.cost[chosen]
    return int(cost.sum() if year is None else cost[:, year].sum())


@pytest.mark.parametrize("planner", PLANNERS)
def test_a_least_for_a_village_is_kept_and_has_its_price(planner):
    free = planner(two_villages())
    least = money(free, "west") + 60
    told = planner(two_villages(Limit(least, True, village="west")))
    assert money(told, "west") >= least
    assert not told.course.unmet and not told.course.overdrawn
    assert told.limit_prices[0] > 0
    assert told.value < free.value
    assert told.value <= told.bound


@pytest.mark.parametrize("planner", PLANNERS)
def test_a_most_in_a_year_is_never_exceeded(planner):
    limit = Limit(30, False, village="east", year=0)
    told = planner(two_villages(limit))
    assert money(planner(two_villages()), "east", 0) > 30
    assert money(told, "east", 0) <= 30
    assert not told.course.unmet


@pytest.mark.parametrize("planner", PLANNERS)
def test_a_least_beyond_all_money_is_told(planner):
    told = planner(two_villages(Limit(10_000, True, kind="road"), many=10))
    assert not told.course.overdrawn
    (unmet,) = told.course.unmet
    assert unmet[0] == 0 and unmet[1] > 0


@pytest.mark.parametrize("planner", PLANNERS)
@given(instance=towns(most=5), amount=st.integers(0, 80), year=st.integers(0, 0))
@settings(max_examples=8, deadline=None)
def test_a_most_holds_in_any_town(planner, instance, amount, year):
    limit = Limit(amount, False, village=instance.villages[0], year=year)
    told = planner(replace(instance, limits=(limit,)))
    assert not told.course.unmet and not told.course.overdrawn
    assert told.value <= told.bound + 1e-9
    assert told.bound <= planner(instance).bound * (1 + 1e-4) + 1e-6
