"""A numbered paper, the template it is printed from, and the scans of it."""

import json
import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.commitments.models import Commitment
from luoshi.core.models import Person, TownModel
from luoshi.core.models.base import index_where_told


class Kind(models.TextChoices):
    """What a paper is for."""

    ASSIGNMENT = "assignment", _("Assignment sheet")
    SUPERVISION = "supervision", _("Supervision sheet")
    ANSWER = "answer", _("Written answer")


def fresh_code() -> str:
    """Return what a paper's QR code holds: 64 bits that nobody guesses."""
    return secrets.token_hex(8).upper()


class PaperTemplate(TownModel):
    """A town's own Word file for one kind; papers made from it keep it."""

    kind = models.CharField(max_length=12, choices=Kind.choices)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "kind"],
                condition=models.Q(retired_at__isnull=True),
                name="papertemplate_one_in_use",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.added_at:%Y-%m-%d}"


class Paper(TownModel):
    """A paper with its number, which stays even where the paper is cancelled."""

    # A paper of what is sealed is found through its matter alone.
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    # As printed, so that a town may change its words for the next ones.
    number = models.CharField(max_length=60)
    code = models.CharField(max_length=16, unique=True, default=fresh_code)
    template = models.ForeignKey(
        PaperTemplate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    # What stands in the template's fields, as JSON; empty once erased or sealed.
    content = models.TextField(blank=True)
    # The case whose words it has, and the voice that it answers: kept above.
    case_id = models.BigIntegerField()
    addressee_id = models.BigIntegerField(null=True, blank=True)
    # Makes a form sent twice one paper.
    form_token = models.CharField(max_length=64, null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    cancelled_why = models.CharField(max_length=300, blank=True)
    # Since when whoever it answers sees the scan by their code.
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "kind", "year", "sequence"], name="paper_number_once"
            ),
            models.UniqueConstraint(
                fields=["made_by", "form_token"], name="paper_token_unique"
            ),
            models.CheckConstraint(
                name="paper_only_answers_released",
                condition=models.Q(released_at__isnull=True)
                | models.Q(kind="answer", addressee_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["town", "year", "-id"], name="paper_of_year"),
            models.Index(fields=["case_id"], name="paper_of_case"),
            index_where_told("template", "paper_template"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def fields(self) -> dict[str, str]:
        """Return what stands in the template's fields; nothing once erased."""
        return json.loads(self.content) if self.content else {}

    @property
    def may_be_printed(self) -> bool:
        """Tell whether there is still something to print."""
        return bool(self.content) and self.cancelled_at is None


class PaperScan(TownModel):
    """A scanned page: of its paper, or waiting for somebody to say of which."""

    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="scans"
    )
    # Of the file and the page, so that the same scan twice is known.
    digest = models.CharField(max_length=64)
    # Whether the code on the paper said where it belongs, or a person did.
    by_code = models.BooleanField(default=False)
    brought_at = models.DateTimeField()
    brought_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "digest"], name="paperscan_once")
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
