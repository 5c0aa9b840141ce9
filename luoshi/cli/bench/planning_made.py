"""A made-up town's assets: twelve kinds, as many as are asked for, from a seed."""

import numpy as np

from luoshi.engines.planning import Instance, reference_kinds

# How often each kind occurs, and the middle of its quantities.
OFTEN = (0.10, 0.16, 0.05, 0.11, 0.02, 0.10, 0.10, 0.05, 0.03, 0.05, 0.15, 0.08)
MIDDLE = (600, 800, 900, 1, 1, 500, 600, 1, 1, 1, 8, 700)
GRADES = (0.22, 0.30, 0.26, 0.15, 0.07)
# The yearly budget is this share of what replacing everything would cost.
BUDGET_SHARE = 0.012


def made_up(rows: int, seed: int, *, years: int = 10, factor: float = 1.0) -> Instance:
    """Return a town with so many assets; `factor` multiplies its budget."""
    rng = np.random.default_rng(seed)
    kinds = reference_kinds()
    often = np.array(OFTEN) / sum(OFTEN)
    kind = rng.choice(len(kinds), rows, p=often)
    village = rng.integers(0, max(2, rows // 45), rows)
    grade = rng.choice(5, rows, p=np.array(GRADES))
    age = rng.integers(0, 3, rows)
    middle = np.array(MIDDLE)[kind]
    spread = np.where(middle > 1, rng.lognormal(0, 0.6, rows), 1)
    quantity = np.maximum(1, middle * spread).astype(int)
    people = np.maximum(1, rng.lognormal(4.6, 1.0, rows)).astype(int)
    hardship = np.round(1 + rng.beta(1, 4, rows), 2)
    renewal = np.array([max(one.treatments[-1].costs) for one in kinds])
    yearly = int((renewal[kind] * quantity).sum() * BUDGET_SHARE * factor)
    return Instance.of(
        [
            {
                "id": f"A{at:06}",
                "kind": kinds[kind[at]].name,
                "village": f"V{village[at]:04}",
                "grade": int(grade[at]) + 1,
                "age": int(age[at]),
                "quantity": int(quantity[at]),
                "people": int(people[at]),
                "hardship": float(hardship[at]),
            }
            for at in range(rows)
        ],
        kinds,
        budgets=(yearly,) * years,
    )
