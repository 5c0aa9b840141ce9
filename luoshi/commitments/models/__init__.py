"""The spine: what the government promised, by whom, by when, and what came of it."""

from luoshi.commitments.models.above import Explanation, HigherRequest
from luoshi.commitments.models.approval import Approval, Deputy, PathRule, Stage
from luoshi.commitments.models.catalogue import Category, DutyItem
from luoshi.commitments.models.commitment import Commitment, Ending, Kind, State
from luoshi.commitments.models.emergency import Emergency
from luoshi.commitments.models.led import Led
from luoshi.commitments.models.roster import NightOrder, Shift
from luoshi.commitments.models.sampling import Sample
from luoshi.commitments.models.steps import (
    Evidence,
    Extension,
    Handback,
    Hop,
    Merge,
    Pause,
    Review,
    Support,
)
from luoshi.commitments.models.verdicts import CallAttempt, Verdict

__all__ = [
    "Approval",
    "CallAttempt",
    "Category",
    "Commitment",
    "Deputy",
    "DutyItem",
    "Emergency",
    "Ending",
    "Evidence",
    "Explanation",
    "Extension",
    "Handback",
    "HigherRequest",
    "Hop",
    "Kind",
    "Led",
    "Merge",
    "NightOrder",
    "PathRule",
    "Pause",
    "Review",
    "Sample",
    "Shift",
    "Stage",
    "State",
    "Support",
    "Verdict",
]
