"""The year's cycle: what is proposed, chosen by vote, built and judged."""

from luoshi.projects.models.building import Change, Milestone, Money
from luoshi.projects.models.cycles import Cycle, Stage
from luoshi.projects.models.earlier import Earlier
from luoshi.projects.models.judging import Recheck, Word
from luoshi.projects.models.keeping import Kept
from luoshi.projects.models.lasting import Figure, LabelRelease
from luoshi.projects.models.projects import (
    Check,
    PaperSupport,
    Project,
    Source,
    Supporter,
    VillageVote,
)
from luoshi.projects.models.results import Decision, DecisionLine, Result
from luoshi.projects.models.ventures import (
    Venture,
    VentureHolder,
    VentureWord,
    VentureYear,
)
from luoshi.projects.models.voting import (
    Ballot,
    Batch,
    Booth,
    Candidate,
    CastBallot,
    Code,
    Election,
    PaperSheet,
)

__all__ = [
    "Ballot",
    "Batch",
    "Booth",
    "Candidate",
    "CastBallot",
    "Change",
    "Check",
    "Code",
    "Cycle",
    "Decision",
    "DecisionLine",
    "Earlier",
    "Election",
    "Figure",
    "Kept",
    "LabelRelease",
    "Milestone",
    "Money",
    "PaperSheet",
    "PaperSupport",
    "Project",
    "Recheck",
    "Result",
    "Source",
    "Stage",
    "Supporter",
    "Venture",
    "VentureHolder",
    "VentureWord",
    "VentureYear",
    "VillageVote",
    "Word",
]
