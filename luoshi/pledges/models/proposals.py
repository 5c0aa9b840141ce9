"""What a deputy or a member asked for in writing, and the answer for everybody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.cases.models import Case
from luoshi.core.models import Person, TownModel


class Proposal(TownModel):
    """A deputy's suggestion (代表建议) or a member's proposal (委员提案)."""

    class Kind(models.TextChoices):
        DEPUTY = "deputy", _("Deputy's suggestion")
        MEMBER = "member", _("Member's proposal")

    case = models.OneToOneField(Case, models.PROTECT, related_name="proposal")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    session = models.CharField(max_length=80)
    number = models.CharField(max_length=20)
    # Who moved it, as printed; deputies and members act in public.
    movers = models.CharField(max_length=120)
    # Wide or hard ones have the longer term.
    hard = models.BooleanField(default=False)
    # Handed to the town on this day, from which the term counts.
    handed_on = models.DateField()
    # What everybody reads; empty until it was checked and released.
    answer = models.TextField(blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "kind", "session", "number"],
                name="proposal_number_once_a_session",
            ),
            models.CheckConstraint(
                name="proposal_released_with_answer",
                condition=models.Q(answer="", released_at__isnull=True)
                | ~models.Q(answer="")
                & models.Q(released_at__isnull=False, released_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["town", "-handed_on", "-id"], name="proposal_newest")
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.number}"
