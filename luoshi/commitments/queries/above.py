"""What went wrong with a matter, and what was explained or asked of above."""

from collections.abc import Iterable

from luoshi.commitments.models import (
    Commitment,
    Ending,
    Explanation,
    HigherRequest,
    Verdict,
)
from luoshi.core.clock import now

About = Explanation.About


def wrong_of(commitment: Commitment) -> list[str]:
    """Return what of it can be explained: late, done again, judged not solved."""
    handed_in = commitment.submitted_at or commitment.closed_at or now()
    late = commitment.escalated_at is not None or (
        handed_in > commitment.due_at and not commitment.paused
    )
    not_solved = commitment.ending == Ending.NOT_SOLVED or (
        commitment.verdicts.filter(solved=Verdict.Solved.NOT).exists()
    )
    said = {
        About.LATE: late,
        About.REOPENED: commitment.reopened > 0,
        About.NOT_SOLVED: not_solved,
    }
    return [about for about, true in said.items() if true]


def higher_of(commitment: Commitment) -> list[HigherRequest]:
    """Return what was asked of higher bodies, oldest first."""
    rows = commitment.higher.select_related("by", "answered_by", "pause")
    return list(rows.order_by("pk"))


def explanations_of(commitment: Commitment) -> list[Explanation]:
    """Return what was explained, oldest first."""
    rows = commitment.explanations.select_related("by", "decided_by")
    return list(rows.order_by("pk"))


def last_explanations(ids: Iterable[int]) -> dict[int, Explanation]:
    """Return the last explanation of each of several matters."""
    rows = Explanation.objects.filter(commitment__in=list(ids)).order_by("pk")
    return {row.commitment_id: row for row in rows}
