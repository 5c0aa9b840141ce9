"""One year's round of projects, with its stages and their days as data."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.core.models import TownModel, Village


class Cycle(TownModel):
    """A year's projects of the town, or of one village over its own money."""

    class Decider(models.TextChoices):
        CONGRESS = "congress", _("The township's people's congress")
        VILLAGE = "village", _("The village itself")

    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    decider = models.CharField(max_length=8, choices=Decider.choices)
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What there is to spend, in fen.
    budget = models.BigIntegerField()
    stage = models.CharField(max_length=10, default="collect")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "year"],
                condition=Q(village__isnull=True),
                name="cycle_of_town_once_a_year",
            ),
            models.UniqueConstraint(
                fields=["town", "year", "village"],
                condition=Q(village__isnull=False),
                name="cycle_of_village_once_a_year",
            ),
            models.CheckConstraint(
                name="cycle_decided_by_its_own",
                condition=Q(decider="congress", village__isnull=True)
                | Q(decider="village", village__isnull=False),
            ),
            models.CheckConstraint(name="cycle_has_money", condition=Q(budget__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title


class Stage(TownModel):
    """One stage of a cycle: planned from which day to which, begun when."""

    class Name(models.TextChoices):
        COLLECT = "collect", _("Collect")
        APPRAISE = "appraise", _("Appraise")
        CANDIDATES = "candidates", _("Candidates")
        DECIDE = "decide", _("Decide")
        BUILD = "build", _("Build")
        JUDGE = "judge", _("Judge")

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="stages")
    name = models.CharField(max_length=10, choices=Name.choices)
    position = models.PositiveSmallIntegerField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    began_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "name"], name="stage_once"),
            models.CheckConstraint(
                name="stage_in_order",
                condition=Q(closes_on__gte=models.F("opens_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.name}"
