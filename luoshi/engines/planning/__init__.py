"""Planning upkeep: which works for which asset in which year, within the budgets.

`plan` gives each asset its sequence of works, `plan_once` one treatment at most. A
`Plan` proves by its bound how far from the best it can be. `judge` says what comes of
works that somebody else chose. docs/decisions/planning.md has the formulas.
"""

from luoshi.engines.planning.courses import Course, judge
from luoshi.engines.planning.errors import PlanningError
from luoshi.engines.planning.files import read_folder
from luoshi.engines.planning.fitting import Fit, Seen, fit
from luoshi.engines.planning.habits import (
    benefit_by_cost,
    benefit_by_cost_yearly,
    showy_first,
    worst_first,
)
from luoshi.engines.planning.instances import Instance, Kind, Limit, Treatment
from luoshi.engines.planning.outlook import (
    Balance,
    Outlook,
    VillageShare,
    balance,
    outlook,
)
from luoshi.engines.planning.planning import plan, plan_once
from luoshi.engines.planning.plans import Plan, Works
from luoshi.engines.planning.reasons import Reason, Reasons
from luoshi.engines.planning.reference import (
    REFERENCES,
    Reference,
    matrix_of_life,
    reference_kinds,
    treatments_of,
)
from luoshi.engines.planning.what_ifs import (
    PutOff,
    put_off,
    side_by_side,
    swung,
    with_budgets,
)

__all__ = [
    "REFERENCES",
    "Balance",
    "Course",
    "Fit",
    "Instance",
    "Kind",
    "Limit",
    "Outlook",
    "Plan",
    "PlanningError",
    "PutOff",
    "Reason",
    "Reasons",
    "Reference",
    "Seen",
    "Treatment",
    "VillageShare",
    "Works",
    "balance",
    "benefit_by_cost",
    "benefit_by_cost_yearly",
    "fit",
    "judge",
    "matrix_of_life",
    "outlook",
    "plan",
    "plan_once",
    "put_off",
    "read_folder",
    "reference_kinds",
    "showy_first",
    "side_by_side",
    "swung",
    "treatments_of",
    "with_budgets",
    "worst_first",
]
