"""Who reported a case; name, phone and code are encrypted."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.cases.models.case import Case
from luoshi.core.models import TownModel


class Reporter(TownModel):
    """One voice of a case, with the code by which that person follows it."""

    class Answer(models.TextChoices):
        SMS = "sms", _("Message to my phone")
        CALL = "call", _("Call me")
        NONE = "none", _("I look it up myself")

    case = models.ForeignKey(Case, models.PROTECT, related_name="reporters")
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    name = models.BinaryField(null=True, blank=True)
    phone = models.BinaryField(null=True, blank=True)
    phone_hash = models.CharField(max_length=64, blank=True)
    answer = models.CharField(max_length=4, choices=Answer.choices, default="none")
    code = models.BinaryField(null=True, blank=True)
    code_hash = models.CharField(max_length=64)
    # "Me too" after the first: what this person added.
    words = models.TextField(blank=True)
    joined_at = models.DateTimeField()
    # Who filled it in for this person: name, relation, telephone; one ciphertext.
    helper = models.BinaryField(null=True, blank=True)
    # The same person's voice in the matter out of which this one was split.
    first = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "code_hash"], name="reporter_code_unique"
            )
        ]
        indexes = [
            models.Index(fields=["town", "phone_hash"], name="reporter_by_phone")
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def speaker(self) -> int:
        """Return what all voices of one person have in common."""
        return self.first_id or self.pk

    def place_of(self, field: str) -> str:
        """Name the row and field to which a ciphertext is bound."""
        return f"cases.reporter:{self.uid}:{field}"
