"""What was built in the years before the town wrote its rounds down here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.core.models import Person, TownModel
from luoshi.projects.models.lasting import Thing


class Earlier(TownModel):
    """One thing of an earlier year's list: facts from the town's own records."""

    class Asked(models.TextChoices):
        RESIDENTS = "residents", _("Residents")
        VILLAGE = "village", _("A village")
        OFFICE = "office", _("An office itself")

    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Thing.choices)
    # In fen; empty is what nobody knows any more.
    cost = models.BigIntegerField()
    years_of_use = models.PositiveSmallIntegerField(null=True, blank=True)
    people_a_day = models.PositiveIntegerField(null=True, blank=True)
    upkeep_yearly = models.BigIntegerField(null=True, blank=True)
    asked = models.CharField(max_length=9, choices=Asked.choices, blank=True)
    appearance = models.BigIntegerField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "year", "title"], name="earlier_once_a_year"
            ),
            models.CheckConstraint(name="earlier_costs", condition=Q(cost__gt=0)),
            models.CheckConstraint(
                name="earlier_upkeep_not_negative",
                condition=Q(upkeep_yearly__isnull=True) | Q(upkeep_yearly__gte=0),
            ),
            models.CheckConstraint(
                name="earlier_appearance_within_cost",
                condition=Q(appearance__isnull=True)
                | Q(appearance__gte=0, appearance__lte=models.F("cost")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.title}"
