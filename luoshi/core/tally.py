"""Counts per name and stretch of time, shared by all web processes.

A count is the size of a small file: one byte appended is one more. That is a single
call of the system, atomic over processes, and keeps nobody's address in plain text.
"""

import os
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from luoshi.core.clock import now

KEEP_S = 24 * 3600


def _folder() -> Path:
    return settings.DATA / "tallies"


def _file(name: str, period_s: int) -> Path:
    window = int(now().timestamp()) // period_s
    digest = salted_hmac("luoshi.core.tally", f"{name}:{period_s}:{window}").hexdigest()
    return _folder() / digest


def count_of(name: str, period_s: int) -> int:
    """Return how often a name was counted in the present stretch of seconds."""
    try:
        return _file(name, period_s).stat().st_size
    except FileNotFoundError:
        return 0


def count_up(name: str, period_s: int) -> int:
    """Count once more; return how often it was in the present stretch of seconds."""
    path = _file(name, period_s)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    try:
        descriptor = os.open(path, flags, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, flags, 0o600)
    try:
        os.write(descriptor, b".")
        return os.fstat(descriptor).st_size
    finally:
        os.close(descriptor)


def forget_old(age_s: int = KEEP_S) -> int:
    """Delete counts that nobody added to for so many seconds; return how many."""
    folder, limit = _folder(), now().timestamp() - age_s
    if not folder.is_dir():
        return 0
    old = [path for path in folder.iterdir() if path.stat().st_mtime <= limit]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
