"""Topics (共性问题): what several people say of one concrete problem."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.cases.models import Case
from luoshi.commitments.models import Commitment
from luoshi.core.models import Person, TownModel, Village


class Topic(TownModel):
    """One problem; its number stays from night to night, and is never used again."""

    number = models.PositiveIntegerField()
    # Out of its own texts, so that a seal or an erasing takes it away.
    title = models.CharField(max_length=120, blank=True)
    # What a dispatcher calls it; the machine never changes it.
    name = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=120, blank=True)
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    matters = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    # People of each of the last twelve weeks, the oldest first.
    weeks = models.JSONField(default=list)
    heat = models.FloatField(default=0)
    # People of the last four weeks, and how many were expected of these weeks.
    lately = models.PositiveIntegerField(default=0)
    expected = models.FloatField(default=0)
    # The same weeks of so many earlier years; 0: the half year before.
    years = models.PositiveSmallIntegerField(default=0)
    rising = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_in",
        db_index=False,
    )
    # When a person last changed what belongs to it.
    changed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "number"], name="topic_number_unique"
            )
        ]
        indexes = [
            models.Index(
                fields=["town", "-heat", "id"],
                condition=models.Q(merged_into__isnull=True, matters__gte=2),
                name="topic_hottest",
            ),
            models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="topic_taken_in",
            ),
        ]

    def __str__(self) -> str:
        return (
            self.name or self.title or _("Topic %(number)d") % {"number": self.number}
        )


class Membership(TownModel):
    """A case stands in one topic at most."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="membership")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="memberships")

    def __str__(self) -> str:
        return f"{self.case_id} {self.topic_id}"


class Apart(TownModel):
    """A person said that a case does not belong to a topic; no night puts it back."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="kept_apart")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="kept_out")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "topic"], name="apart_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.topic_id}"


class Undertaking(TownModel):
    """What is done about a topic before the next complaint (未诉先办)."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="undertakings")
    commitment = models.OneToOneField(
        Commitment, models.PROTECT, related_name="undertaking"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.topic_id} {self.commitment_id}"


class Run(TownModel):
    """One night's grouping."""

    class State(models.TextChoices):
        MAKING = "making", gettext_lazy("Being made")
        WHOLE = "whole", gettext_lazy("Whole")
        BROKEN = "broken", gettext_lazy("Broke off")

    state = models.CharField(max_length=6, choices=State.choices, default="making")
    begun_at = models.DateTimeField()
    # The last sign of life of the process that makes it.
    beat_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    read = models.PositiveIntegerField(default=0)
    joined = models.PositiveIntegerField(default=0)
    fresh = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["town", "-begun_at"], name="run_newest")]
        constraints = [
            # Two at once would find the same topics twice.
            models.UniqueConstraint(
                fields=["town"],
                condition=models.Q(state="making"),
                name="run_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d} {self.state}"
