"""Households as a village's own list names them; name, phone and need are encrypted."""

import uuid

from django.db import models

from luoshi.core.models import Person, TownModel, Village


class Roster(TownModel):
    """A village's list of households: who brought it, and when it is erased."""

    village = models.OneToOneField(Village, models.PROTECT, related_name="roster")
    brought_at = models.DateTimeField()
    brought_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # On this day names and telephones are erased; a list brought anew moves it.
    erase_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.village_id} {self.erase_on}"


class Household(TownModel):
    """A household that is called or moved; kept for emergencies and nothing else."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="households")
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    group = models.CharField(max_length=60, blank=True)
    # In the village's own words, such as 独居老人 or 低洼处.
    kind = models.CharField(max_length=30)
    people = models.PositiveSmallIntegerField(default=1)
    needs_help = models.BooleanField(default=False)
    name = models.BinaryField(null=True, blank=True)
    phone = models.BinaryField(null=True, blank=True)
    # What help is needed, such as 坐轮椅; says something of a person's health.
    need = models.BinaryField(null=True, blank=True)
    # By these the next list finds the household again; empty once it is erased.
    key_hash = models.CharField(max_length=64, blank=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="household_erased_whole",
                condition=models.Q(erased_at__isnull=True, name__isnull=False)
                | models.Q(
                    erased_at__isnull=False,
                    name__isnull=True,
                    phone__isnull=True,
                    need__isnull=True,
                    key_hash="",
                    phone_hash="",
                ),
            ),
            models.CheckConstraint(
                name="household_has_people", condition=models.Q(people__gte=1)
            ),
        ]
        indexes = [models.Index(fields=["roster", "kind"], name="household_by_kind")]

    def __str__(self) -> str:
        return str(self.pk)

    def place_of(self, field: str) -> str:
        """Name the row and field to which a ciphertext is bound."""
        return f"alerts.household:{self.uid}:{field}"
