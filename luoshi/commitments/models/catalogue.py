"""Categories with their terms, and the list of duties."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.core.models import Organisation, TownModel

UNITS = [
    ("hours", _("hours")),
    ("office_hours", _("office hours")),
    ("days", _("days")),
    ("workdays", _("workdays")),
]


class Category(TownModel):
    """What a matter is about, who usually does it, and how long that may take."""

    name = models.CharField(max_length=60)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The line of the list of duties that says whose duty such a matter is.
    duty = models.ForeignKey(
        "DutyItem", models.PROTECT, null=True, blank=True, related_name="categories"
    )
    keywords = models.JSONField(default=list, blank=True)
    term_amount = models.PositiveSmallIntegerField(default=7)
    term_unit = models.CharField(max_length=12, choices=UNITS, default="workdays")
    urgent_amount = models.PositiveSmallIntegerField(default=24)
    urgent_unit = models.CharField(max_length=12, choices=UNITS, default="hours")
    # Safety, and what the emergency itself is about: its clock never stands for one.
    runs_on = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "parent", "name"], name="category_name_unique"
            ),
            models.UniqueConstraint(
                fields=["town", "name"],
                condition=models.Q(parent__isnull=True),
                name="category_top_name_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DutyItem(TownModel):
    """One line of the list of duties (履职事项清单)."""

    class Tier(models.TextChoices):
        BASIC = "basic", _("The town's own duty")
        SHARED = "shared", _("Shared: the town assists")
        WITHDRAWN = "withdrawn", _("Taken back by the county")

    title = models.CharField(max_length=200)
    tier = models.CharField(max_length=10, choices=Tier.choices)
    # The county's department that leads, or that does it alone.
    lead_body = models.CharField(max_length=120, blank=True)
    lead_phone = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=200, blank=True)
    in_force_since = models.DateField(null=True, blank=True)
    # Words by which people look for it.
    keywords = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "title"], name="duty_title_unique_in_town"
            ),
            models.CheckConstraint(
                name="duty_of_the_county_names_it",
                condition=models.Q(tier="basic") | ~models.Q(lead_body=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title
