"""One text for many: by message, in chat groups, from loudspeakers, on a sheet."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.alerts.models.alerts import Alert
from luoshi.alerts.models.households import Household
from luoshi.core.models import Notice, Person, TownModel, Village


class GroupNotice(TownModel):
    """What the town says to everybody, or to some villages and kinds of households."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        ASKED = "asked", _("Waits for a leader")
        RELEASED = "released", _("Released")

    title = models.CharField(max_length=60)
    text = models.TextField()
    alert = models.ForeignKey(
        Alert, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    # To whom messages go; none chosen means all of the lists.
    villages = models.ManyToManyField(Village, blank=True, related_name="+")
    kinds = models.JSONField(default=list, blank=True)
    # Until when every page shows the title.
    shown_until = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default="draft")
    # Why a leader gave it back to be written anew.
    returned_why = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # When it was taken back from the public page, and why; nothing can be unsaid.
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="groupnotice_released_by_somebody",
                condition=Q(
                    state="released",
                    released_at__isnull=False,
                    released_by__isnull=False,
                )
                | ~Q(state="released") & Q(released_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.title


class NoticeLine(TownModel):
    """One household to which the message goes, or cannot go."""

    notice = models.ForeignKey(GroupNotice, models.PROTECT, related_name="lines")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    # None where the list names no mobile number.
    message = models.ForeignKey(
        Notice, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Somebody told them another way.
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "household"], name="noticeline_once_a_notice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.household_id}"
