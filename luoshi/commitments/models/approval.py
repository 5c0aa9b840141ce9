"""The path of approval: which words a matter needs, whose turn it is, who stands in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.commitments.models.catalogue import Category
from luoshi.commitments.models.commitment import Commitment
from luoshi.commitments.models.steps import Evidence
from luoshi.core.models import Organisation, Person, TownModel


class Stage(models.TextChoices):
    """A word that is asked for on the way, in the order of the path."""

    PROPOSE = "propose", _("Say who does it")
    INSTRUCT = "instruct", _("The leader's word")
    SIGN = "sign", _("Sign the answer")
    # On no path: asked where the owner finds that by the rules it cannot be done.
    REFUSE = "refuse", _("Sign that it cannot be done")


class PathRule(TownModel):
    """Which words a kind of matter needs; no row, no word."""

    # None: every category that has no row of its own.
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+"
    )
    urgent = models.BooleanField(default=False)
    propose = models.BooleanField(default=False)
    instruct = models.BooleanField(default=False)
    sign = models.BooleanField(default=False)

    class Meta:
        ordering = ["category__position", "category_id", "urgent"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "category", "urgent"], name="path_rule_unique"
            ),
            models.UniqueConstraint(
                fields=["town", "urgent"],
                condition=models.Q(category__isnull=True),
                name="path_rule_of_the_others_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} {self.urgent}"

    def needs(self, stage: str) -> bool:
        """Tell whether a word of this stage is needed."""
        return bool(getattr(self, stage))


class Approval(TownModel):
    """One word asked of one person; while it is open the matter waits for it."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        RETURNED = "returned", _("Returned")
        RECALLED = "recalled", _("Taken back")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="approvals")
    stage = models.CharField(max_length=8, choices=Stage.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # Before dispatch: the office meant, and what the dispatcher tells it.
    office = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    receiver = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The words of the plan, or ground and remedy; emptied when it is carried out or
    # dropped.
    plan = models.JSONField(default=dict, blank=True)
    # Before the answer leaves: the result that is signed.
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="approvals"
    )
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    # Whoever clicked: the person asked, or the deputy.
    given_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"],
                condition=models.Q(given_at__isnull=True),
                name="approval_one_open",
            ),
            models.CheckConstraint(
                name="approval_given_whole",
                condition=models.Q(given_at__isnull=True, outcome="", given_by=None)
                | models.Q(given_at__isnull=False, given_by__isnull=False)
                & ~models.Q(outcome=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["town", "person"],
                condition=models.Q(given_at__isnull=True),
                name="approval_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.stage}"


class Deputy(TownModel):
    """Who acts for somebody from one day to another, both included."""

    # Set where it is listed: whether the one who looks may end it.
    may_end: bool = False

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    named_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                name="deputy_in_order",
                condition=models.Q(until__gte=models.F("since")),
            ),
            models.CheckConstraint(
                name="deputy_is_another",
                condition=~models.Q(person=models.F("deputy")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} → {self.person_id}"
