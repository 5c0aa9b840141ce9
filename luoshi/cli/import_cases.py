"""Imports cases from a file."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import override
from django_scopes import scope

from luoshi.cases.importing import Result, import_cases
from luoshi.cases.importing.jobs import write_status
from luoshi.core.actors import OPERATOR, Actor
from luoshi.core.clock import now
from luoshi.core.models import Person, Town
from luoshi.core.refusals import Refusal
from luoshi.core.sheets import BadSheet
from luoshi.core.staff import staff_of_person
from luoshi.core.statistics import freshen_statistics


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_file_arguments(parser)
    parser.add_argument(
        "--as", dest="mode", choices=["history", "open"], default="history"
    )


def add_file_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what every import takes."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--town", required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--person", type=int, help="who imports; else the operator")
    parser.add_argument("--status", type=Path, help="file that tells how far it is")


def run(options: argparse.Namespace) -> int:
    """Import; 1 where the file or the town cannot be used."""
    return run_import(options, _import, _say)


def _say(options: argparse.Namespace, told: dict[str, Any]) -> None:
    print(json.dumps(told, ensure_ascii=False) if options.json else told)


def run_import(
    options: argparse.Namespace,
    bring: Callable[[Town, argparse.Namespace], Any],
    say: Callable[[argparse.Namespace, dict[str, Any]], None],
) -> int:
    """Bring a file in and say what came of it; 1 where that cannot be."""
    town = Town.objects.filter(code=options.town).first()
    if town is None or not options.file.is_file():
        missing = f"town {options.town}" if town is None else str(options.file)
        print(f"There is no {missing}.", file=sys.stderr)
        return 1
    try:
        with scope(town=town), override(settings.LANGUAGE_CODE):
            result = bring(town, options)
    except Exception as error:
        tell_status(options, state="failed", why=words_of_error(error))
        if not isinstance(error, BadSheet | Refusal):
            raise
        print(words_of_error(error), file=sys.stderr)
        return 1
    if result.added:
        freshen_statistics()
    told = result.as_dict()
    tell_status(options, state="done", **told)
    say(options, told)
    return 0


def _import(town: Town, options: argparse.Namespace) -> Result:
    return import_cases(
        town,
        options.file,
        history=options.mode == "history",
        actor=actor_of(options),
        rejects=rejects_of(options),
        progress=lambda so_far: tell_status(
            options, state="running", **so_far.as_dict()
        ),
    )


def rejects_of(options: argparse.Namespace) -> Path:
    """Return where the rows that stay out go: beside an upload, else with the data."""
    if options.status is not None:
        return Path(options.file).with_suffix(".rejected.xlsx")
    return Path(settings.DATA) / "imports" / f"{now():%Y%m%d-%H%M%S}-rejected.xlsx"


def actor_of(options: argparse.Namespace) -> Actor:
    """Return who imports: the named person, or who runs the command."""
    if options.person is None:
        return OPERATOR
    return staff_of_person(Person.objects.get(pk=options.person))


def tell_status(options: argparse.Namespace, **told: Any) -> None:
    """Write how far it is to where a page looks, if one does."""
    if options.status is not None:
        write_status(options.status, **told)


def words_of_error(error: Exception) -> str:
    """Say what went wrong without naming the exception, where it has words."""
    if isinstance(error, Refusal):
        return error.sentence
    return str(error) if isinstance(error, BadSheet) else ""
