"""A case and the words exchanged on it."""

from typing import TYPE_CHECKING, Optional

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from luoshi.commitments.models import Commitment
from luoshi.commitments.models.commitment import Unsealed, Visibility
from luoshi.core.models import Person, TownModel, Village, VillageGroup
from luoshi.core.models.base import index_where_told


class Case(TownModel):
    """What somebody said, in their own words."""

    class Channel(models.TextChoices):
        WEB = "web", _("Web page")
        PHONE = "phone", _("Telephone")
        COUNTER = "counter", _("At the counter")
        IMPORT = "import", _("Brought in from a file")
        PART = "part", _("Part of another matter")
        DEPUTY = "deputy", _("From a deputy of the people's congress")
        LED = "led", _("Opened for a leader's list")
        MEMBER = "member", _("From a member of the consultative conference")
        ORDER = "order", _("Order of another system")
        TOPIC = "topic", _("Done before the next complaint")
        ASKED = "asked", _("Answer to what people said")
        PROJECT = "project", _("Step of a project")
        PLATE = "plate", _("Plate on a facility")
        ROUND = "round", _("Found on a round of upkeep")
        PLANNED = "planned", _("Works of the upkeep plan")

    # Merged cases share one; the head is the case that began it.
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="cases")
    number = models.CharField(max_length=20)
    subject = models.CharField(max_length=120)
    text = models.TextField()
    # Told as a recording alone: the text is what staff wrote down of it, if they did.
    spoken = models.BooleanField(default=False)
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+"
    )
    group = models.ForeignKey(
        VillageGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    place = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.INTERNAL
    )
    received_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # Doubtful ones are held for a look, never lost.
    held = models.BooleanField(default=False)
    held_why = models.CharField(max_length=200, blank=True)
    # Makes a double send one case, and a second import of a row nothing new.
    form_token = models.CharField(max_length=64, null=True, blank=True)
    # The case of which this one was a part of the words.
    split_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="split_off",
        db_index=False,
    )
    repeats = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )

    if TYPE_CHECKING:
        with_sealed = models.Manager()
    else:
        objects = ScopedManager(town="town", _manager_class=Unsealed)
        with_sealed = ScopedManager(town="town")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "number"], name="case_number_unique"
            ),
            models.UniqueConstraint(
                fields=["town", "form_token"], name="case_token_unique"
            ),
        ]
        indexes = [
            models.Index(fields=["town", "-received_at"], name="case_newest"),
            models.Index(
                fields=["town", "village", "-received_at"], name="case_of_village"
            ),
            index_where_told("group", "case_of_group"),
            index_where_told("entered_by", "case_entered_by"),
            index_where_told("split_from", "case_split_from"),
            index_where_told("repeats", "case_repeats"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    @property
    def is_sealed(self) -> bool:
        """Tell whether only those who keep sealed matters read it."""
        return self.visibility == Visibility.SEALED

    @property
    def is_own(self) -> bool:
        """Tell whether the town took it on by itself, and nobody told it."""
        own = (
            self.Channel.LED,
            self.Channel.TOPIC,
            self.Channel.ASKED,
            self.Channel.PROJECT,
            self.Channel.ROUND,
            self.Channel.PLANNED,
        )
        return self.channel in own

    @property
    def is_erased(self) -> bool:
        """Tell whether what was told is gone for good."""
        return not self.text and not self.spoken

    @property
    def told_from(self) -> Optional["Case"]:
        """Return out of which case it was split; one that is sealed is not named."""
        first = self.split_from
        return None if first is None or first.is_sealed else first

    @property
    def said_before(self) -> Optional["Case"]:
        """Return the case whose text it repeats; one that is sealed is not named."""
        first = self.repeats
        return None if first is None or first.is_sealed else first


class Reply(TownModel):
    """A word to the people who reported, or theirs where `person` is empty."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="replies")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reporter_id = models.BigIntegerField(null=True, blank=True)
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d}"


class Note(TownModel):
    """A word among staff; the people who reported never see it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d}"
