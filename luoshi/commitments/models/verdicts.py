"""What the people who asked say of the result."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.commitments.models.commitment import Commitment
from luoshi.core.models import Person, TownModel

# What a deputy says of an answer: one question, kept as `Verdict.Solved`.
OPINIONS = [
    ("solved", _("Satisfied with the answer")),
    ("partly", _("Mostly satisfied with the answer")),
    ("not", _("Not satisfied with the answer")),
]


class Verdict(TownModel):
    """One judge's word on one round; the last word of each counts."""

    class Solved(models.TextChoices):
        SOLVED = "solved", _("Solved")
        PARTLY = "partly", _("Partly solved")
        NOT = "not", _("Not solved")

    class Satisfied(models.TextChoices):
        SATISFIED = "satisfied", _("Satisfied")
        NEUTRAL = "neutral", _("So-so")
        NOT = "not", _("Not satisfied")

    class Channel(models.TextChoices):
        WEB = "web", _("By the person")
        PHONE = "phone", _("By telephone")
        SYSTEM = "system", _("By the main system's call-back")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="verdicts")
    # The domain's own id of who judges (a case's reporter).
    judge_id = models.BigIntegerField()
    round = models.PositiveSmallIntegerField(default=0)
    solved = models.CharField(max_length=8, choices=Solved.choices)
    satisfied = models.CharField(max_length=10, choices=Satisfied.choices)
    words = models.TextField(blank=True)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    caller = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="verdict_by_phone_names_caller",
                condition=models.Q(channel__in=["web", "system"], caller__isnull=True)
                | models.Q(channel="phone", caller__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["commitment", "judge_id", "-id"], name="verdict_last"),
            models.Index(
                fields=["town", "-id"],
                condition=models.Q(solved="not"),
                name="verdict_not_solved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.solved}"


class CallAttempt(TownModel):
    """A call that reached nobody; three on different days end the asking."""

    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="call_attempts"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    round = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "round", "on"], name="callattempt_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.on}"
