"""Planning upkeep: how near to the best, how fast, beside habits and a solver.

`--rows N --seed S` plans a made-up town; without `--rows` every size that has an aim,
and five seeds at half, one and two times the budget against benefit by cost; `--dir D`
an instance in CSV files (docs/planning.md). Each in a process of its own.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from luoshi.cli.bench import aim
from luoshi.cli.bench.planning_run import HABITS

SIZES = (900, 5_000, 20_000, 50_000)
# The least value by bound, and the most seconds, where there is an aim.
VALUES = {900: 0.998, 5_000: 0.9995, 20_000: 0.9995, 50_000: 0.9995}
SECONDS = {20_000: 1.5, 50_000: 5.0}
WHAT_IFS = {900: 0.5, 20_000: 2.0}
SEEDS, FACTORS, BESIDE = range(1, 6), (0.5, 1.0, 2.0), 5_000
# HiGHS takes minutes beyond; no whole plan is found beyond the second in its time.
MOST_LINEAR, MOST_WHOLE = 20_000, 1_000
METHODS = ("highs-ds", "highs-ipm")
LIMIT_S = 240


def _child(
    module: str, *words: str, asked: Any = None, limit: float | None = None
) -> Any:
    """Return what a process of its own tells; None if its time was over."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", f"luoshi.cli.bench.{module}", *words],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=False,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        raise SystemExit(done.stderr.strip().splitlines()[-1])
    # HiGHS may write above what is told.
    return json.loads(done.stdout.strip().splitlines()[-1])


def run_one(
    rows: int,
    seed: int,
    *,
    factor: float = 1.0,
    folder: str | None = None,
    full: bool = True,
    reference: bool = True,
) -> dict[str, Any]:
    """Return all figures of one instance."""
    with tempfile.TemporaryDirectory() as room:
        columns = Path(room) / "columns.npz"
        beside = reference and (folder is not None or rows <= MOST_LINEAR)
        told = _child(
            "planning_run",
            asked={
                "rows": rows,
                "seed": seed,
                "factor": factor,
                "dir": folder,
                "rounds": 3 if full and rows <= 20_000 else 1,
                "habits": list(HABITS) if full else ["benefit_by_cost"],
                "sequences": full,
                "columns": str(columns) if beside else None,
            },
        )
        told |= told.pop("once")
        told["highs"] = _highs(columns, told) if beside else None
    return told


def _highs(columns: Path, ours: dict[str, Any]) -> dict[str, Any]:
    """Return the solver's figures: its linear bound, and its plan where it is small."""
    if ours["assets"] > MOST_LINEAR:
        return {"refused": "too many assets"}
    found = {}
    for method in METHODS:
        told = _child("planning_reference", str(columns), method, limit=LIMIT_S)
        found[method] = told or {"bound": None, "seconds": LIMIT_S, "status": "ended"}
    solved = [one for one in found.values() if one["bound"] is not None]
    best = min(solved, key=lambda one: one["seconds"], default={"bound": None})
    told = {"linear": found, "bound": best["bound"], "value": None, "gap": None}
    told["seconds"] = best.get("seconds", LIMIT_S)
    told["peak_mb"] = best.get("peak_mb")
    if ours["assets"] <= MOST_WHOLE:
        whole = _child("planning_reference", str(columns), "whole", limit=LIMIT_S)
        told["whole"] = whole
        if whole and whole["value"] is not None and best["bound"]:
            told["value"] = whole["value"]
            told["gap"] = 1 - whole["value"] / best["bound"]
    if best.get("cpu_seconds"):
        told["cpu_seconds"] = best["cpu_seconds"]
        told["times_less_cpu"] = round(best["cpu_seconds"] / ours["cpu_seconds"], 1)
    told["times_as_fast"] = round(told["seconds"] / ours["seconds"], 1)
    return told


def measure(options: argparse.Namespace) -> tuple[dict[str, Any], dict[str, Any]]:
    """Measure one instance, or every size that has an aim."""
    if options.dir:
        one = run_one(0, options.seed, folder=options.dir)
        return one, _aims({one["assets"]: one})
    if options.rows:
        one = run_one(options.rows, options.seed)
        return one, _aims({options.rows: one})
    told = {rows: run_one(rows, options.seed) for rows in SIZES}
    aims = _aims(told)
    beside = [
        (
            seed,
            factor,
            run_one(BESIDE, seed, factor=factor, full=False, reference=False),
        )
        for seed in SEEDS
        for factor in FACTORS
    ]
    better = {
        f"seed {seed}, budget x {factor}": round(
            one["value"] / one["benefit_by_cost"]["value"], 5
        )
        for seed, factor, one in beside
    }
    figures: dict[str, Any] = {str(rows): one for rows, one in told.items()}
    figures["over_benefit_by_cost"] = better
    aims["over_benefit_by_cost"] = aim(min(better.values()), 1.03, "times its value")
    return figures, aims


def _aims(told: dict[int, dict[str, Any]]) -> dict[str, Any]:
    aims = {}
    for rows, one in told.items():
        least = VALUES.get(rows, 0.998 if rows < 5_000 else 0.9995)
        aims[f"value_by_bound_{rows}"] = aim(1 - one["gap"], least, "of the bound")
        aims[f"peak_mb_{rows}"] = aim(one["peak_mb"], 1000, "MB", least=False)
        if rows in SECONDS:
            aims[f"seconds_{rows}"] = aim(
                one["seconds"], SECONDS[rows], "s", least=False
            )
        highs = one["highs"] or {}
        if highs.get("bound"):
            share = one["bound"] / highs["bound"]
            aims[f"bound_by_linear_{rows}"] = {
                "value": share,
                "aim": 1.0001,
                "unit": "of HiGHS's linear bound, and no less than 1",
                "holds": 1 - 1e-7 <= share <= 1.0001,
            }
            if rows == 20_000:
                aims["times_as_fast_20000"] = aim(
                    highs["times_as_fast"], 30, "times as fast as HiGHS's best"
                )
        full = one["sequences"]
        aims[f"sequences_gap_{rows}"] = aim(full["gap"], 0.001, "", least=False)
        aims[f"sequences_over_once_{rows}"] = aim(full["over_once"], 1, "times")
        if rows == 20_000:
            aims["sequences_seconds_20000"] = aim(full["seconds"], 30, "s", least=False)
        if rows in WHAT_IFS:
            slowest = max(
                what["seconds"] for name, what in one.items() if name[:7] == "what_if"
            )
            aims[f"what_if_seconds_{rows}"] = aim(
                slowest, WHAT_IFS[rows], "s", least=False
            )
    return aims
