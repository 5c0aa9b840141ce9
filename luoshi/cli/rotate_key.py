"""Encrypts all names, telephones and words with a new key."""

import argparse
import json

from luoshi.core.sealed import rotate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--finish", action="store_true", help="go on after a stop")


def run(options: argparse.Namespace) -> int:
    """Rotate, or finish a rotation that was stopped; say how much was done."""
    report = rotate(fresh=not options.finish)
    if options.json:
        print(json.dumps(report))
    else:
        print(f"{report['resealed']} fields are encrypted with {report['key']} now.")
        print("Copy the key file anew: a copy made before cannot read them.")
    return 0
