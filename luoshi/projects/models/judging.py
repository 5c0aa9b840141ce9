"""What its users say of a finished thing, at once and years later."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.commitments.models import Commitment
from luoshi.core.models import TownModel
from luoshi.projects.models.projects import Project

# At completion, and so many months later.
MONTHS = (0, 6, 12, 36)


class Recheck(TownModel):
    """One time at which users judge it."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="rechecks")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    # Set when the asking ended; what came of it stands in `words`.
    closed_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)
    # What is mended because it failed.
    repair = models.OneToOneField(
        Commitment, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["months"]
        constraints = [
            models.UniqueConstraint(fields=["project", "months"], name="recheck_once")
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.months}"


class Word(TownModel):
    """One answer of a user: from a browser, or counted where people were asked."""

    class Answer(models.TextChoices):
        GOOD = "good", _("It serves us well")
        PARTLY = "partly", _("Partly")
        BAD = "bad", _("It does not work")

    recheck = models.ForeignKey(Recheck, models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=6, choices=Answer.choices)
    # A keyed hash of the browser; empty where people were asked on the spot.
    key_hash = models.CharField(max_length=64, blank=True)
    people = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recheck", "key_hash"],
                condition=~Q(key_hash=""),
                name="word_once_a_browser",
            ),
            models.CheckConstraint(name="word_somebody", condition=Q(people__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.recheck_id} {self.answer}"
