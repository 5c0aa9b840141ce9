"""Writes a backup while the server is in use."""

import hashlib
import io
import json
import os
import tarfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from luoshi.cli.backup.archive import ChunkWriter
from luoshi.cli.backup.database import (
    copied,
    digests,
    migrations_in,
    size_of_database,
)
from luoshi.cli.backup.leftovers import (
    check_space,
    remove_leftovers,
    sync,
    unfinished,
    work_folder,
)
from luoshi.cli.backup.say import Refused
from luoshi.cli.key import key_fault
from luoshi.conf.instance import master_key_path
from luoshi.core.clock import SHANGHAI, now
from luoshi.core.files import path_of
from luoshi.core.secrets import present_key

ENDING = ".backup"
# A half-written file that nobody has touched for a day.
OLD_S = 86400


def back_up(folder: Path, *, key_copied: bool) -> dict[str, Any]:
    """Write one encrypted file into a folder; `Refused` until the key is copied."""
    if fault := unfinished(settings.DATA):
        raise Refused(fault)
    _check_key(key_copied)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _clear(folder)
    _check_room(folder)
    name = f"luoshi-{now().astimezone(SHANGHAI):%Y%m%d-%H%M%S}{ENDING}"
    half = folder / f".{name}.part"
    try:
        with open(
            os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
        ) as f:
            writer = ChunkWriter(f)
            manifest = _fill(writer)
            writer.close()
            f.flush()
            os.fsync(f.fileno())
        os.replace(half, folder / name)
        # The name too: a backup that a power cut takes back is none.
        sync(folder)
    finally:
        half.unlink(missing_ok=True)
    return {
        "ok": True,
        "command": "backup",
        "file": str(folder / name),
        "bytes": (folder / name).stat().st_size,
    } | counts_of(manifest)


def _clear(folder: Path) -> None:
    """Remove what backups that were killed left behind."""
    remove_leftovers(settings.DATA)
    for half in folder.glob(f".luoshi-*{ENDING}.part"):
        if now().timestamp() - half.stat().st_mtime > OLD_S:
            half.unlink(missing_ok=True)


def _check_room(folder: Path) -> None:
    """Refuse where the copy of the database or the archive will not fit."""
    base = size_of_database()
    files = sum(
        path.stat().st_size
        for path in (settings.DATA / "files").rglob("*")
        if path.is_file()
    )
    same = folder.stat().st_dev == settings.DATA.stat().st_dev
    check_space(settings.DATA, base, "The copy of the database")
    check_space(folder, base + files + (base if same else 0), "The backup")


def counts_of(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return what a report says of a manifest."""
    return {
        "tables": len(manifest["tables"]),
        "rows": sum(count for count, _digest in manifest["tables"].values()),
        "files": len(manifest["files"]),
        "missing": manifest["missing"],
        # The same for two databases only if they are the same to the row.
        "digest": hashlib.sha256(
            json.dumps(manifest["tables"], sort_keys=True).encode()
        ).hexdigest(),
    }


def _check_key(key_copied: bool) -> None:
    """Refuse until somebody said that this very key lies in another place too."""
    key = master_key_path(settings.DATA)
    if "core_town" not in connections["default"].introspection.table_names():
        raise Refused("There is nothing to back up: no town has been set up yet.")
    if fault := key_fault():
        raise Refused(fault)
    # Makes the key where nothing has been encrypted yet.
    present_key()
    digest = hashlib.sha256(key.read_bytes()).hexdigest()
    said = key.with_suffix(".copied")
    if key_copied:
        said.write_text(digest)
    elif not said.exists() or said.read_text() != digest:
        raise Refused(
            f"First copy {key} to another place, such as a memory stick in the safe: "
            "the backup is encrypted with it and does not contain it. "
            "Then say --key-copied."
        )


def _fill(writer: ChunkWriter) -> dict[str, Any]:
    """Put database, files and manifest into the archive."""
    with (
        work_folder(settings.DATA, "backup") as work,
        tarfile.open(mode="w|", fileobj=writer) as tar,  # type: ignore[call-overload]
        copied(work) as (copy, view),
    ):
        tar.add(copy, "database")
        manifest = {
            "made_at": now().isoformat(),
            "vendor": view.vendor,
            "tables": digests(view),
            "migrations": migrations_in(view),
        }
        files, missing = {}, []
        for name in _names(view):
            digest = _add_file(tar, name)
            if digest:
                files[name] = digest
            else:
                missing.append(name)
        manifest |= {"files": files, "missing": missing}
        told = json.dumps(manifest, ensure_ascii=False).encode()
        info = tarfile.TarInfo("manifest.json")
        info.size = len(told)
        tar.addfile(info, io.BytesIO(told))
    return manifest


def _names(view: BaseDatabaseWrapper) -> list[str]:
    with view.cursor() as cursor:
        cursor.execute("SELECT stored_name, thumbnail_name FROM core_storedfile")
        return sorted({name for row in cursor.fetchall() for name in row if name})


def _add_file(tar: tarfile.TarFile, name: str) -> str:
    """Add one stored file; empty where it was deleted meanwhile."""
    try:
        content = path_of(name).read_bytes()
    except FileNotFoundError:
        return ""
    info = tarfile.TarInfo(f"files/{name}")
    info.size = len(content)
    tar.addfile(info, io.BytesIO(content))
    return hashlib.sha256(content).hexdigest()
