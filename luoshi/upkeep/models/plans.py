"""The plan of upkeep: what works cost, what is planned, ordered, and paid."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.cases.models import Case
from luoshi.core.models import Organisation, Person, TownModel
from luoshi.core.models.base import index_where_told
from luoshi.upkeep.models.assets import Asset
from luoshi.upkeep.models.kinds import AssetKind

MOST_FEN = 10**15


class Treatment(models.TextChoices):
    """What can be done for an asset; the codes are those of `engines.planning`."""

    ROUTINE = "routine", _("Routine upkeep")
    LIGHT = "light", _("Small repair")
    HEAVY = "heavy", _("Large repair")
    RENEWAL = "renewal", _("Renewal")


class KindCare(TownModel):
    """How long a kind lasts, and what works on one unit of it cost in this town.

    A price is that of the best condition in which the works are done; in a worse one
    they are dearer, as the reference values are.
    """

    kind = models.OneToOneField(AssetKind, models.PROTECT, related_name="care")
    # Years until it has failed if nothing is done.
    life_years = models.PositiveSmallIntegerField()
    routine_fen = models.PositiveBigIntegerField()
    light_fen = models.PositiveBigIntegerField()
    heavy_fen = models.PositiveBigIntegerField()
    renewal_fen = models.PositiveBigIntegerField()
    # Of a hundred, how much visitors see of it: only to compare with doing that first.
    showy = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="kindcare_years_and_prices",
                condition=Q(
                    life_years__range=(1, 200),
                    routine_fen__gte=1,
                    light_fen__gte=1,
                    heavy_fen__gte=1,
                    renewal_fen__gte=1,
                    showy__lte=100,
                ),
            )
        ]

    def __str__(self) -> str:
        return str(self.kind_id)


class UpkeepPlan(TownModel):
    """Years, money and rules, and what was computed of them."""

    class State(models.TextChoices):
        COMPUTING = "computing", _("Being computed")
        FAILED = "failed", _("Could not be computed")
        READY = "ready", _("Waits for approval")
        APPROVED = "approved", _("Approved")
        REPLACED = "replaced", _("Replaced by a newer one")

    state = models.CharField(
        max_length=9, choices=State.choices, default=State.COMPUTING
    )
    first_year = models.PositiveSmallIntegerField()
    # Fen of each year.
    budgets = models.JSONField()
    # The yearly discount, in thousandths.
    rate = models.PositiveSmallIntegerField()
    # [{"amount", "least", "village" or None, "kind" or None}], for each year.
    limits = models.JSONField(default=list, blank=True)
    # Village -> of a hundred, how much a resident there counts.
    hardship = models.JSONField(default=dict, blank=True)
    set_up_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", db_index=False
    )
    set_up_at = models.DateTimeField()
    # A process is at it since then; empty where none is.
    begun_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    # A code of `upkeep.plans.computing`.
    failure = models.CharField(max_length=40, blank=True)
    # The facilities as they were planned, and how their kinds decay (`frozen.py`).
    frozen = models.JSONField(default=dict, blank=True)
    # The proof, the prices, the reasons and the what-ifs (`computing.py`).
    told = models.JSONField(default=dict, blank=True)
    approved_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    # Grows by one with each change by hand, so that a second writer sees it.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="upkeepplan_approved_by_somebody",
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["town"],
                condition=Q(state="approved"),
                name="upkeepplan_one_holds",
            ),
        ]
        indexes = [models.Index(fields=["town", "-id"], name="upkeepplan_newest")]

    def __str__(self) -> str:
        return f"{self.first_year}–{self.last_year}"

    @property
    def last_year(self) -> int:
        """Return the last year that is planned."""
        return self.first_year + len(self.budgets) - 1

    @property
    def years(self) -> range:
        """Return the years that are planned."""
        return range(self.first_year, self.last_year + 1)

    def budget_of(self, year: int) -> int:
        """Return a year's money."""
        return int(self.budgets[year - self.first_year])


class Job(TownModel):
    """Works of one year that one office does together; owed like every promise.

    What is done, by whom and until when is its commitment's; money is noted here once.
    """

    plan = models.ForeignKey(
        UpkeepPlan, models.PROTECT, related_name="jobs", db_index=False
    )
    year = models.PositiveSmallIntegerField()
    kind = models.ForeignKey(
        AssetKind, models.PROTECT, related_name="+", db_index=False
    )
    treatment = models.CharField(max_length=8, choices=Treatment.choices)
    office = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False
    )
    case = models.OneToOneField(Case, models.PROTECT, related_name="job")
    contracted_fen = models.PositiveBigIntegerField(null=True, blank=True)
    # The day told first; the day that holds, and why it moved, is the commitment's.
    promised_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="job_contract_of_an_amount",
                condition=Q(contracted_fen__isnull=True) | Q(contracted_fen__gt=0),
            )
        ]
        indexes = [
            models.Index(fields=["plan", "year", "id"], name="job_of_plan"),
            models.Index(fields=["kind"], name="job_of_kind"),
            models.Index(fields=["office"], name="job_of_office"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.case_id}"


class PlannedWork(TownModel):
    """One asset's works in one year of a plan."""

    plan = models.ForeignKey(
        UpkeepPlan, models.CASCADE, related_name="works", db_index=False
    )
    asset = models.ForeignKey(
        Asset, models.PROTECT, related_name="planned", db_index=False
    )
    year = models.PositiveSmallIntegerField()
    treatment = models.CharField(max_length=8, choices=Treatment.choices)
    cost_fen = models.PositiveBigIntegerField()
    by_hand = models.BooleanField(default=False)
    # As it was approved; another year than `year` is a promise that slipped.
    promised_year = models.PositiveSmallIntegerField(null=True, blank=True)
    moved_why = models.CharField(max_length=200, blank=True)
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="works", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "asset", "year"], name="plannedwork_one_a_year"
            ),
            models.CheckConstraint(
                name="plannedwork_costs_something", condition=Q(cost_fen__gt=0)
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "year", "id"], name="plannedwork_of_year"),
            models.Index(fields=["asset"], name="plannedwork_of_asset"),
            index_where_told("job", "plannedwork_job"),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.year}"


class Payment(TownModel):
    """Money paid for a job; a correction is an amount below zero."""

    job = models.ForeignKey(
        Job, models.PROTECT, related_name="payments", db_index=False
    )
    on = models.DateField()
    amount_fen = models.BigIntegerField()
    words = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="payment_of_an_amount", condition=~Q(amount_fen=0)
            )
        ]
        indexes = [
            models.Index(fields=["job", "on", "id"], name="payment_of_job"),
            models.Index(fields=["town", "on"], name="payment_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} {self.on}"
