"""Villages, their groups, and how many people live there."""

from typing import Optional

from django.db import models
from django.utils.translation import gettext as _s
from django.utils.translation import gettext_lazy as _

from luoshi.core.models.base import TownModel


class Village(TownModel):
    """A village or community (村、社区)."""

    name = models.CharField(max_length=60)
    # Other names by which people call it, for search and for imports.
    aliases = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)
    # Since when it is no village of its own; its matters keep pointing here.
    ended_on = models.DateField(null=True, blank=True)
    # The village that it is part of now, and how that is called.
    head: models.ForeignKey[Optional["Village"], Optional["Village"]] = (
        models.ForeignKey(
            "self", models.PROTECT, null=True, blank=True, related_name="former"
        )
    )
    head_name = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "name"], name="village_name_unique_in_town"
            ),
            models.CheckConstraint(
                name="village_part_of_one_that_is_named",
                condition=models.Q(head__isnull=True, head_name="")
                | models.Q(head__isnull=False, ended_on__isnull=False)
                & ~models.Q(head_name="")
                & ~models.Q(head=models.F("id")),
            ),
        ]

    def __str__(self) -> str:
        # Told from the row alone: a list names a village in each of its lines.
        if not self.head_name:
            return self.name
        told = {"name": self.head_name, "former": self.name}
        return _s("%(name)s (formerly %(former)s)") % told


class VillageMerge(TownModel):
    """One step in which villages became part of another; can be undone."""

    into = models.ForeignKey(Village, models.PROTECT, related_name="merges")
    ended = models.ManyToManyField(Village, related_name="+")
    # From which day they are one; written down at `at`.
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("core.Person", models.PROTECT, related_name="+")
    # What an undoing needs: how each row stood before, by kind.
    before = models.JSONField(default=dict)
    # How much of each kind belongs to the new village now, by the names in core.hooks.
    counts = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "core.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.into_id} {self.day}"


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


class NamedPlace(TownModel):
    """A road, an estate, a facility: what people call it, so that it is one place."""

    class Kind(models.TextChoices):
        ROAD = "road", _("Road or bridge")
        ESTATE = "estate", _("Estate or settlement")
        FACILITY = "facility", _("School, clinic, market or other facility")
        WATER = "water", _("Canal, pond or reservoir")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    name = models.CharField(max_length=60)
    # What it is called otherwise.
    aliases = models.JSONField(default=list, blank=True)
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "name"], name="namedplace_name_unique_in_town"
            )
        ]

    def __str__(self) -> str:
        return self.name
