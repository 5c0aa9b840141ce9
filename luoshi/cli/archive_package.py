"""Makes a package of the archive; what a stop left over is made by the next run."""

import argparse
import json
import sys

from django.conf import settings
from django.utils.translation import override
from django_scopes import scope

from luoshi.archive.making.package import make_package
from luoshi.archive.models import Package
from luoshi.core.actors import OPERATOR, Actor
from luoshi.core.models import Person, Town
from luoshi.core.staff import staff_of_person


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--town", required=True)
    parser.add_argument("--package", type=int, required=True)
    parser.add_argument("--person", type=int, help="who asked for it")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    """Make it; 1 where there is none, or another process is at it."""
    town = Town.objects.filter(code=options.town).first()
    if town is None:
        print(f"There is no town {options.town}.", file=sys.stderr)
        return 1
    # An archive is read by those who come later: always in the town's language.
    with scope(town=town), override(settings.LANGUAGE_CODE):
        if not Package.objects.filter(pk=options.package).exists():
            print(f"There is no package {options.package}.", file=sys.stderr)
            return 1
        actor: Actor = OPERATOR
        if options.person is not None:
            actor = staff_of_person(Person.objects.get(pk=options.person))
        package = make_package(options.package, actor=actor)
    if package is None:
        print("It is being made already, or is whole.", file=sys.stderr)
        return 1
    told = {
        "matters": package.total,
        "pages": package.pages,
        "bytes": package.size,
        "sha256": package.digest,
    }
    print(json.dumps(told) if options.json else told)
    return 0
