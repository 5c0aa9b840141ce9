"""What a finished project left to be kept up."""

from django.db import models

from luoshi.core.models import TownModel
from luoshi.projects.models.projects import Project
from luoshi.upkeep.models import Asset


class Kept(TownModel):
    """The facility in the register of upkeep that a project built."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="kept")
    asset = models.OneToOneField(Asset, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.project_id} {self.asset_id}"
