"""Makes the opinion maps of a town: those that are due, or the ones named."""

import argparse
import json
import signal
import sys

from django_scopes import scope

from luoshi.consultations.maps.making import make_maps
from luoshi.core.models import Town

# A map that takes longer is ended; the next run tries it again.
LONGEST_S = 300


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--town", required=True)
    parser.add_argument(
        "--consultation",
        type=int,
        action="append",
        default=[],
        help="its number; made whether due or not",
    )
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Make maps; 1 where there is no such town."""
    town = Town.objects.filter(code=options.town).first()
    if town is None:
        print(f"There is no town {options.town}.", file=sys.stderr)
        return 1
    signal.alarm(LONGEST_S)
    with scope(town=town):
        made = make_maps(town, options.consultation)
        told = [
            {
                "consultation": kept.consultation.number,
                "voters": kept.told["voters"],
                "groups": [group["size"] for group in kept.told["groups"]],
            }
            for kept in made
        ]
    signal.alarm(0)
    print(json.dumps(told) if options.json else told)
    return 0
