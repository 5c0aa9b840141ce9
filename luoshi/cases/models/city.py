"""What the main system's own keepers publish about a town's orders."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.cases.models.orders import MainSystem
from luoshi.core.models import Person, TownModel


class CityFigure(TownModel):
    """A published figure: what it counts, of which days, and where it stands."""

    class What(models.TextChoices):
        RECEIVED = "received", _("Orders received")
        CLOSED = "closed", _("Orders closed")
        IN_TIME = "in_time", _("In time, of 100")
        SOLVED = "solved", _("Solved, of 100")
        SATISFIED = "satisfied", _("Satisfied, of 100")

    class By(models.TextChoices):
        CLOSED = "closed", _("by the day of closing")
        RECEIVED = "received", _("by the day of receipt")

    system = models.ForeignKey(MainSystem, models.PROTECT, related_name="+")
    what = models.CharField(max_length=9, choices=What.choices)
    by = models.CharField(max_length=8, choices=By.choices)
    first = models.DateField()
    last = models.DateField()
    value = models.DecimalField(max_digits=9, decimal_places=2)
    source = models.CharField(max_length=120)
    published_on = models.DateField()
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-last", "-first", "what", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "system", "what", "by", "first", "last"],
                name="cityfigure_once",
            ),
            models.CheckConstraint(
                name="cityfigure_days_in_order",
                condition=models.Q(first__lte=models.F("last")),
            ),
            models.CheckConstraint(
                name="cityfigure_not_negative", condition=models.Q(value__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.first}–{self.last}"

    @property
    def is_share(self) -> bool:
        """Tell whether it is a share of a hundred, not a number of orders."""
        return self.what not in (self.What.RECEIVED, self.What.CLOSED)
