"""What the town keeps up, how it is looked after, and what was found."""

from luoshi.upkeep.models.assets import Asset, Responsible
from luoshi.upkeep.models.kinds import AssetKind, RoundRule
from luoshi.upkeep.models.outlines import VillageOutline
from luoshi.upkeep.models.plans import (
    Job,
    KindCare,
    Payment,
    PlannedWork,
    Treatment,
    UpkeepPlan,
)
from luoshi.upkeep.models.rounds import Defect, Inspection, Round

__all__ = [
    "Asset",
    "AssetKind",
    "Defect",
    "Inspection",
    "Job",
    "KindCare",
    "Payment",
    "PlannedWork",
    "Responsible",
    "Round",
    "RoundRule",
    "Treatment",
    "UpkeepPlan",
    "VillageOutline",
]
