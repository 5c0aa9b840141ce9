"""Brings a backup back, or restores it aside and compares it to the row."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from luoshi.cli.backup.archive import ChunkReader, DamagedArchive
from luoshi.cli.backup.database import (
    check_unused,
    digests,
    migrations_in,
    put_in_place,
    restored_aside,
    schema_of,
    take_back,
)
from luoshi.cli.backup.leftovers import (
    MARK,
    check_space,
    marked,
    remove_leftovers,
    sync,
    unfinished,
    work_folder,
)
from luoshi.cli.backup.save import ENDING, counts_of
from luoshi.cli.backup.say import Refused
from luoshi.cli.running import RUNNING, WORK, hold
from luoshi.conf.instance import master_key_path
from luoshi.core.clock import SHANGHAI, now
from luoshi.core.files import path_of
from luoshi.core.models import Town


def restore(source: Path, *, check: bool, replace: bool) -> dict[str, Any]:
    """Restore a backup into this instance, or aside with `check`."""
    path = _newest(source)
    if not master_key_path(settings.DATA).exists():
        raise Refused(
            f"Put the copy of personal.key into {settings.DATA} first: "
            "the backup is encrypted with it."
        )
    if not check and not replace and (_in_use() or unfinished(settings.DATA)):
        raise Refused(
            "There is a town here already. Check the backup with --check, or say "
            "--replace: what is here is put aside and not deleted."
        )
    if not check:
        # Until the end: nobody starts a server on what is half put in place.
        hold(RUNNING, "restore", alone=True)
        hold(WORK, "restore", alone=True)
        check_unused()
    remove_leftovers(settings.DATA)
    # Unpacked, and once more to be looked at.
    check_space(settings.DATA, 2 * path.stat().st_size, "The restore")
    # Beside the data, so that moving it into place is a rename.
    with work_folder(settings.DATA, "restore") as work:
        manifest = _unpack(path, work)
        notes = _check_schema(manifest)
        faults = _compare(work, manifest)
        report = {"ok": not faults, "command": "restore", "check": check}
        report |= {"file": str(path), "faults": faults, "notes": notes}
        report["replaced"] = not check and _in_use()
        report |= counts_of(manifest)
        if not check and not faults:
            _put_back(work, report)
    return report


def _newest(source: Path) -> Path:
    if source.is_file():
        return source
    found = sorted(source.glob(f"luoshi-*{ENDING}")) if source.is_dir() else []
    if not found:
        raise Refused(f"{source} holds no backup of Luoshi.")
    return found[-1]


def _in_use() -> bool:
    tables = connections["default"].introspection.table_names()
    return Town._meta.db_table in tables and Town.objects.exists()


def _unpack(path: Path, work: Path) -> dict[str, Any]:
    """Decrypt into a folder; return the manifest."""
    (work / "files").mkdir(mode=0o700)
    with path.open("rb") as file:
        reader = ChunkReader(file, path)
        with tarfile.open(mode="r|", fileobj=reader) as tar:  # type: ignore[call-overload]
            for member in tar:
                name = member.name.rpartition("/")[2]
                known = ("database", "manifest.json", f"files/{name}")
                content = tar.extractfile(member) if member.isreg() else None
                if member.name not in known or name in ("", "..") or content is None:
                    raise DamagedArchive(f"{path} holds {member.name}, which is odd.")
                with (work / member.name).open("wb") as target:
                    shutil.copyfileobj(content, target, 1 << 20)
        # To its marked end, so that a file which was cut off is noticed.
        while reader.read(1 << 20):
            pass
    try:
        return json.loads((work / "manifest.json").read_text())
    except FileNotFoundError as error:
        raise DamagedArchive(f"{path} has no list of what is in it.") from error


def _check_schema(manifest: dict[str, Any]) -> list[str]:
    """Refuse what this Luoshi cannot read; say what will be brought up to date."""
    vendor = connections["default"].vendor
    if manifest["vendor"] != vendor:
        raise Refused(
            f"The backup is of {manifest['vendor']}, this instance runs on {vendor}. "
            "Set LUOSHI_DATABASE_URL to the same kind of database."
        )
    disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    known = {f"{app}.{name}" for app, name in disk}
    newer = sorted(set(manifest["migrations"]) - known)
    if newer:
        raise Refused(
            f"The backup comes from a newer Luoshi ({newer[-1]}). "
            "Install that one first."
        )
    older = known - set(manifest["migrations"])
    return [f"It is of an older Luoshi: {len(older)} steps behind."] if older else []


def _compare(work: Path, manifest: dict[str, Any]) -> list[str]:
    """Open it aside; return a sentence for each thing that is not as it was."""
    faults = []
    for name, digest in manifest["files"].items():
        file = work / "files" / name
        if not file.exists() or _digest(file) != digest:
            faults.append(f"The file {name} is not as it was.")
    # A second copy, for looking at a database can change its file.
    shutil.copyfile(work / "database", work / "luoshi.sqlite3")
    with restored_aside(work / "luoshi.sqlite3") as (view, name):
        faults += _differences(view, manifest)
        if not faults:
            faults += _check_trail(work, name)
    return faults


def _differences(view: BaseDatabaseWrapper, manifest: dict[str, Any]) -> list[str]:
    found, told = digests(view), manifest["tables"]
    faults = [
        f"The table {table} has {found.get(table, [0])[0]} rows, not {told[table][0]}, "
        "or another content."
        for table in told
        if found.get(table) != told[table]
    ]
    if migrations_in(view) != manifest["migrations"]:
        faults.append("The steps of the schema are not as they were.")
    return faults


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _check_trail(work: Path, name: str) -> list[str]:
    """Walk the chains of what was restored, in a process that sees only that."""
    shutil.copyfile(master_key_path(settings.DATA), work / "personal.key")
    env = os.environ | {"LUOSHI_DATA": str(work), "LUOSHI_DATABASE_URL": _url(name)}
    command = [sys.executable, "-m", "luoshi.cli.main"]
    up = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "-v", "0"],
        env=env | {"DJANGO_SETTINGS_MODULE": "luoshi.conf.settings"},
        capture_output=True,
        text=True,
    )
    if up.returncode:
        return [f"It cannot be brought up to date: {up.stderr.strip()[-200:]}"]
    done = subprocess.run(
        [*command, "verify-trail", "--json"], env=env, capture_output=True, text=True
    )
    if done.returncode == 0:
        return []
    return [f"The trail is not whole: {(done.stdout or done.stderr)[-300:].strip()}"]


def _url(name: str) -> str:
    """Return the address of a database beside the present one."""
    if not name:
        return ""
    told = connections["default"].settings_dict
    login, host, where = quote(told["USER"]), told["HOST"], ""
    if told["PASSWORD"]:
        login += f":{quote(told['PASSWORD'], safe='')}"
    if host.startswith("/"):
        host, where = "", f"?host={host}"
    port = f":{told['PORT']}" if told["PORT"] else ""
    return f"postgresql://{login}@{host}{port}/{name}{where}"


def _put_back(work: Path, report: dict[str, Any]) -> None:
    """Put database and files in place, or everything back as it was."""
    aside = settings.DATA / f"before-restore-{now().astimezone(SHANGHAI):%Y%m%d-%H%M%S}"
    fresh, files = _files_in_order(work), settings.DATA / "files"
    sync(work / "database")
    with marked(settings.DATA, aside):
        try:
            put_in_place(work / "database", aside)
            if files.exists():
                aside.mkdir(mode=0o700, exist_ok=True)
                os.replace(files, aside / "files")
            os.replace(fresh, files)
            call_command("migrate", verbosity=0)
        except BaseException:
            _back_as_it_was(work, aside)
            raise
    if connections["default"].vendor == "postgresql" and report["replaced"]:
        report["notes"].append(
            f"What was in the database before is its schema {schema_of(aside)}."
        )
    if aside.exists():
        report["notes"].append(f"What was here before lies in {aside}.")


def _back_as_it_was(work: Path, aside: Path) -> None:
    """Undo what was put in place; where that fails too, say what is where."""
    files = settings.DATA / "files"
    try:
        take_back(work / "database", aside)
        if (aside / "files").exists():
            shutil.rmtree(files, ignore_errors=True)
            os.replace(aside / "files", files)
        if aside.exists():
            aside.rmdir()
    except Exception as error:
        raise Refused(unfinished(settings.DATA)) from error
    (settings.DATA / MARK).unlink()


def _files_in_order(work: Path) -> Path:
    """Lay the files out as the instance keeps them, so that one rename is enough."""
    fresh = work / "fresh"
    fresh.mkdir(mode=0o700)
    for file in (work / "files").iterdir():
        place = fresh / path_of(file.name).relative_to(settings.DATA / "files")
        place.parent.mkdir(exist_ok=True, mode=0o700)
        os.replace(file, place)
        place.chmod(0o600)
        sync(place)
    return fresh
