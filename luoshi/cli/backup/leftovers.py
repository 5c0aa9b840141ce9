"""What a backup or a restore that was killed leaves behind, and its removal."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from luoshi.cli.backup.say import Refused
from luoshi.core.clock import now

MARK = "restore.unfinished"
# Folders of work: they hold the town's words in clear. A name that no operator gives to
# a folder of backups.
WORK = ".work-"
# So young a folder may be one that is just being made.
YOUNG_S = 60


@contextmanager
def work_folder(data: Path, prefix: str) -> Iterator[Path]:
    """Give a folder that is removed afterwards, and found again after a kill."""
    for number in range(1000):
        folder = data / f"{WORK}{prefix}-{os.getpid()}-{number}"
        try:
            folder.mkdir(mode=0o700)
            break
        except FileExistsError:
            continue
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # As long as this is held, nobody takes the folder for a leftover.
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def remove_leftovers(data: Path) -> int:
    """Remove the folders that nobody works in any more; return how many."""
    removed = 0
    for folder in data.glob(f"{WORK}*"):
        if now().timestamp() - folder.stat().st_mtime < YOUNG_S:
            continue
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        else:
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
        finally:
            os.close(descriptor)
    return removed


@contextmanager
def marked(data: Path, aside: Path) -> Iterator[None]:
    """Say on the disk that things are being put in place; gone when they are.

    An error takes everything back and the mark with it; after a kill it stays.
    """
    mark = data / MARK
    mark.write_text(aside.name)
    sync(mark)
    sync(data)
    yield
    mark.unlink()
    sync(data)


def unfinished(data: Path) -> str:
    """Say that a restore was killed half-way; empty where none was."""
    mark = data / MARK
    if not mark.exists():
        return ""
    return (
        "A restore was ended while it put things in place: what is here is half old "
        f"and half new. What was here before lies in {data / mark.read_text()}. "
        "Restore again: luoshi restore FOLDER --replace"
    )


def sync(path: Path) -> None:
    """Write a file or a folder's list through to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def check_space(folder: Path, needed: int, what: str) -> None:
    """Refuse before anything is written where it will not fit."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Refused(
            f"{what} needs about {_mb(needed)} in {folder}; {_mb(free)} are free. "
            "Make room first, or choose another disk."
        )


def _mb(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
