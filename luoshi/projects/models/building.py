"""Building: milestones that are owed, money, and what is changed on the way."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.commitments.models import Commitment
from luoshi.core.models import Person, TownModel
from luoshi.projects.models.projects import Project


class Milestone(TownModel):
    """One step of building; all else stands in its commitment."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones")
    commitment = models.OneToOneField(
        Commitment, models.PROTECT, related_name="milestone"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.project_id} {self.commitment_id}"


class Money(TownModel):
    """An amount that was contracted or paid; corrections are lines of their own."""

    class Kind(models.TextChoices):
        CONTRACTED = "contracted", _("Contracted")
        PAID = "paid", _("Paid")

    project = models.ForeignKey(Project, models.PROTECT, related_name="money")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # In fen; below zero where it corrects an earlier line.
    amount = models.BigIntegerField()
    words = models.CharField(max_length=120)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(name="money_some", condition=~Q(amount=0))
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.amount}"


class Change(TownModel):
    """A change of what is built or of what it costs, with its reason."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a new decision")
        HOLDS = "holds", _("Holds")
        REFUSED = "refused", _("Refused")

    project = models.ForeignKey(Project, models.PROTECT, related_name="changes")
    # Whether what is built changes, not its cost alone.
    scope = models.BooleanField()
    cost_before = models.BigIntegerField()
    cost = models.BigIntegerField()
    why = models.CharField(max_length=300)
    state = models.CharField(max_length=7, choices=State.choices)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # By whom it was decided that had decided before; empty for a small change.
    decision_number = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(state="waiting"),
                name="change_waits_once",
            ),
            models.CheckConstraint(name="change_costs", condition=Q(cost__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.state}"
