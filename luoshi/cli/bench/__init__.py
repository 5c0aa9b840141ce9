"""Measures: each prints one JSON object with figures and aims."""

import argparse
import json
import os
import platform
from typing import Any

# How many rows each makes where none are asked for.
ROWS = {
    "export": 250_000,
    "intake": 400,
    "opinion": 0,
    "pages": 10_000,
    "planning": 0,
    "routing": 0,
    "search": 100_000,
    "similarity": 0,
    "voting": 0,
}
NAMES = list(ROWS)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--rows", type=int, help="cases to create, or assets")
    parser.add_argument("--requests", type=int, default=30, help="of each page")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--file",
        action="append",
        help="CSV whose longest column gives the texts, or the messages; "
        "an election in Pabulib's format, of which several may be given",
    )
    parser.add_argument("--ballots", type=int, help="of a made-up election")
    parser.add_argument("--projects", type=int, help="of a made-up election")
    parser.add_argument("--topic", help="CSV of known topics: 问题ID, 留言编号")
    parser.add_argument("--train", help="CSV to learn from: text, category")
    parser.add_argument("--test", help="CSV to be judged on: text, category")
    parser.add_argument(
        "--dir",
        help="folder of the shared data, of one Polis export, or of assets to plan for",
    )
    parser.add_argument(
        "--reference", action="store_true", help="compare with a reference library"
    )
    parser.add_argument("--suspects", help="CSV to write the likeliest wrong labels to")
    parser.add_argument(
        "--database", choices=["sqlite", "postgresql"], default="sqlite"
    )


def machine() -> str:
    """Name the machine by what matters to a figure."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python " + (
        platform.python_version()
    )


def aim(value: float, goal: float, unit: str, *, least: bool = True) -> dict[str, Any]:
    """Return one aim: the value, what it should be, and whether it holds."""
    holds = value >= goal if least else value <= goal
    return {"value": round(value, 4), "aim": goal, "unit": unit, "holds": holds}


def run(options: argparse.Namespace) -> int:
    """Run one bench and print what it measured."""
    from luoshi.cli.bench import (
        export,
        intake,
        opinion,
        pages,
        planning,
        routing,
        search,
        similarity,
        voting,
    )

    if options.name != "voting":
        # Only elections are measured several at a time.
        options.file = options.file[-1] if options.file else None
    options.rows = options.rows or ROWS[options.name]
    measures = {
        "export": export.measure,
        "intake": intake.measure,
        "opinion": opinion.measure,
        "pages": pages.measure,
        "planning": planning.measure,
        "routing": routing.measure,
        "search": search.measure,
        "similarity": similarity.measure,
        "voting": voting.measure,
    }
    figures, aims = measures[options.name](options)
    told = {
        "bench": options.name,
        "machine": machine(),
        "figures": figures,
        "aims": aims,
    }
    print(json.dumps(told, ensure_ascii=False, indent=None if options.json else 2))
    return 0
