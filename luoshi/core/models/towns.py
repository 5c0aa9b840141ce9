"""A town and the running numbers it gives out."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

TOWN_COLOURS = [
    ("indigo", _("Indigo")),
    ("teal", _("Dark teal")),
    ("rosewood", _("Rosewood")),
    ("tea", _("Tea brown")),
]


class Town(models.Model):
    """One township: every other row belongs to exactly one."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    prefix = models.CharField(
        max_length=4,
        validators=[RegexValidator(r"^[A-Z]{1,4}$")],
        help_text="letters that begin each case number and tracking code",
    )
    phone = models.CharField(max_length=40, blank=True)
    phone_hours = models.CharField(max_length=60, blank=True)
    colour = models.CharField(max_length=12, choices=TOWN_COLOURS, default="indigo")
    # {"office": [["08:30", "12:00"], ...], "objection_workdays": 1, ...}: a town's
    # own rules; what is missing has its default in commitments.terms.
    rules = models.JSONField(default=dict, blank=True)
    # The address of the staff's group robot (企业微信, 钉钉); encrypted.
    robot = models.BinaryField(null=True, blank=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """The last number given out of one kind in one town."""

    town = models.ForeignKey(Town, models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "name"], name="counter_unique_in_town"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.last}"
