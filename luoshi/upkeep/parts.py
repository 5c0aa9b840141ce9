"""What upkeep says on the pages of others."""

from luoshi.cases.models import Case
from luoshi.core.actors import Staff
from luoshi.core.hooks import VillageStep
from luoshi.core.models import Village
from luoshi.core.slots import Part
from luoshi.upkeep import rules
from luoshi.upkeep.models import Asset, Defect
from luoshi.upkeep.queries import grade_said


def beside_case(staff: Staff, case: Case) -> Part | None:
    """Say of which facility a matter is, and how that was when last looked at."""
    if not staff.has(*rules.SEE):
        return None
    defect = (
        Defect.objects.filter(case=case)
        .select_related("asset__kind", "asset__keeper")
        .first()
    )
    if defect is None:
        return None
    grade = grade_said(defect.asset, defect.asset.grade)
    shown = {"defect": defect, "asset": defect.asset, "grade": grade}
    return Part("upkeep/_beside_case.html", shown)


def beside_village(village: Village) -> Part:
    """Lead from a village's page to what stands there; no question to the database."""
    return Part("upkeep/_of_village.html", {"village": village})


def count_in_villages(step: VillageStep) -> int:
    """Count the facilities of villages that end; they keep their place."""
    return Asset.objects.filter(village__in=step.ended, retired_on=None).count()
