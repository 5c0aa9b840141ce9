"""What the town asks before it decides, who answered, and what was done with it."""

from luoshi.consultations.models.answers import Answer, Reaction, Voter
from luoshi.consultations.models.consultation import (
    Consultation,
    Link,
    StepDone,
    Trial,
)
from luoshi.consultations.models.habits import (
    Choice,
    HouseholdCost,
    Option,
    Question,
    Questionnaire,
    Reply,
)
from luoshi.consultations.models.maps import Brought, MapKept
from luoshi.consultations.models.statements import Statement

__all__ = [
    "Answer",
    "Brought",
    "Choice",
    "Consultation",
    "HouseholdCost",
    "Link",
    "MapKept",
    "Option",
    "Question",
    "Questionnaire",
    "Reaction",
    "Reply",
    "Statement",
    "StepDone",
    "Trial",
    "Voter",
]
