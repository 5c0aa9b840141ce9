"""Imports cases from a file."""

import argparse
import json
import sys
from pathlib import Path

from django.conf import settings
from django_scopes import scope

from luoshi.cases.importing import BadSheet, import_cases
from luoshi.core.actors import OPERATOR
from luoshi.core.clock import now
from luoshi.core.models import Town
from luoshi.core.refusals import Refusal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--town", required=True)
    parser.add_argument(
        "--as", dest="mode", choices=["history", "open"], default="history"
    )
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Import; 1 where the file or the town cannot be used."""
    town = Town.objects.filter(code=options.town).first()
    if town is None or not options.file.is_file():
        missing = f"town {options.town}" if town is None else str(options.file)
        print(f"There is no {missing}.", file=sys.stderr)
        return 1
    rejects = settings.DATA / "imports" / f"{now():%Y%m%d-%H%M%S}-rejected.xlsx"
    try:
        with scope(town=town):
            result = import_cases(
                town,
                options.file,
                history=options.mode == "history",
                actor=OPERATOR,
                rejects=rejects,
            )
    except (BadSheet, Refusal) as error:
        print(getattr(error, "sentence", error), file=sys.stderr)
        return 1
    told = result.as_dict()
    print(json.dumps(told, ensure_ascii=False) if options.json else told)
    return 0
