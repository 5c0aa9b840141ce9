"""Statements (意见): short, from a resident or from the town."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.consultations.models.consultation import Consultation
from luoshi.core.models import Person, TownModel


class Statement(TownModel):
    """One thing said, to which others react; nobody's name stands beside it."""

    class Origin(models.TextChoices):
        RESIDENT = "resident", _("From a resident")
        TOWN = "town", _("From the town")
        OPTION = "option", _("One of the town's options")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a look")
        HELD = "held", _("Held: it may name a person")
        PUBLISHED = "published", _("Published")
        REFUSED = "refused", _("Not published")
        REPLACED = "replaced", _("Said anew in other words")

    class Reason(models.TextChoices):
        PRIVATE = "private", _("It names or describes a private person.")
        BESIDE = "beside", _("It is about another matter than the question.")
        INSULT = "insult", _("It insults somebody.")
        SAID = "said", _("The same was said already.")
        ADVERT = "advert", _("It is an advertisement.")
        LAW = "law", _("The law forbids to spread it.")

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="statements", db_index=False
    )
    # Within its consultation, in the order in which they were said.
    number = models.PositiveIntegerField()
    # Nobody types more than 140 here; what was asked elsewhere may be longer.
    text = models.CharField(max_length=400)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    # Said against what the town means to do.
    objects_to_draft = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State.choices, default="waiting")
    reason = models.CharField(max_length=7, choices=Reason.choices, blank=True)
    reason_words = models.CharField(max_length=200, blank=True)
    # The one whose words it mends.
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
    )
    said_at = models.DateTimeField()
    # Who wrote it down; empty when a resident typed it.
    entered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    published_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # Tallies of the last reactions, kept in the transaction that changes one.
    agree = models.PositiveIntegerField(default=0)
    disagree = models.PositiveIntegerField(default=0)
    unsure = models.PositiveIntegerField(default=0)
    # How often a tally moved: the same tallies need not be of the same people.
    moves = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"], name="statement_number_unique"
            ),
            models.CheckConstraint(
                name="statement_published_at_a_time",
                condition=Q(state__in=["waiting", "held", "refused"])
                | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="statement_refused_with_reason",
                condition=Q(state="refused") & ~Q(reason="")
                | ~Q(state="refused") & Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["consultation", "state"], name="statement_by_state")
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def reactions(self) -> int:
        """Return how many people reacted."""
        return self.agree + self.disagree + self.unsure

    @property
    def origin_told(self) -> str:
        """Say from whom it is, and whether it speaks against the draft."""
        told = self.get_origin_display()
        if self.objects_to_draft:
            told = gettext("%(origin)s · an objection") % {"origin": told}
        return told

    @property
    def is_of_town(self) -> bool:
        """Tell whether the town said it, not a resident."""
        return self.origin != self.Origin.RESIDENT
