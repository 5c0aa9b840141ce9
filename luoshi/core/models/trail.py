"""The trail: what happened, by whom, sealed in a chain.

`TrailEntry` and `TrailSeal` are insert-only (triggers refuse the rest, see
`core.triggers`). Personal text lies in `TrailContent`, which the erase action may
delete: the entry keeps only its salted digest, so that the chain still holds.
"""

from django.db import models

from luoshi.core.models.base import TownModel
from luoshi.core.models.people import Person


class TrailEntry(TownModel):
    """One change, written in its own transaction."""

    class Actor(models.TextChoices):
        STAFF = "staff"
        RESIDENT = "resident"
        SCHEDULER = "scheduler"
        OPERATOR = "operator"

    code = models.CharField(max_length=60)
    # "commitments.commitment" and its id: no foreign key, for the trail outlives rows.
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10, choices=Actor.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What changed, without personal text.
    data = models.JSONField(default=dict)
    content_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["subject_kind", "subject_id", "id"], name="trail_by_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.subject_kind}:{self.subject_id}"


class TrailContent(TownModel):
    """The words of an entry, encrypted; may be erased."""

    entry = models.OneToOneField(
        TrailEntry, models.PROTECT, related_name="content", primary_key=True
    )
    salt = models.BinaryField(max_length=16)
    ciphertext = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class TrailSeal(TownModel):
    """One link of a town's chain."""

    sequence = models.BigIntegerField()
    entry = models.OneToOneField(TrailEntry, models.PROTECT, related_name="seal")
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "sequence"], name="trailseal_sequence_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.digest[:8]}"
