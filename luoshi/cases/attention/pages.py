"""Which lists a leader and an inspector see, in the order in which they are read."""

from collections.abc import Iterable

from luoshi.cases.attention.lists import Look, explained, look_at, why_drawn
from luoshi.commitments.models import Commitment, Sample
from luoshi.commitments.rules import may_look
from luoshi.core.actors import Staff

LEADER_LISTS = (
    *("late", "soon", "leader", "explained"),
    *("signals", "stuck", "above", "sent-back"),
)
INSPECTOR_LISTS = (
    *("review", "work-drawn", "ending-drawn", "late"),
    *("said-not", "signals", "looked"),
)


def samples_of(staff: Staff, commitment: Commitment) -> list[tuple[Sample, str, bool]]:
    """Return a matter's samples, why each was drawn, and who may look now."""
    rows = commitment.samples.select_related("looked_by").order_by("-pk")[:10]
    may = None
    lines = []
    for row in rows:
        if row.looked_at is None and may is None:
            may = may_look(staff, commitment)
        lines.append((row, why_drawn(row), bool(may)))
    return lines


def looks_of(staff: Staff, names: Iterable[str], whose: str = "town") -> list[Look]:
    """Return the first few of each list."""
    return explained([look_at(staff, name, whose) for name in names])
