"""The duty roster (值班表), and urgent matters that lie with those on duty."""

import uuid

from django.db import models

from luoshi.commitments.models.commitment import Commitment
from luoshi.core.models import Person, TownModel


class Shift(TownModel):
    """One person's turn on duty (值班), with the leader on duty (带班领导)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # As the roster calls it, such as 夜班.
    name = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # Of several in one shift the first answers; the others see the same.
    position = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(Person, models.PROTECT, related_name="shifts")
    leader = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="shifts_led"
    )
    # Whom the roster named: a swap leaves them, so that the same roster brought in
    # again undoes no swap.
    listed = models.ForeignKey(Person, models.PROTECT, related_name="+")
    listed_leader = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Where who is on duty is reached; encrypted.
    phone = models.BinaryField(null=True, blank=True)
    # When who came said that the shift was taken over; nobody is asked twice.
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "starts_at", "ends_at", "position"],
                name="shift_place_unique",
            ),
            models.CheckConstraint(
                name="shift_in_order",
                condition=models.Q(ends_at__gt=models.F("starts_at")),
            ),
        ]
        indexes = [models.Index(fields=["town", "ends_at"], name="shift_not_over")]

    def __str__(self) -> str:
        return f"{self.starts_at} {self.name}"

    @property
    def place(self) -> str:
        """Name the row and field to which the telephone is bound."""
        return f"commitments.shift:{self.uid}:phone"


class NightOrder(TownModel):
    """An urgent matter that came in while the offices were shut.

    It is open while nobody dispatched it and `ended_at` is empty: then those on duty
    see it and dispatch it.
    """

    commitment = models.OneToOneField(
        Commitment, models.PROTECT, related_name="night_order"
    )
    # From when those who have it now count: they were told then.
    since = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # When it went on to the leader on duty, because nobody had taken it.
    leader_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="night_order_taken_whole",
                condition=models.Q(taken_at__isnull=True, taken_by__isnull=True)
                | models.Q(taken_at__isnull=False, taken_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["town"],
                condition=models.Q(ended_at__isnull=True),
                name="night_order_open",
            ),
            models.Index(fields=["town", "-since"], name="night_order_newest"),
        ]

    def __str__(self) -> str:
        return str(self.commitment_id)
