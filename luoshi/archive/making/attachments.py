"""The files that people handed in, as they lie in a package."""

import hashlib
import re
from dataclasses import dataclass

from luoshi.archive.making.told import Told
from luoshi.core.files.keep import content_of
from luoshi.core.models import StoredFile

CHUNK = 1 << 20
# What no file system takes in a name.
_BAD = re.compile(r'[\x00-\x1f<>:"/\\|?*\u200e\u200f\u202a-\u202e]')


@dataclass(frozen=True)
class Attached:
    """A file, where it lies in the package, and its digest."""

    file: StoredFile
    path: str
    size: int
    digest: str


def attached_to(told: Told) -> list[Attached]:
    """Return a matter's files in their order; one whose bytes are gone is left out."""
    found: list[Attached] = []
    for file in told.every_file():
        digest, size = hashlib.sha256(), 0
        try:
            with content_of(file) as content:
                while part := content.read(CHUNK):
                    digest.update(part)
                    size += len(part)
        except FileNotFoundError:
            continue
        name = _BAD.sub("_", file.shown_name)[-60:].strip(". ") or file.kind
        ending = file.stored_name.rpartition(".")[2]
        if not name.lower().endswith(f".{ending}"):
            name = f"{name}.{ending}"
        path = f"{told.entry.number}/{len(found) + 1}-{name}"
        found.append(Attached(file, path, size, digest.hexdigest()))
    return found
