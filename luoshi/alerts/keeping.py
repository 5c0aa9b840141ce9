"""Uploaded lists that nobody brought in do not lie about."""

from datetime import timedelta

from luoshi.core.clock import now
from luoshi.core.models import Town
from luoshi.core.sheets import folder_of

PART = "households"
KEPT = timedelta(hours=12)


def forget_sheets() -> int:
    """Delete uploaded lists that lie longer than half a day; return how many."""
    until, count = (now() - KEPT).timestamp(), 0
    for town in Town.objects.all():
        for path in folder_of(town, PART).iterdir():
            if path.stat().st_mtime < until:
                path.unlink(missing_ok=True)
                count += 1
    return count
