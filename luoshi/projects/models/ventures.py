"""An industry that needs years of patience, and outlives whoever began it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.core.models import Organisation, Person, TownModel, Village


class Venture(TownModel):
    """What is to grow over five to ten years; nobody asks it for income too early."""

    class Kind(models.TextChoices):
        CROP = "crop", _("A crop or breeding of the place")
        TOURISM = "tourism", _("Rural tourism")
        OTHER = "other", _("Something else")

    class Sharing(models.TextChoices):
        PRICE = "price", _("Bought from farmers at an agreed price")
        SURPLUS = "surplus", _("A part of the surplus")
        WAGE = "wage", _("Wages for work")
        RENT = "rent", _("Rent for land")

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    why = models.TextField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+"
    )
    begins = models.PositiveSmallIntegerField()
    income_from = models.PositiveSmallIntegerField()
    sharing = models.CharField(max_length=8, choices=Sharing.choices)
    # In hundredths: what of the sales goes to farmers, and what may be lost.
    farmers = models.PositiveSmallIntegerField()
    price_risk = models.PositiveSmallIntegerField()
    harvest_risk = models.PositiveSmallIntegerField()
    # Why the market may fail, in plain words.
    risk_words = models.CharField(max_length=300)
    # Who answers for it now; it goes on with the post.
    leader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # The last year for which the yearly word was asked for.
    asked_for = models.PositiveSmallIntegerField(default=0)
    began_at = models.DateTimeField()
    began_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "number"], name="venture_number_unique"
            ),
            models.CheckConstraint(
                name="venture_income_later",
                condition=Q(income_from__gt=models.F("begins")),
            ),
            models.CheckConstraint(
                name="venture_shares",
                condition=Q(
                    farmers__lte=100, price_risk__lte=100, harvest_risk__lte=100
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def state(self) -> str:
        """Return "stopped" once it was stopped."""
        stopped = any(not word.go_on for word in self.words.all())
        return "stopped" if stopped else "open"


class VentureYear(TownModel):
    """What one year is planned to cost and to sell, in fen."""

    venture = models.ForeignKey(Venture, models.PROTECT, related_name="plan")
    year = models.PositiveSmallIntegerField()
    paid = models.BigIntegerField()
    running = models.BigIntegerField()
    sales = models.BigIntegerField()

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["venture", "year"], name="ventureyear_once"
            ),
            models.CheckConstraint(
                name="ventureyear_not_negative",
                condition=Q(paid__gte=0, running__gte=0, sales__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venture_id} {self.year}"


class VentureWord(TownModel):
    """Once a year: on or stop, and why; everybody reads it."""

    venture = models.ForeignKey(Venture, models.PROTECT, related_name="words")
    year = models.PositiveSmallIntegerField()
    go_on = models.BooleanField()
    reason = models.CharField(max_length=300)
    # Who decided, as it stands in the record.
    decided_by = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["venture", "year"], name="ventureword_once_a_year"
            ),
            models.CheckConstraint(
                name="ventureword_says_why", condition=~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venture_id} {self.year} {self.go_on}"


class VentureHolder(TownModel):
    """Who answered for it from when on; the first began it."""

    venture = models.ForeignKey(Venture, models.PROTECT, related_name="holders")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # The position, as it was then; the public reads this and no name.
    position = models.CharField(max_length=120)
    since = models.DateField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.venture_id} {self.position}"
