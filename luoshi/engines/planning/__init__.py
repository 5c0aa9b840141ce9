"""Planning upkeep: which works for which asset in which year, within the budgets.

`plan` gives each asset its sequence of works, `plan_once` one treatment at most. A
`Plan` proves by its bound how far from the best it can be. `judge` says what comes of
works that somebody else chose. docs/decisions/planning.md has the formulas.
"""

from luoshi.engines.planning.courses import Course, judge
from luoshi.engines.planning.errors import PlanningError
from luoshi.engines.planning.files import read_folder
from luoshi.engines.planning.habits import (
    benefit_by_cost,
    benefit_by_cost_yearly,
    showy_first,
    worst_first,
)
from luoshi.engines.planning.instances import Instance, Kind, Limit, Treatment
from luoshi.engines.planning.planning import plan, plan_once
from luoshi.engines.planning.plans import Plan, Works
from luoshi.engines.planning.reference import (
    REFERENCES,
    Reference,
    matrix_of_life,
    reference_kinds,
    treatments_of,
)

__all__ = [
    "REFERENCES",
    "Course",
    "Instance",
    "Kind",
    "Limit",
    "Plan",
    "PlanningError",
    "Reference",
    "Treatment",
    "Works",
    "benefit_by_cost",
    "benefit_by_cost_yearly",
    "judge",
    "matrix_of_life",
    "plan",
    "plan_once",
    "read_folder",
    "reference_kinds",
    "showy_first",
    "treatments_of",
    "worst_first",
]
