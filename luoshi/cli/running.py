"""Who works on the data folder now: locks of the system, gone with their process.

`running.lock` is held alone by `luoshi run` and by a restore; `work.lock` is shared by
every command that reads or writes, and held alone by a restore. What a killed process
held is free again, so that no lock is ever left behind.
"""

import errno
import fcntl
import os
from pathlib import Path

from luoshi.conf.instance import data_folder

RUNNING, WORK = "running.lock", "work.lock"
# Held by somebody: on some file systems the second one is said.
TAKEN = (errno.EWOULDBLOCK, errno.EACCES)


class Held(Exception):
    """Somebody else works on the data: who, and what to do, in a sentence."""


def hold(name: str, what: str, *, alone: bool) -> int:
    """Take a lock until this process and all that inherit it have ended."""
    path = data_folder() / name
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    way = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    try:
        fcntl.flock(descriptor, way | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if error.errno not in TAKEN:
            raise
        raise Held(_who(path)) from error
    if alone:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()} {what}".encode())
    return descriptor


def _who(path: Path) -> str:
    """Say who holds it: the one that wrote its number there, if it still lives."""
    number, _space, what = path.read_text().partition(" ")
    lives = number.isdigit() and Path(f"/proc/{number}").exists()
    name = f" (process {number})" if lives else ""
    if path.name == RUNNING and what == "restore":
        return f"A restore is at work on this data{name}. Wait until it has ended."
    if path.name == RUNNING:
        return (
            f"Luoshi runs on this data already{name}. End that one first, or choose "
            "another folder: LUOSHI_DATA=…"
        )
    return "A command or the scheduler is at work on this data. Let it end first."
