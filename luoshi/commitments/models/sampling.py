"""What was drawn by chance to be looked at again, and what was found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.commitments.models.commitment import Commitment, Ending
from luoshi.core.models import Person, TownModel


class Sample(TownModel):
    """Accepted work, or an ending, that chance put before somebody else's eyes."""

    class Why(models.TextChoices):
        WORK = "work", _("Accepted work")
        ENDING = "ending", _("How it ended")

    class Found(models.TextChoices):
        RIGHT = "right", _("It is right")
        BACK = "back", _("Not right: it is done again")
        NOTED = "noted", _("Not right: leader and dispatcher were told")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="samples")
    why = models.CharField(max_length=6, choices=Why.choices)
    # The ending that was drawn; empty for accepted work.
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True)
    # How many of a hundred were drawn then; a rule that changes changes no draw.
    share = models.PositiveSmallIntegerField()
    drawn_at = models.DateTimeField()
    found = models.CharField(max_length=5, choices=Found.choices, blank=True)
    words = models.CharField(max_length=500, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "why"],
                condition=models.Q(looked_at__isnull=True),
                name="sample_open_once",
            ),
            models.CheckConstraint(
                name="sample_found_when_looked_at",
                condition=models.Q(looked_at__isnull=True, found="")
                | models.Q(looked_at__isnull=False) & ~models.Q(found=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["town", "why", "-id"],
                condition=models.Q(looked_at__isnull=True),
                name="sample_open",
            ),
            models.Index(
                fields=["town", "-id"],
                condition=models.Q(found="back"),
                name="sample_back",
            ),
            models.Index(
                fields=["town", "-looked_at", "-id"],
                condition=models.Q(looked_at__isnull=False),
                name="sample_looked_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.why} {self.found}"
