"""Posts that changed hands together, and who gave what to whom."""

from django.db import models

from luoshi.core.models.base import TownModel
from luoshi.core.models.people import Person, Tenure


class Handover(TownModel):
    """One step in which one or several posts changed hands."""

    # From which day the posts are others'; the work went over at `at`.
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.day}"


class HandoverPair(TownModel):
    """A post that went from one person to another."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="pairs")
    left = models.OneToOneField(Tenure, models.PROTECT, related_name="given_on")
    came = models.OneToOneField(Tenure, models.PROTECT, related_name="taken_over")
    # How much of each kind of work went over, by the names in core.hooks.
    moved = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handoverpair_of_two", condition=~models.Q(left=models.F("came"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.left_id} → {self.came_id}"
