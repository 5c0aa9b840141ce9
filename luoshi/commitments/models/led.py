"""What a member of the leadership leads in person this year (领办清单)."""

from django.db import models

from luoshi.commitments.models.commitment import Commitment
from luoshi.core.models import Person, TownModel


class Led(TownModel):
    """One matter on a leader's list of one year; everybody reads its title."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="led")
    leader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # As it was when the list was made; the list stays when the post changes.
    position = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # Taken off the list: it stays to be read, with the reason.
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["leader", "year", "commitment"],
                condition=models.Q(removed_at__isnull=True),
                name="led_once_a_year",
            ),
            models.CheckConstraint(
                name="led_removed_with_reason",
                condition=models.Q(removed_at__isnull=True, removed_why="")
                | models.Q(removed_at__isnull=False) & ~models.Q(removed_why=""),
            ),
        ]
        indexes = [models.Index(fields=["town", "-year", "id"], name="led_of_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.position} {self.title}"
