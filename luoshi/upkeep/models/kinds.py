"""Kinds of assets, and when each kind is looked at: data that a town edits."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.commitments.models import Category
from luoshi.core.models import Organisation, TownModel

GRADES = (1, 2, 3, 4, 5)
# The grades of the road standard (JTG 5211) beside 1 to 5.
ROAD_GRADES = {
    1: pgettext_lazy("grade", "excellent"),
    2: pgettext_lazy("grade", "good"),
    3: pgettext_lazy("grade", "fair"),
    4: pgettext_lazy("grade", "poor"),
    5: pgettext_lazy("grade", "bad"),
}


class Severity(models.TextChoices):
    """How bad a defect is; each kind says by when it is mended."""

    DANGER = "danger", _("Dangerous: somebody can be hurt")
    SERIOUS = "serious", _("Serious: it cannot be used as it should")
    SLIGHT = "slight", _("Slight: it can wait a little")


class AssetKind(TownModel):
    """One kind of asset: how it is measured, what its grades look like."""

    class Measure(models.TextChoices):
        METRES = "metres", _("metres")
        COUNT = "count", _("pieces")

    name = models.CharField(max_length=40)
    measure = models.CharField(
        max_length=6, choices=Measure.choices, default=Measure.COUNT
    )
    # Roads have a class, and the words of their own standard.
    is_road = models.BooleanField(default=False)
    # Reservoirs, ponds and dykes have persons who answer for them by name.
    has_responsible = models.BooleanField(default=False)
    # What grade 1 to 5 looks like, in words that anybody can apply.
    looks = models.JSONField(default=list)
    # What residents usually find wrong; one of them is the first tap.
    faults = models.JSONField(default=list, blank=True)
    # Within so many days a defect of each severity is mended.
    danger_days = models.PositiveSmallIntegerField(default=1)
    serious_days = models.PositiveSmallIntegerField(default=15)
    slight_days = models.PositiveSmallIntegerField(default=60)
    # Who usually keeps it up, and what a resident's report is about.
    keeper = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "name"], name="assetkind_name_unique"
            ),
            models.CheckConstraint(
                name="assetkind_dangerous_first",
                condition=models.Q(
                    danger_days__gte=1,
                    serious_days__gte=models.F("danger_days"),
                    slight_days__gte=models.F("serious_days"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def days_for(self, severity: str) -> int:
        """Return within how many days a defect of this severity is mended."""
        return {
            Severity.DANGER: self.danger_days,
            Severity.SERIOUS: self.serious_days,
            Severity.SLIGHT: self.slight_days,
        }[Severity(severity)]

    def look_of(self, grade: int) -> str:
        """Return what a grade looks like; empty where nothing is written."""
        return self.looks[grade - 1] if len(self.looks) >= grade else ""


class RoundRule(TownModel):
    """When the assets of a kind are looked at; a kind may have several."""

    class Basis(models.TextChoices):
        DUE = "due", _("from the day on which it was due")
        DONE = "done", _("from the day on which it was done")

    kind = models.ForeignKey(AssetKind, models.PROTECT, related_name="rules")
    name = models.CharField(max_length=40)
    months = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    basis = models.CharField(max_length=4, choices=Basis.choices, default=Basis.DONE)
    # Only in these months; 0 and 0: all the year. 11 to 2 goes over the new year.
    season_from = models.PositiveSmallIntegerField(default=0)
    season_to = models.PositiveSmallIntegerField(default=0)
    # Only for assets of this grade or worse; 0: of any.
    grade_from = models.PositiveSmallIntegerField(default=0)
    # So many days before it is due it can be done; before that it is another round.
    lead_days = models.PositiveSmallIntegerField(default=30)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.CheckConstraint(
                name="roundrule_months_of_a_year",
                condition=models.Q(season_from=0, season_to=0)
                | models.Q(season_from__range=(1, 12), season_to__range=(1, 12)),
            ),
            models.CheckConstraint(
                name="roundrule_interval",
                condition=models.Q(months__range=(1, 60), grade_from__lte=5),
            ),
        ]

    def __str__(self) -> str:
        return self.name
