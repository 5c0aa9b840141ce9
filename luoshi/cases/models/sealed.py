"""What is kept from everybody but the few who are named for it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.commitments.models import Commitment
from luoshi.core.models import Person, TownModel


class SealedMatter(TownModel):
    """A matter under seal: its words lie in one ciphertext until it is opened again."""

    class Kind(models.TextChoices):
        CONDUCT = "conduct", _("About somebody's conduct")
        MINOR = "minor", _("Harm to a minor")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="seals")
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    # Every word as JSON, with the row and field in which it stood.
    vault = models.BinaryField(null=True)
    sealed_at = models.DateTimeField()
    # Empty where the person who told it said what it is.
    sealed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Looked after by those who keep it; it stays sealed.
    done_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"],
                condition=models.Q(opened_at__isnull=True),
                name="sealedmatter_once",
            ),
            models.CheckConstraint(
                name="sealedmatter_holds_words_until_opened",
                condition=models.Q(opened_at__isnull=True, vault__isnull=False)
                | models.Q(opened_at__isnull=False, vault__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def place(self) -> str:
        """Name the row and field to which the words are bound."""
        return f"cases.sealedmatter:{self.uid}:vault"


class SealedWord(TownModel):
    """A word said under seal: a note of those who keep it, or the person's own."""

    matter = models.ForeignKey(SealedMatter, models.PROTECT, related_name="words")
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    # Empty where the person who told it speaks.
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reporter_id = models.BigIntegerField(null=True, blank=True)
    text = models.BinaryField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.matter_id} {self.at:%Y-%m-%d}"

    @property
    def place(self) -> str:
        """Name the row and field to which the word is bound."""
        return f"cases.sealedword:{self.uid}:text"
