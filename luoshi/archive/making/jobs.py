"""The process of its own in which a package is made."""

import subprocess
import sys

from luoshi.archive.models import Package
from luoshi.core.models import Person


def start_making(package: Package, person: Person) -> None:
    """Begin or go on; a second process sees that one is at it and ends."""
    subprocess.Popen(
        [
            *(sys.executable, "-m", "luoshi.cli.main", "archive-package"),
            *("--town", package.town.code, "--package", str(package.pk)),
            *("--person", str(person.pk)),
        ],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
