"""What is brought in as it is uploaded: files of Polis, one .zip, or an Excel table.

It is kept as one .zip until it is looked at and brought in, or for a day.
"""

import io
import secrets
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from luoshi.consultations.maps.from_excel import ENDINGS, files_of_table
from luoshi.core.clock import now
from luoshi.core.models import Town
from luoshi.core.sheets import BadSheet, folder_of
from luoshi.core.sheets.keep import NAME
from luoshi.engines.opinion.exchange import FILES

APART = "polis"
DAY_S = 86400
MOST_BYTES = 50 * 1024 * 1024
# A .zip says how large it is unpacked; one that lies is cut off here too.
MOST_UNPACKED = 200 * 1024 * 1024


def keep_upload(town: Town, uploads: Sequence[UploadedFile]) -> str:
    """Keep the files of an export as one .zip, and return its job's name."""
    found: dict[str, bytes] = {}
    for upload in uploads:
        ending = Path(upload.name or "").suffix.lower()
        if ending == ".zip":
            found |= unpack(upload.read())
        elif ending in ENDINGS:
            found |= files_of_table(upload.read(), ending)
        else:
            found[Path(upload.name or "").name.lower()] = upload.read()
    known = {name: data for name, data in found.items() if name in FILES}
    if not known:
        raise BadSheet(
            _("None of these is an Excel table or a file of Polis: %(names)s.")
            % {"names": ", ".join(FILES)}
        )
    job = secrets.token_urlsafe(16)
    with zipfile.ZipFile(_path(town, job), "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in known.items():
            packed.writestr(name, data)
    return job


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the files of an export in a .zip, in whatever folder they lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            wanted = [
                entry
                for entry in packed.infolist()
                if PurePosixPath(entry.filename).name.lower() in FILES
            ]
            if sum(entry.file_size for entry in wanted) > MOST_UNPACKED:
                raise BadSheet(_("The files are too large when unpacked."))
            return {
                PurePosixPath(entry.filename).name.lower(): packed.read(entry)
                for entry in wanted
            }
    # What the library raises for a way of packing it does not know, for a password, and
    # for bytes that are cut off or altered.
    except (
        *(zipfile.BadZipFile, NotImplementedError, RuntimeError),
        *(EOFError, zlib.error),
    ) as error:
        raise BadSheet(_("The .zip cannot be unpacked.")) from error


def files_of_job(town: Town, job: str) -> dict[str, bytes] | None:
    """Return the files of a job of this town, if there is one."""
    path = _path(town, job)
    if not NAME.match(job) or not path.exists():
        return None
    return unpack(path.read_bytes())


def drop_upload(town: Town, job: str) -> None:
    """Delete what was brought in."""
    _path(town, job).unlink(missing_ok=True)


def drop_forgotten() -> int:
    """Delete what nobody brought in within a day of uploading it; return how many."""
    old = [
        path
        for town in Town.objects.all()
        for path in folder_of(town, APART).glob("*.zip")
        if now().timestamp() - path.stat().st_mtime > DAY_S
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _path(town: Town, job: str) -> Path:
    return folder_of(town, APART) / f"{job}.zip"
