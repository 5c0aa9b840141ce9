"""Who asks above and explains what went wrong: one predicate each; absent means no."""

from luoshi.commitments.models import Commitment
from luoshi.commitments.moves import allows
from luoshi.commitments.rules import did_work, owns
from luoshi.core.actors import Staff
from luoshi.core.roles import LEADER


def may_ask_higher(staff: Staff, commitment: Commitment) -> bool:
    """The owner or a leader asks a higher body, one at a time."""
    return (
        allows("ask_higher", commitment.state)
        and commitment.parent_id is None
        and (owns(staff, commitment) or staff.has(LEADER))
        and not _waits_for_higher(commitment)
    )


def may_note_higher(staff: Staff, commitment: Commitment) -> bool:
    """The owner or a leader writes down what the higher body said."""
    return (
        allows("higher_answer", commitment.state)
        and (owns(staff, commitment) or staff.has(LEADER))
        and _waits_for_higher(commitment)
    )


def _waits_for_higher(commitment: Commitment) -> bool:
    return commitment.higher.filter(answered_at=None).exists()


def may_explain(staff: Staff, commitment: Commitment) -> bool:
    """Who answers for it says why something went wrong, if anything did."""
    from luoshi.commitments.queries.above import wrong_of

    return (
        owns(staff, commitment)
        and not commitment.explanations.filter(accepted=None).exists()
        and bool(wrong_of(commitment))
    )


def may_decide_explanation(staff: Staff, commitment: Commitment) -> bool:
    """A leader who did not do the work notes whether an explanation holds."""
    return (
        staff.has(LEADER)
        and commitment.explanations.filter(accepted=None).exists()
        and not did_work(staff, commitment)
    )
