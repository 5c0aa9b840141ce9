"""What the appraisal's figure is made of, and when its label may be read by all."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.core.models import Person, TownModel
from luoshi.projects.models.cycles import Cycle
from luoshi.projects.models.projects import Project


class Thing(models.TextChoices):
    """What kind of thing it is; each has its usual values."""

    ROAD = "road", _("A road or path")
    LAMPS = "lamps", _("Street lamps")
    CANAL = "canal", _("A canal or ditch for watering")
    WATER = "water", _("Drinking water")
    BRIDGE = "bridge", _("A bridge")
    HOUSE = "house", _("A clinic, canteen or room for the old")
    TOILET = "toilet", _("A public toilet")
    WASTE = "waste", _("A place for waste")
    SQUARE = "square", _("A square or a place for sports")
    SCREEN = "screen", _("A screen, a sign or an arch")
    OTHER = "other", _("Something else")


class Figure(TownModel):
    """What the figure needs beyond a project's page; empty is what is usual."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="figure")
    kind = models.CharField(max_length=8, choices=Thing.choices)
    # How few and how many people a day there may be.
    people_low = models.PositiveIntegerField(null=True, blank=True)
    people_high = models.PositiveIntegerField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    # What one use is worth to a person, what a household saves a year; in fen.
    worth = models.BigIntegerField(null=True, blank=True)
    saved = models.BigIntegerField(default=0)
    # Of the households that it reaches, those in hardship.
    hardship = models.PositiveIntegerField(default=0)
    # Of the cost, what goes into how it looks; in fen.
    appearance = models.BigIntegerField(default=0)
    # Whether the money for its upkeep is there.
    funded = models.BooleanField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="figure_not_negative",
                condition=Q(saved__gte=0, appearance__gte=0)
                & (Q(worth__isnull=True) | Q(worth__gte=0)),
            ),
            models.CheckConstraint(
                name="figure_people_ascend",
                condition=Q(people_low__isnull=True)
                | Q(people_high__isnull=True)
                | Q(people_low__lte=F("people_high")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind}"


class LabelRelease(TownModel):
    """The party committee's decision that a round's labels may be read by all."""

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="label_release")
    number = models.CharField(max_length=60)
    decided_on = models.DateField()
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="labelrelease_decided", condition=~Q(number=""))
        ]

    def __str__(self) -> str:
        return self.number
