"""What was asked of a higher body, and the explanation of what went wrong."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.commitments.models.commitment import Commitment
from luoshi.commitments.models.steps import Pause
from luoshi.core.models import Person, TownModel


class HigherRequest(TownModel):
    """Help asked of a named higher body, or the matter lifted to it; no hand-back."""

    class Sort(models.TextChoices):
        HELP = "help", _("Ask for help")
        LIFT = "lift", _("Lift it to the higher level")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="higher")
    sort = models.CharField(max_length=4, choices=Sort.choices)
    body = models.CharField(max_length=120)
    contact = models.CharField(max_length=120)
    asked = models.CharField(max_length=500)
    until = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Only where nothing can be done before the body acts.
    pause = models.OneToOneField(
        Pause, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"],
                condition=models.Q(answered_at__isnull=True),
                name="higher_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.body}"


class Explanation(TownModel):
    """Why something went wrong in good faith, and what a leader says of it."""

    class About(models.TextChoices):
        LATE = "late", _("It is, or was, overdue")
        REOPENED = "reopened", _("It had to be done again")
        NOT_SOLVED = "not_solved", _("It was judged not solved")

    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="explanations"
    )
    about = models.CharField(max_length=10, choices=About.choices)
    words = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    accepted = models.BooleanField(null=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"],
                condition=models.Q(accepted__isnull=True),
                name="explanation_one_undecided",
            ),
            models.CheckConstraint(
                name="explanation_decided_by_somebody",
                condition=models.Q(accepted__isnull=True, decided_by__isnull=True)
                | models.Q(accepted__isnull=False, decided_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.about}"
