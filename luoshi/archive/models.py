"""What is kept for how long, the yearly packages, and what became of each file."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.commitments.models import Category, Commitment
from luoshi.core.models import Person, TownModel


class Term(models.TextChoices):
    """How long something is kept (国家档案局令第8号)."""

    PERMANENT = "permanent", _("For good")
    THIRTY = "30", _("30 years")
    TEN = "10", _("10 years")

    @property
    def mark(self) -> str:
        """Return how a file number writes it (DA/T 22-2015)."""
        return "Y" if self == Term.PERMANENT else f"D{self.value}"

    @property
    def years(self) -> int | None:
        """Return the years; None for good."""
        return None if self == Term.PERMANENT else int(self.value)


class TermRule(TownModel):
    """The town's term for a category; without one, for all the others."""

    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+"
    )
    term = models.CharField(max_length=9, choices=Term.choices)
    # The table of the town's own that says so, and since when it is in force.
    source = models.CharField(max_length=200)
    in_force_since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "category"], name="termrule_once_a_category"
            ),
            models.UniqueConstraint(
                fields=["town"],
                condition=models.Q(category__isnull=True),
                name="termrule_one_for_the_others",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} {self.term}"


class TermChoice(TownModel):
    """Another term for one matter, with the reason."""

    commitment = models.OneToOneField(
        Commitment, models.PROTECT, related_name="term_choice"
    )
    term = models.CharField(max_length=9, choices=Term.choices)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.term}"


class Package(TownModel):
    """What was put into the archive in one step, of one year."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        MAKING = "making", _("Being made")
        BROKEN = "broken", _("Broke off")
        WHOLE = "whole", _("Whole")
        # The file was taken away again; it can be made anew.
        GONE = "gone", _("File removed")

    year = models.PositiveSmallIntegerField()
    terms = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State.choices, default="waiting")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    # The last sign of life of the process that makes it.
    beat_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    fault = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.year} {self.state}"


class Entry(TownModel):
    """One file (件) of the archive: a matter of one year."""

    package = models.ForeignKey(Package, models.PROTECT, related_name="entries")
    # No name of the matter beside it: what is sealed later is named nowhere.
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="archive_entries"
    )
    number = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    term = models.CharField(max_length=9, choices=Term.choices)
    serial = models.PositiveIntegerField()
    closed_on = models.DateField()
    pages = models.PositiveIntegerField(default=0)
    pdf_digest = models.CharField(max_length=64, blank=True)
    xml_digest = models.CharField(max_length=64, blank=True)
    # False where a character has no picture in any font, which PDF/A forbids.
    pdf_a = models.BooleanField(default=True)
    made_at = models.DateTimeField(null=True, blank=True)
    # Reopened or kept apart before it was made: its number stays empty.
    left_out = models.BooleanField(default=False)
    # When it is appraised; empty for good.
    due_on = models.DateField(null=True, blank=True)
    # Decided when its term was over; the number and the term stay as they were.
    kept_for_good = models.BooleanField(default=False)
    let_go_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "year", "term", "serial"], name="entry_serial_unique"
            ),
            models.UniqueConstraint(
                fields=["commitment", "year"], name="entry_once_a_year"
            ),
            models.CheckConstraint(
                name="entry_for_good_is_never_due",
                condition=models.Q(due_on__isnull=True)
                & (models.Q(term="permanent") | models.Q(kept_for_good=True))
                | models.Q(due_on__isnull=False, kept_for_good=False)
                & ~models.Q(term="permanent"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["town", "due_on", "id"],
                condition=models.Q(let_go_at__isnull=True, left_out=False),
                name="entry_to_appraise",
            )
        ]

    def __str__(self) -> str:
        return self.number


class Appraisal(TownModel):
    """What was decided of a file when its term was over (鉴定)."""

    class Outcome(models.TextChoices):
        KEEP = "keep", _("Keep it longer")
        LET_GO = "let_go", _("Let it go: it may be erased")

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="appraisals")
    outcome = models.CharField(max_length=6, choices=Outcome.choices)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.entry_id} {self.outcome}"
