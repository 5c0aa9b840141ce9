"""Groups a town's cases into topics; what a stop left over the next run finds."""

import argparse
import json
import sys

from django_scopes import scope

from luoshi.core.actors import SCHEDULER
from luoshi.core.models import Town
from luoshi.topics.grouping import group_town


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--town", required=True)
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Group; 1 where there is no such town, or another process is at it."""
    town = Town.objects.filter(code=options.town).first()
    if town is None:
        print(f"There is no town {options.town}.", file=sys.stderr)
        return 1
    with scope(town=town):
        done = group_town(town, actor=SCHEDULER)
    if done is None:
        print("It is being done already.", file=sys.stderr)
        return 1
    told = {"read": done.read, "new": done.fresh, "joined": done.joined}
    print(json.dumps(told) if options.json else told)
    return 0
