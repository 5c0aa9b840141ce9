"""Imports cases from a file."""

import argparse
import json
import sys
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
    parser.add_argument("file", type=Path)
    parser.add_argument("--town", required=True)
    parser.add_argument(
        "--as", dest="mode", choices=["history", "open"], default="history"
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--person", type=int, help="who imports; else the operator")
    parser.add_argument("--status", type=Path, help="file that tells how far it is")


def run(options: argparse.Namespace) -> int:
    """Import; 1 where the file or the town cannot be used."""
    town = Town.objects.filter(code=options.town).first()
    if town is None or not options.file.is_file():
        missing = f"town {options.town}" if town is None else str(options.file)
        print(f"There is no {missing}.", file=sys.stderr)
        return 1
    try:
        with scope(town=town), override(settings.LANGUAGE_CODE):
            result = _import(town, options)
    except Exception as error:
        _tell(options, state="failed", why=_words_of(error))
        if not isinstance(error, BadSheet | Refusal):
            raise
        print(_words_of(error), file=sys.stderr)
        return 1
    if result.added:
        freshen_statistics()
    told = result.as_dict()
    _tell(options, state="done", **told)
    print(json.dumps(told, ensure_ascii=False) if options.json else told)
    return 0


def _import(town: Town, options: argparse.Namespace) -> Result:
    rejects = options.file.with_suffix(".rejected.xlsx")
    if options.status is None:
        name = f"{now():%Y%m%d-%H%M%S}-rejected.xlsx"
        rejects = settings.DATA / "imports" / name
    return import_cases(
        town,
        options.file,
        history=options.mode == "history",
        actor=_actor(options),
        rejects=rejects,
        progress=lambda so_far: _tell(options, state="running", **so_far.as_dict()),
    )


def _actor(options: argparse.Namespace) -> Actor:
    if options.person is None:
        return OPERATOR
    return staff_of_person(Person.objects.get(pk=options.person))


def _tell(options: argparse.Namespace, **told: Any) -> None:
    if options.status is not None:
        write_status(options.status, **told)


def _words_of(error: Exception) -> str:
    """Say what went wrong without naming the exception, where it has words."""
    if isinstance(error, Refusal):
        return error.sentence
    return str(error) if isinstance(error, BadSheet) else ""
