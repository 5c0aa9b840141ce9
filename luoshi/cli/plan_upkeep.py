"""Computes the plans of upkeep of a town that wait for it."""

import argparse
import json
import signal
import sys

from django_scopes import scope

from luoshi.core.models import Town
from luoshi.upkeep.plans.computing import compute_plans

# A plan that takes longer is ended, and said to have failed at the next look.
LONGEST_S = 600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--town", required=True)
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Compute plans; 1 where there is no such town."""
    town = Town.objects.filter(code=options.town).first()
    if town is None:
        print(f"There is no town {options.town}.", file=sys.stderr)
        return 1
    signal.alarm(LONGEST_S)
    with scope(town=town):
        told = [
            {
                "years": str(plan),
                "state": plan.state,
                "value": plan.told.get("value"),
                "bound": plan.told.get("bound"),
                "seconds": plan.told.get("seconds"),
            }
            for plan in compute_plans(town)
        ]
    signal.alarm(0)
    print(json.dumps(told) if options.json else told)
    return 0
