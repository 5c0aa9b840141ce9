"""Where a package and its parts lie, for nobody else to read."""

import shutil
from pathlib import Path

from django.conf import settings

from luoshi.archive.models import Entry, Package


def folder_of(package: Package) -> Path:
    """Return a package's folder, made where it is missing."""
    folder: Path = settings.DATA / "archive" / f"{package.pk}"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def part_of(package: Package, entry: Entry, ending: str) -> Path:
    """Return where the PDF or XML of a file lies until it is packed."""
    return folder_of(package) / f"{entry.pk}.{ending}"


def zip_of(package: Package) -> Path:
    """Return where the finished file lies."""
    return folder_of(package) / "package.zip"


def drop_folder(package: Package) -> None:
    """Delete a package's files."""
    shutil.rmtree(folder_of(package), ignore_errors=True)
