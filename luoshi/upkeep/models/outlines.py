"""How far a village reaches, as the town drew it."""

from django.db import models

from luoshi.core.models import TownModel, Village


class VillageOutline(TownModel):
    """A village's outline: GeoJSON in WGS-84, a Polygon or a MultiPolygon."""

    village = models.OneToOneField(Village, models.PROTECT, related_name="+")
    geometry = models.JSONField()

    def __str__(self) -> str:
        return str(self.village_id)
