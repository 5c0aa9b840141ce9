"""One planning instance in a process of its own, so that its memory is its own.

Reads JSON from the standard input: rows and seed, or a folder; the budget's factor;
what to do. Writes the figures as JSON.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from luoshi.cli.bench.planning_made import made_up
from luoshi.engines import planning
from luoshi.engines.planning.rows import rows_of
from luoshi.engines.planning.tracks import follow, singles

HABITS: dict[str, Callable[[planning.Instance], planning.Course]] = {
    "worst_first": planning.worst_first,
    "showy_first": planning.showy_first,
    "benefit_by_cost_yearly": planning.benefit_by_cost_yearly,
    "benefit_by_cost": planning.benefit_by_cost,
}


def peak_mb() -> float:
    """Return the most memory that this process has held."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def timed(work: Callable[[], Any], rounds: int = 1) -> tuple[Any, float, float]:
    """Return the result, the least seconds and the least processor seconds."""
    clock, processor = [], []
    for _round in range(rounds):
        began, ran = time.perf_counter(), time.process_time()
        told = work()
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - ran)
    return told, round(min(clock), 4), round(min(processor), 4)


def figures(
    plan: planning.Plan | planning.Course, bound: float, seconds: float, cpu: float
) -> dict[str, Any]:
    """Return what is told of a plan or a habit."""
    course = plan.course if isinstance(plan, planning.Plan) else plan
    return {
        "value": course.value,
        "bound": bound,
        "gap": 1 - course.value / bound if bound > 0 else 0.0,
        "seconds": seconds,
        "cpu_seconds": cpu,
        "peak_mb": peak_mb(),
        "overdrawn": list(course.overdrawn),
    }


def main() -> None:
    """Measure what is asked for."""
    asked: dict[str, Any] = json.load(sys.stdin)
    if asked.get("dir"):
        instance = planning.read_folder(Path(asked["dir"]))
    else:
        instance = made_up(asked["rows"], asked["seed"], factor=asked["factor"])
    once, seconds, cpu = timed(partial(planning.plan_once, instance), asked["rounds"])
    told = {"assets": len(instance), "once": figures(once, once.bound, seconds, cpu)}
    for name in asked["habits"]:
        course, seconds, cpu = timed(partial(HABITS[name], instance))
        told[name] = figures(course, once.bound, seconds, cpu)
    if asked["sequences"]:
        told |= _sequences(instance, once)
    if asked["columns"]:
        _write_columns(instance, Path(asked["columns"]))
    json.dump(told, sys.stdout)


def _sequences(instance: planning.Instance, once: planning.Plan) -> dict[str, Any]:
    """Return figures of full sequences, and of what-ifs from both plans."""
    full, seconds, cpu = timed(partial(planning.plan, instance))
    told = {"sequences": figures(full, full.bound, seconds, cpu)}
    told["sequences"]["over_once"] = full.value / max(once.value, 1e-12)
    for factor in (0.8, 1.2):
        budgets = tuple(int(one * factor) for one in instance.budgets)
        other = replace(instance, budgets=budgets)
        for name, planner, start in (
            ("once", planning.plan_once, once),
            ("sequences", planning.plan, full),
        ):
            plan, seconds, cpu = timed(partial(planner, other, start=start))
            told[f"what_if_{name}_{factor}"] = figures(plan, plan.bound, seconds, cpu)
    return told


def _write_columns(instance: planning.Instance, path: Path) -> None:
    """Leave the columns of single treatments for the reference's model."""
    columns = singles(instance, follow(instance))
    np.savez(
        path,
        value=columns.value,
        cost=columns.cost,
        year=np.arange(columns.value.shape[1]) // max(columns.treatments, 1),
        sign=rows_of(instance).sign,
        amount=rows_of(instance).amount,
        member=rows_of(instance).member,
    )


if __name__ == "__main__":
    main()
