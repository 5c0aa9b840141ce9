"""Notices: the row, written with the change it tells of, is the outbox."""

from django.db import models

from luoshi.core.models.base import TownModel, index_where_told
from luoshi.core.models.people import Person


class Notice(TownModel):
    """One message to one recipient through one channel."""

    class Channel(models.TextChoices):
        INBOX = "inbox"
        SMS = "sms"
        EMAIL = "email"
        WEBHOOK = "webhook"

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"
        # Not sent and not to be sent; `last_error` says why by its code.
        DROPPED = "dropped"

    # Stable over retries, so that a receiver can drop what it has seen.
    message_id = models.UUIDField(unique=True)
    code = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    # Encrypted address (phone, mail) of somebody who has no account.
    address = models.BinaryField(null=True, blank=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    data = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    # The daily mail in which an in-app notice was told as well.
    digest = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="holds",
        db_index=False,
    )
    # The day of a daily mail; empty for every other notice.
    day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"],
                condition=models.Q(day__isnull=False),
                name="notice_one_digest_a_day",
            )
        ]
        indexes = [
            # What a resident was not reached with: few beside what was sent.
            models.Index(
                fields=["town", "-id"],
                condition=models.Q(state="failed", channel="sms"),
                name="notice_failed",
            ),
            models.Index(
                fields=["not_before"],
                condition=models.Q(state="waiting"),
                name="notice_waiting",
            ),
            index_where_told("digest", "notice_of_digest"),
            models.Index(fields=["person", "-id"], name="notice_of_person"),
            # What was put away is nearly all of it.
            models.Index(
                fields=["person", "-id"],
                condition=models.Q(read_at__isnull=True),
                name="notice_unread",
            ),
            models.Index(
                fields=["subject_kind", "subject_id", "id"], name="notice_by_subject"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.channel}"
