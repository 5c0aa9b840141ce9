"""What if: more money or less, all put off by a year, or the habits instead."""

from dataclasses import dataclass, replace

from luoshi.engines.planning.habits import showy_first, worst_first
from luoshi.engines.planning.outlook import Outlook, outlook
from luoshi.engines.planning.planning import plan, plan_once
from luoshi.engines.planning.plans import Plan

SWING = 20


def with_budgets(told: Plan, budgets: tuple[int, ...]) -> Plan:
    """Return the plan under other budgets, from the prices of the first."""
    instance = replace(told.course.instance, budgets=budgets)
    planner = plan_once if told.single else plan
    return planner(instance, start=told)


def swung(told: Plan, percent: int) -> Plan:
    """Return the plan if each year had so many percent more (or less, below zero)."""
    budgets = told.course.instance.budgets
    return with_budgets(told, tuple(one * (100 + percent) // 100 for one in budgets))


@dataclass(frozen=True, eq=False)
class PutOff:
    """The plan if the first year's money is spent in the second; what that loses."""

    plan: Plan
    loses: float
    money: int | None


def put_off(told: Plan) -> PutOff:
    """Return what it costs to do nothing in the first year and twice as much after."""
    first, *others = told.course.instance.budgets
    budgets = (0, others[0] + first, *others[1:]) if others else (0,)
    later = with_budgets(told, budgets)
    loses = max(told.value - later.value, 0.0)
    price = later.prices[min(1, len(budgets) - 1)]
    return PutOff(later, loses, round(loses / price) if price > 0 else None)


def side_by_side(told: Plan, *, swing: int = SWING) -> dict[str, Outlook]:
    """Return the plan, the same with less and with more money, and the habits.

    The habits may treat an asset again if the plan may.
    """
    instance = told.course.instance
    return {
        "plan": outlook(told.course),
        "less": outlook(swung(told, -swing).course),
        "more": outlook(swung(told, swing).course),
        "worst_first": outlook(worst_first(instance, once=told.single)),
        "showy_first": outlook(showy_first(instance, once=told.single)),
    }
