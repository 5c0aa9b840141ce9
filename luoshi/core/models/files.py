"""Files that people hand in."""

from django.db import models

from luoshi.core.models.base import TownModel
from luoshi.core.models.people import Person


class StoredFile(TownModel):
    """A file kept under a random name and served only through a permission check."""

    class Kind(models.TextChoices):
        PHOTO = "photo"
        DOCUMENT = "document"
        AUDIO = "audio"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    stored_name = models.CharField(max_length=80, unique=True)
    thumbnail_name = models.CharField(max_length=80, blank=True)
    shown_name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="bytes")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    # Of a recording: how long it is, 0 where it does not say, and what is said in it,
    # written down by staff.
    seconds = models.PositiveIntegerField(default=0)
    words = models.TextField(blank=True)
    # To whom it belongs, "cases.case" and its id; its adapter says who may see it.
    owner_kind = models.CharField(max_length=60)
    owner_id = models.BigIntegerField()
    purpose = models.CharField(max_length=20, blank=True)
    # Whether the bytes are encrypted where they lie.
    sealed = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["owner_kind", "owner_id"], name="file_owner")]

    def __str__(self) -> str:
        return self.shown_name
