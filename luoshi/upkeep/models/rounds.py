"""Rounds that are due, looks that were taken, and defects that were found."""

from django.db import models

from luoshi.cases.models import Case
from luoshi.core.models import Person, TownModel
from luoshi.core.models.base import index_where_told
from luoshi.upkeep.models.assets import Asset
from luoshi.upkeep.models.kinds import RoundRule, Severity


class Inspection(TownModel):
    """One look at one asset: the grade, or only that nothing was found.

    Who looked is kept, and the day. Where they stood and how long is not: a round
    is no check-in.
    """

    asset = models.ForeignKey(
        Asset, models.PROTECT, related_name="inspections", db_index=False
    )
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # Empty where somebody only said that nothing was found.
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    found = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inspection_grade_of_five",
                condition=models.Q(grade__isnull=True) | models.Q(grade__range=(1, 5)),
            )
        ]
        indexes = [
            models.Index(fields=["asset", "-on", "-id"], name="inspection_of_asset"),
            models.Index(fields=["town", "on"], name="inspection_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.on}"


class Round(TownModel):
    """One asset due to be looked at by one rule; done when somebody looked."""

    asset = models.ForeignKey(
        Asset, models.PROTECT, related_name="rounds", db_index=False
    )
    rule = models.ForeignKey(
        RoundRule, models.PROTECT, related_name="rounds", db_index=False
    )
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    inspection = models.ForeignKey(
        Inspection,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rounds",
        db_index=False,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "rule"],
                condition=models.Q(done_on__isnull=True),
                name="round_one_open_of_a_rule",
            ),
            models.CheckConstraint(
                name="round_done_by_a_look",
                condition=models.Q(done_on__isnull=True, inspection__isnull=True)
                | models.Q(done_on__isnull=False, inspection__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["asset", "due_on"], name="round_of_asset"),
            models.Index(fields=["town", "due_on"], name="round_by_day"),
            models.Index(fields=["rule"], name="round_of_rule"),
            index_where_told("inspection", "round_inspection"),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.due_on}"


class Defect(TownModel):
    """What is wrong with an asset; its words, photos and clock are its case's."""

    asset = models.ForeignKey(
        Asset, models.PROTECT, related_name="defects", db_index=False
    )
    case = models.OneToOneField(Case, models.PROTECT, related_name="defect")
    # The look that found it; empty where a resident reported it.
    inspection = models.ForeignKey(
        Inspection,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="defects",
        db_index=False,
    )
    severity = models.CharField(max_length=7, choices=Severity.choices, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="defect_found_has_severity",
                condition=models.Q(inspection__isnull=True) | ~models.Q(severity=""),
            )
        ]
        indexes = [
            models.Index(fields=["asset", "-id"], name="defect_of_asset"),
            index_where_told("inspection", "defect_inspection"),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.case_id}"
