"""An asset of the town, and who answers for it by name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.core.models import Organisation, TownModel, Village
from luoshi.core.models.base import index_where_told
from luoshi.upkeep.models.kinds import AssetKind


class Asset(TownModel):
    """One road section, sluice, pump, pond, lamp: what somebody has to keep up."""

    class RoadClass(models.TextChoices):
        COUNTY = "county", _("County road")
        TOWN = "town", _("Township road")
        VILLAGE = "village", _("Village road")

    kind = models.ForeignKey(AssetKind, models.PROTECT, related_name="assets")
    # The town's own number, by which tables and maps name it.
    number = models.CharField(max_length=40)
    # On its plate; outlives names and numbers.
    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=80)
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(max_length=120, blank=True)
    # GeoJSON in WGS-84, a Point or a LineString; or only words.
    geometry = models.JSONField(null=True, blank=True)
    road_class = models.CharField(
        max_length=8, choices=RoadClass.choices, blank=True, default=""
    )
    # Metres or pieces, as the kind is measured.
    amount = models.PositiveIntegerField(null=True, blank=True)
    built_year = models.PositiveSmallIntegerField(null=True, blank=True)
    # From which project it came, in words.
    project = models.CharField(max_length=80, blank=True)
    people_served = models.PositiveIntegerField(null=True, blank=True)
    # Whose it is (权属), and who keeps it up (管护主体): two things.
    owner = models.CharField(max_length=80, blank=True)
    keeper = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    replacement_fen = models.PositiveBigIntegerField(null=True, blank=True)
    # What keeping it up costs in a year, as it was said when it was decided on.
    yearly_fen = models.PositiveBigIntegerField(null=True, blank=True)
    last_works_on = models.DateField(null=True, blank=True)
    last_works = models.CharField(max_length=120, blank=True)
    # What the last look said; the looks themselves are kept beside it.
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    looked_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField()
    retired_on = models.DateField(null=True, blank=True)
    retired_why = models.CharField(max_length=200, blank=True)
    # Grows by one with each change of what is written, so that a second writer sees it.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "number"], name="asset_number_unique"
            ),
            models.CheckConstraint(
                name="asset_grade_of_five",
                condition=models.Q(grade__isnull=True) | models.Q(grade__range=(1, 5)),
            ),
            models.CheckConstraint(
                name="asset_retired_for_a_reason",
                condition=models.Q(retired_on__isnull=True, retired_why="")
                | models.Q(retired_on__isnull=False) & ~models.Q(retired_why=""),
            ),
        ]
        indexes = [
            models.Index(fields=["town", "kind", "id"], name="asset_of_kind"),
            models.Index(fields=["town", "village", "id"], name="asset_in_village"),
            index_where_told("keeper", "asset_keeper"),
        ]

    def __str__(self) -> str:
        return self.name


class Responsible(TownModel):
    """Who answers for a reservoir, a pond or a dyke: named on its sign."""

    class Duty(models.TextChoices):
        LEADS = "leads", _("Answers for the administration")
        TECHNICAL = "technical", _("Answers for the technique")
        WATCHES = "watches", _("Goes there and looks")

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="responsible")
    duty = models.CharField(max_length=9, choices=Duty.choices)
    name = models.CharField(max_length=40)
    position = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["asset", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "duty"], name="responsible_one_a_duty"
            )
        ]

    def __str__(self) -> str:
        return self.name
