"""What the town asks before it decides, who answered, and what was done with it."""

from luoshi.consultations.models.answers import Answer, Reaction, Voter
from luoshi.consultations.models.consultation import (
    Consultation,
    Link,
    StepDone,
    Trial,
)
from luoshi.consultations.models.maps import Brought, MapKept
from luoshi.consultations.models.statements import Statement

__all__ = [
    "Answer",
    "Brought",
    "Consultation",
    "Link",
    "MapKept",
    "Reaction",
    "Statement",
    "StepDone",
    "Trial",
    "Voter",
]
