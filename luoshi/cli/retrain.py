"""Learns a town's suggestions anew, within a time limit."""

import argparse
import json
import os
import signal
import sys

from django_scopes import scope

from luoshi.cases.suggest.nights import retrain
from luoshi.core.actors import OPERATOR, SCHEDULER
from luoshi.core.models import Town

LIMIT_MINUTES = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--town", required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--minutes", type=int, default=LIMIT_MINUTES)
    parser.add_argument("--by-night", action="store_true", help="the scheduler asks")


def run(options: argparse.Namespace) -> int:
    """Learn; 1 where there is no such town."""
    town = Town.objects.filter(code=options.town).first()
    if town is None:
        print(f"There is no town {options.town}.", file=sys.stderr)
        return 1
    # Whatever it is at, the system ends it then: nothing is half written.
    signal.alarm(options.minutes * 60)
    os.nice(10)
    with scope(town=town):
        actor = SCHEDULER if options.by_night else OPERATOR
        made = retrain(town, actor=actor)
    if made is None:
        print("Nothing is decided yet to learn from, or another process is at it.")
        return 0
    told = {"decisions": made.decisions, "routers": made.routers}
    print(json.dumps(told, ensure_ascii=False) if options.json else told)
    return 0
