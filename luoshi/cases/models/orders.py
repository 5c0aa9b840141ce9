"""Matters that live elsewhere as well: their main system, number and clock there."""

from datetime import datetime, time, timedelta

from django.db import models

from luoshi.cases.models.case import Case
from luoshi.core.clock import SHANGHAI
from luoshi.core.models import Person, TownModel


class MainSystem(TownModel):
    """Another system (主系统) in which matters live; what its words mean is data."""

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    # What its export calls each thing, before the names that everybody knows.
    columns = models.JSONField(default=dict, blank=True)
    # Which of its words mean what: urgent, ended, withdrawn, solved, satisfied, ….
    words = models.JSONField(default=dict, blank=True)
    # Whether it asks the people for their verdict; then the town does not.
    calls_back = models.BooleanField(default=True)
    # How many days after the reply a call-back is waited for; empty: without an end.
    callback_days = models.PositiveSmallIntegerField(null=True, blank=True)
    reply_layout = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "code"], name="mainsystem_code_unique"
            ),
            models.UniqueConstraint(
                fields=["town", "name"], name="mainsystem_name_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Order(TownModel):
    """A case as its main system has it; what stands here is said there, not by us."""

    system = models.ForeignKey(MainSystem, models.PROTECT, related_name="orders")
    number = models.CharField(max_length=60)
    case = models.ForeignKey(Case, models.PROTECT, related_name="orders")
    source = models.CharField(max_length=40, blank=True)
    sort = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    place = models.CharField(max_length=120, blank=True)
    urgency = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    result = models.TextField(blank=True)
    # The call-back (回访) in the system's own words.
    solved = models.CharField(max_length=40, blank=True)
    satisfied = models.CharField(max_length=40, blank=True)
    # Which call-back was taken as the verdict, so that the same is not taken twice.
    judged_by = models.CharField(max_length=64, blank=True)
    unreached = models.BooleanField(default=False)
    # When no call-back was waited for any longer.
    lapsed_at = models.DateTimeField(null=True, blank=True)
    # Who named the system by hand; empty as soon as the system itself told of it.
    named_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The number there that this one repeats.
    repeats = models.CharField(max_length=60, blank=True)
    # A keyed hash of who called: the same again changes nothing.
    contact_digest = models.CharField(max_length=64)
    brought_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # The reply as it was copied out, noted once so that nobody types it again.
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_text = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "system", "number"], name="order_number_unique"
            )
        ]
        indexes = [
            models.Index(fields=["town", "received_at"], name="order_by_received"),
            models.Index(fields=["town", "ended_at"], name="order_by_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.system_id} {self.number}"

    @property
    def waited_until(self) -> datetime | None:
        """Return the end of the last day on which a call-back is waited for, if any."""
        days, accepted = self.system.callback_days, self.case.commitment.accepted_at
        if not days or accepted is None:
            return None
        # It counts from the reply's arrival there; before that, from the acceptance.
        answered = max(self.sent_at or accepted, accepted).astimezone(SHANGHAI)
        last = answered.date() + timedelta(days=days)
        return datetime.combine(last, time(23, 59), SHANGHAI)
