"""What the count said, and what was decided upon it."""

from django.db import models
from django.db.models import Q

from luoshi.core.models import Person, TownModel
from luoshi.projects.models.voting import Candidate, Election


class Result(TownModel):
    """A count: never changed, and recomputable from the published ballots."""

    election = models.OneToOneField(Election, models.PROTECT, related_name="result")
    counted_at = models.DateTimeField()
    counted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ballots = models.PositiveIntegerField()
    # SHA-256 of the published file of ballots: an altered ballot shows.
    digest = models.CharField(max_length=64)
    winners = models.JSONField(default=list)
    votes = models.JSONField(default=dict)
    # Each step with what it compared, what was left, who was tied.
    steps = models.JSONField(default=list)
    losses = models.JSONField(default=dict)
    leftover = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.election_id} {self.winners}"


class Decision(TownModel):
    """A published decision; a later one stands beside it, never in its place."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="decisions")
    number = models.CharField(max_length=60)
    words = models.TextField()
    decided_on = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "number"], name="decision_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.number


class DecisionLine(TownModel):
    """One candidate in a decision: what the count said, what was decided, and why."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="lines")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="+")
    counted = models.BooleanField()
    chosen = models.BooleanField()
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "candidate"], name="decisionline_once"
            ),
            models.CheckConstraint(
                name="decisionline_says_why",
                condition=Q(counted=models.F("chosen")) | ~Q(why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.candidate_id} {self.chosen}"
