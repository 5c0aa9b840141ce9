"""HiGHS on the same columns: the linear relaxation, or the whole-number model.

`python -m luoshi.cli.bench.planning_reference FILE METHOD`, in a process that the bench
ends when its time is over: HiGHS's own limit is no guard while it prepares a model.
"""

import json
import resource
import sys
import time

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

# Seconds of the whole-number model.
WHOLE_S = 20


def main(path: str, method: str) -> None:
    """Solve and print value and seconds."""
    held = np.load(path)
    asset, column = np.nonzero(held["value"] > 0)
    value, cost = held["value"][asset, column], held["cost"][asset, column]
    year, count = held["year"][column], len(held["value"])
    sign = held["sign"][:, held["member"][asset], year]
    money = held["amount"].max() or 1
    rows = sparse.vstack(
        [
            sparse.csr_array(sign * cost / money),
            sparse.csr_array(
                (np.ones(len(asset)), (asset, np.arange(len(asset)))),
                shape=(count, len(asset)),
            ),
        ]
    ).tocsr()
    most = np.concatenate([held["amount"] / money, np.ones(count)])
    began, ran = time.perf_counter(), time.process_time()
    if method == "whole":
        found = milp(
            -value,
            constraints=LinearConstraint(rows, ub=most),
            integrality=np.ones(len(value)),
            bounds=Bounds(0, 1),
            options={"time_limit": WHOLE_S, "mip_rel_gap": 1e-5},
        )
        bound = -found.mip_dual_bound if found.x is not None else None
    else:
        found = linprog(-value, A_ub=rows, b_ub=most, bounds=(0, None), method=method)
        bound = -found.fun if found.status == 0 else None
    told = {
        "value": -found.fun if found.x is not None else None,
        "bound": bound,
        "seconds": round(time.perf_counter() - began, 3),
        "cpu_seconds": round(time.process_time() - ran, 3),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "status": found.message,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
