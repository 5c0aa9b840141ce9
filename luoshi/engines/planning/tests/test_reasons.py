"""Why now, later or not; what waiting costs; what-ifs; how even a plan is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from luoshi.engines.planning import (
    Instance,
    Reasons,
    balance,
    judge,
    outlook,
    plan,
    plan_once,
    put_off,
    side_by_side,
    swung,
    worst_first,
)
from luoshi.engines.planning.outlook import gini
from luoshi.engines.planning.tests.made import asset, kind, town, towns

PLANNERS = [plan_once, plan]


def why(planner, rows, budgets):
    told = planner(Instance.of(rows, (kind(),), budgets=budgets))
    reasons = Reasons(told)
    return {one: reasons.why(at) for at, one in enumerate(told.course.instance.ids)}


@pytest.mark.parametrize("planner", PLANNERS)
def test_each_asset_says_why(planner):
    rows = [
        asset(0, 5, people=500),
        asset(1, 5, people=400),
        asset(2, 5, people=0),
        asset(3, 5, people=1),
        asset(4, 5, people=450, quantity=90),
    ]
    told = why(planner, rows, (40, 40, 0))
    assert (told["a0"].code, told["a0"].year) == ("now", 0)
    assert told["a0"].loses > 0 and told["a0"].money > 0
    assert (told["a1"].code, told["a1"].year) == ("later", 1)
    assert told["a2"].code == "unused"
    assert told["a3"].code == "not_worth" and told["a3"].loses > 0
    assert told["a4"].year is None


def test_what_nothing_suits_says_so():
    told = why(plan, [asset(0, 1)], (1000,))
    assert told["a0"].code in ("nothing_suits", "spare", "now")
    only = kind(treatments=(kind().treatments[2],))
    alone = plan(Instance.of([asset(0, 1)], (only,), budgets=(1000,)))
    assert Reasons(alone).why(0).code == "nothing_suits"


def test_what_is_still_good_comes_later():
    only = kind(life=4, treatments=(kind().treatments[2],))
    told = plan_once(Instance.of([asset(0, 2)], (only,), budgets=(100,) * 3))
    reason = Reasons(told).why(0)
    assert reason.code == "still_good" and reason.year > 0


@pytest.mark.parametrize("planner", PLANNERS)
@given(instance=towns(most=5))
@settings(max_examples=10, deadline=None)
def test_waiting_never_gains_and_the_years_agree(planner, instance):
    told = planner(instance)
    reasons = Reasons(told)
    assert (reasons.waiting >= 0).all()
    assert (np.diff(reasons.best, axis=1) <= 1e-9).all()
    # What all gain at the prices, with the money's worth, is the bound.
    money = float(np.dot(told.prices, instance.budgets))
    best = np.where(instance.weight > 0, np.maximum(reasons.best[:, 0], 0), 0)
    assert best.sum() + money == pytest.approx(told.bound, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("planner", PLANNERS)
def test_putting_all_off_loses(planner):
    told = planner(town(4, 5, 3, 4, 5, budgets=(40, 40, 40)))
    later = put_off(told)
    assert later.plan.course.spent[0] == 0
    assert later.loses > 0 and later.money > 0
    one_year = put_off(planner(town(5, budgets=(40,))))
    assert one_year.plan.works == () and one_year.loses > 0


@pytest.mark.parametrize("planner", PLANNERS)
def test_a_what_if_is_as_good_as_a_plan_from_the_start(planner):
    instance = town(4, 5, 3, 4, 5, 2, 3, budgets=(50, 50, 50))
    richer = replace(instance, budgets=(60, 60, 60))
    warm, cold = swung(planner(instance), 20), planner(richer)
    assert warm.course.instance.budgets == (60, 60, 60)
    assert warm.bound == pytest.approx(cold.bound, rel=1e-4)
    assert warm.value >= planner(instance).value


def test_side_by_side_the_plan_is_above_the_habits():
    told = side_by_side(plan(town(4, 5, 3, 4, 5, 2, 3, budgets=(50, 50, 50))))
    assert set(told) == {"plan", "less", "more", "worst_first", "showy_first"}
    assert told["less"].value <= told["plan"].value <= told["more"].value
    assert told["worst_first"].value <= told["plan"].value
    assert all(len(one.backlog) == len(one.grade) == 3 for one in told.values())


def test_habits_treat_again_only_where_they_may():
    instance = town(5, budgets=(40,) * 12, kinds=(kind(life=4),))
    once, again = worst_first(instance), worst_first(instance, once=False)
    assert (once.actions >= 0).sum() == 1
    assert (again.actions >= 0).sum() > 1
    assert not again.overdrawn


def test_an_outlook_by_hand():
    instance = town(5, 1, budgets=(40, 40))
    idle = outlook(judge(instance, np.full((2, 2), -1)))
    assert idle.spent == (0, 0) and idle.value == 0
    # 10 residents at grade 5, 11 at grade 1; renewal of two units costs 40.
    assert idle.grade[0] == pytest.approx((10 * 5 + 11 * 1) / 21)
    assert idle.backlog[0] == 40
    done = outlook(judge(instance, np.array([[2, -1], [-1, -1]])))
    assert done.grade[0] == pytest.approx(1)
    assert done.backlog[0] == 0 and done.spent == (40, 0)
    assert done.cost == 40 + done.backlog[-1]


def test_a_balance_by_hand():
    rows = [asset(0, 5, village="east"), asset(1, 1, village="west")]
    instance = Instance.of(rows, (kind(),), budgets=(40,))
    told = balance(judge(instance, np.array([[2], [-1]])))
    east, west = told.villages
    assert (east.village, east.money, west.money) == ("east", 40, 0)
    assert (east.grade_now, east.grade_end, east.grade_without) == (5, 1, 5)
    assert told.gini_now == pytest.approx(0.5)
    assert told.gini_end == pytest.approx(0)


def test_gini_by_hand():
    assert gini(np.array([1.0, 1.0]), np.array([3.0, 5.0])) == 0
    assert gini(np.array([0.0, 1.0]), np.array([1.0, 1.0])) == pytest.approx(0.5)
    assert gini(np.array([0.0, 0.0]), np.array([1.0, 1.0])) == 0
