"""What somebody took out lately, as the trail tells it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from luoshi.cases.actions.export import BEGUN, ENDED
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.models import TrailEntry
from luoshi.core.trail import words_of

ROWS = 20
# Longer than that no file is on its way; the server was ended under it.
LONGEST = timedelta(minutes=30)


@dataclass(frozen=True)
class Past:
    """One export: `state` is whole, broke, running, or silent: it never ended."""

    at: datetime
    listed: str
    form: str
    told: str
    contacts: bool
    state: str
    rows: int = 0


def past_exports(staff: Staff) -> list[Past]:
    """Return a person's own exports, the newest first."""
    mine = TrailEntry.objects.filter(
        subject_kind="core.person", subject_id=staff.person.pk
    ).order_by("-id")
    begun = list(mine.filter(code__in=BEGUN.values()).select_related("content")[:ROWS])
    if not begun:
        return []
    ends = mine.filter(code__in=ENDED.values(), id__gt=begun[-1].pk)
    ended = {entry.data["begun"]: entry for entry in ends}
    return [_past(entry, ended.get(entry.pk)) for entry in begun]


def _past(begun: TrailEntry, ended: TrailEntry | None) -> Past:
    state = "running" if now() - begun.at < LONGEST else "silent"
    if ended is not None:
        state = "whole" if ended.code == ENDED[True] else "broke"
    return Past(
        begun.at,
        begun.data["listed"],
        begun.data["form"],
        words_of(begun),
        begun.code == BEGUN[True],
        state,
        ended.data["rows"] if ended else 0,
    )
