"""The steps of a commitment: in whose hands, paused, returned, done, looked at."""

from django.db import models

from luoshi.commitments.models.commitment import Commitment
from luoshi.commitments.models.emergency import Emergency
from luoshi.core.models import Organisation, Person, TownModel
from luoshi.core.models.base import index_where_told


class Hop(TownModel):
    """A stretch of time in one pair of hands."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="hops")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"],
                condition=models.Q(until__isnull=True),
                name="hop_one_pair_of_hands",
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.organisation_id}"


class Pause(TownModel):
    """A time in which the clock stands still, for a named outside cause."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="pauses")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    outside_body = models.CharField(max_length=120)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # The emergency that stopped the clock, if one did.
    emergency = models.ForeignKey(
        Emergency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pauses",
        db_index=False,
    )
    # The owner let the clock run again before the emergency's end.
    by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"],
                condition=models.Q(until__isnull=True),
                name="pause_one_at_a_time",
            )
        ]
        indexes = [index_where_told("emergency", "pause_emergency")]

    def __str__(self) -> str:
        return self.outside_body


class Extension(TownModel):
    """The one extension of a commitment."""

    commitment = models.OneToOneField(
        Commitment, models.PROTECT, related_name="extension"
    )
    amount = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_before = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.commitment_id} +{self.amount}"


class Handback(TownModel):
    """The receiver's one objection, and how it was decided."""

    commitment = models.OneToOneField(
        Commitment, models.PROTECT, related_name="handback"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    upheld = models.BooleanField(null=True)
    answer = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.organisation_id}"


class Support(TownModel):
    """Help asked of another office (协办), with its own clock."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="supports")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    # An interim report: why it is not done yet.
    interim = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.organisation_id}"


class Evidence(TownModel):
    """What shows that the work is done; photos hang on it by their owner."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="evidence")
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    round = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.at:%Y-%m-%d}"


class Review(TownModel):
    """Acceptance, or sending back, by somebody other than the owner."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="reviews")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    accepted = models.BooleanField()
    words = models.CharField(max_length=500, blank=True)
    sampled = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.accepted}"


class Merge(TownModel):
    """One matter done together with another, under one head; can be undone."""

    merged = models.ForeignKey(Commitment, models.PROTECT, related_name="merges")
    head = models.ForeignKey(Commitment, models.PROTECT, related_name="takes_in")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # What an undoing needs: the rows moved, and how both stood before.
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=models.Q(undone_at__isnull=True),
                name="merge_into_one_head",
            ),
            models.CheckConstraint(
                name="merge_of_two", condition=~models.Q(merged=models.F("head"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.head_id}"
