"""Imports the orders of a main system from its export."""

import argparse
import json
import sys
from typing import Any

from luoshi.cases.orders.bring import Result, import_orders
from luoshi.cases.orders.systems import BEGINNINGS, FIRST, system_within
from luoshi.cases.orders.systems import systems_of as known_systems
from luoshi.cli.import_cases import (
    actor_of,
    add_file_arguments,
    rejects_of,
    run_import,
    tell_status,
)
from luoshi.core.models import Town
from luoshi.core.refusals import Refusal

# What a caller reads; the rest is said beside it.
COUNTS = ("read", "added", "updated", "unchanged", "rejected")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_file_arguments(parser)
    parser.add_argument(
        "--system",
        default=FIRST,
        help=f"the main system: {', '.join(BEGINNINGS)}, or a code of the town's own",
    )


def run(options: argparse.Namespace) -> int:
    """Import; 1 where the file, the town or the system cannot be used."""
    return run_import(options, _import, _say)


def _import(town: Town, options: argparse.Namespace) -> Result:
    if options.system not in {one.code for one in known_systems(town)}:
        raise Refusal("cases.no_such_system", system=options.system)
    return import_orders(
        system_within(town, options.system),
        options.file,
        actor=actor_of(options),
        rejects=rejects_of(options),
        progress=lambda so_far: tell_status(
            options, state="running", **so_far.as_dict()
        ),
    )


def _say(options: argparse.Namespace, told: dict[str, Any]) -> None:
    counts = {name: told[name] for name in COUNTS}
    print(json.dumps(counts) if options.json else counts)
    if told["twice"]:
        print(
            f"{told['twice']} rows repeat a number of this file; the newest counts.",
            file=sys.stderr,
        )
    if told["rejects_file"]:
        print(f"The rows left out: {told['rejects_file']}", file=sys.stderr)
