"""Villages, their groups, and how many people live there."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.core.models.base import TownModel


class Village(TownModel):
    """A village or community (村、社区)."""

    name = models.CharField(max_length=60)
    # Other names by which people call it, for search and for imports.
    aliases = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "name"], name="village_name_unique_in_town"
            )
        ]

    def __str__(self) -> str:
        return self.name


class VillageGroup(TownModel):
    """A village group (村民小组)."""

    village = models.ForeignKey(Village, models.PROTECT, related_name="groups")
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name"], name="villagegroup_name_unique"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Population(TownModel):
    """How many people of one sex and age band lived in a village on a day."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")

    village = models.ForeignKey(Village, models.CASCADE, related_name="population")
    on = models.DateField()
    sex = models.CharField(max_length=6, choices=Sex.choices)
    age_from = models.PositiveSmallIntegerField()
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "on", "sex", "age_from"],
                name="population_one_row_a_band",
            ),
            models.CheckConstraint(
                name="population_band_in_order",
                condition=models.Q(age_to__isnull=True)
                | models.Q(age_to__gte=models.F("age_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.on} {self.people}"
