"""What is published of a matter, and what neighbours say of it."""

from django.db import models

from luoshi.commitments.models import Commitment
from luoshi.core.models import Person, TownModel


class Publication(TownModel):
    """The public text of one matter; nothing of it comes from the private words."""

    commitment = models.OneToOneField(
        Commitment, models.PROTECT, related_name="publication"
    )
    title = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    # The mark that the text was looked at for secrets (保密审查), and by whom.
    checked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # Empty where a resident wished it.
    withdrawn_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_why = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.title


class Signal(TownModel):
    """A neighbour's "still broken": no verdict, yet somebody must look."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="signals")
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["town", "id"],
                condition=models.Q(seen_at__isnull=True),
                name="signal_unseen",
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.at:%Y-%m-%d}"
