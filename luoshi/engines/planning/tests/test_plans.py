"""Plans against every plan there is; budgets, bounds, and the same plan each time."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from luoshi.engines.planning import (
    Instance,
    PlanningError,
    benefit_by_cost,
    benefit_by_cost_yearly,
    judge,
    plan,
    plan_once,
    showy_first,
    worst_first,
)
from luoshi.engines.planning.tests.made import (
    HOLD,
    asset,
    best_value,
    kind,
    town,
    towns,
)

PLANNERS = [(plan_once, True), (plan, False)]
HABITS = [worst_first, showy_first, benefit_by_cost, benefit_by_cost_yearly]


@pytest.mark.parametrize(("planner", "single"), PLANNERS)
@given(instance=towns())
@settings(max_examples=12, deadline=None)
def test_the_best_of_all_plans_lies_between_plan_and_bound(planner, single, instance):
    told, best = planner(instance), best_value(instance, single=single)
    slack = 1e-9 * max(best, 1)
    assert told.value <= best + slack
    assert told.bound >= best - slack
    # Few assets: a greedy choice may miss, but never by much more than one of them.
    assert told.value >= 0.5 * best - slack
    assert not told.course.overdrawn
    assert min(told.left) >= 0


@given(instance=towns())
@settings(max_examples=12, deadline=None)
def test_sequences_gain_no_less_than_single_treatments(instance):
    assert plan(instance).value >= plan_once(instance).value


@pytest.mark.parametrize("planner", [plan_once, plan])
@given(instance=towns())
@settings(max_examples=8, deadline=None)
def test_more_money_never_gains_less(planner, instance):
    less = planner(instance)
    richer = replace(instance, budgets=tuple(one * 2 for one in instance.budgets))
    more = planner(richer, start=less)
    assert more.value >= less.value
    assert more.bound >= less.value - 1e-9


@pytest.mark.parametrize("planner", [plan_once, plan, *HABITS])
@given(instance=towns(most=6))
@settings(max_examples=5, deadline=None)
def test_the_order_of_assets_decides_nothing(planner, instance):
    lot = np.random.default_rng(3).permutation(len(instance))
    columns = ("kind", "village", "belief", "quantity", "people", "hardship")
    turned = replace(
        instance,
        ids=tuple(instance.ids[at] for at in lot),
        **{name: getattr(instance, name)[lot] for name in columns},
    )
    one, other = planner(instance), planner(turned)
    actions = [getattr(told, "course", told).actions for told in (one, other)]
    if planner not in HABITS:
        assert (actions[0][lot] == actions[1]).all()
        assert planner(instance).course.actions.tolist() == actions[0].tolist()
    else:
        # Habits break ties by order; what they spend is never too much.
        assert not one.overdrawn and not other.overdrawn


@pytest.mark.parametrize("habit", HABITS)
@given(instance=towns())
@settings(max_examples=8, deadline=None)
def test_habits_keep_to_the_budget_and_below_the_bound(habit, instance):
    told = habit(instance)
    assert not told.overdrawn
    assert told.value <= plan_once(instance).bound + 1e-9
    assert ((told.actions >= 0).sum(axis=1) <= 1).all()


@pytest.mark.parametrize("planner", [plan_once, plan])
def test_without_money_nothing_is_done(planner):
    told = planner(town(3, 4, 5, budgets=(0, 0, 0)))
    assert told.works == ()
    assert told.value == 0
    assert 0 <= told.bound < 1e-6


@pytest.mark.parametrize("planner", [plan_once, plan])
def test_a_year_without_money_stays_empty(planner):
    told = planner(town(3, 4, 5, 4, budgets=(0, 60, 60)))
    assert told.course.spent[0] == 0
    assert told.value > 0


@pytest.mark.parametrize("planner", [plan_once, plan])
def test_without_assets_there_is_an_empty_plan(planner):
    told = planner(Instance.of([], (kind(),), budgets=(10, 10)))
    assert told.works == () and told.value == 0 and told.gap == 0


@pytest.mark.parametrize("planner", [plan_once, plan])
def test_hundreds_that_are_alike_fit_the_budget(planner):
    """All change their mind at one price: the budget must hold all the same."""
    rows = [asset(at, 4, people=10) for at in range(120)]
    told = planner(Instance.of(rows, (kind(),), budgets=(180, 180, 180)))
    assert not told.course.overdrawn
    assert told.gap < 0.06


def test_what_no_resident_uses_gets_nothing():
    rows = [asset(0, 5, people=0), asset(1, 5, people=9)]
    told = plan(Instance.of(rows, (kind(),), budgets=(100,)))
    assert [one.asset for one in told.works] == ["a1"]


def test_upkeep_is_done_again_and_again_where_it_pays():
    """A year's hold costs 2 to 4, so that it is held each year."""
    told = plan(town(2, budgets=(5,) * 6, kinds=(kind(treatments=(HOLD,)),)))
    assert [one.year for one in told.works] == [0, 1, 2, 3, 4, 5]


def test_a_hand_made_plan_is_judged_as_ours():
    instance = town(3, 4, 5)
    told = plan(instance)
    again = judge(instance, told.course.actions)
    assert again.value == told.value
    none = judge(instance, np.full((3, 3), -1))
    assert none.value == 0 and none.spent == (0, 0, 0)
    dear = judge(instance, np.array([[1, -1, -1], [2, -1, -1], [2, -1, -1]]))
    assert dear.overdrawn == (0,)


def test_works_that_do_not_suit_are_refused():
    with pytest.raises(PlanningError, match=r"a0.*not what suits it in year 1"):
        judge(town(1), np.array([[2, -1, -1]]))
    with pytest.raises(PlanningError, match="no such treatment"):
        judge(town(1), np.array([[7, -1, -1]]))


def test_money_of_one_year_is_told_in_that_of_another():
    told = plan(town(3, 4, 5, 4, 3, budgets=(30, 30, 30)))
    assert all(price >= 0 for price in told.prices)
    assert told.worth(0, 100) == pytest.approx(100 * told.prices[0])
    same = told.instead(1, 100, 1)
    assert same == (100 if told.prices[1] > 0 else None)
