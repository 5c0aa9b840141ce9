"""A commitment: one owner, one due date, one clock from the first word."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from luoshi.commitments.models.catalogue import UNITS, Category
from luoshi.core.models import Organisation, Person, TownModel, Village
from luoshi.core.models.base import index_where_told


class Kind(models.TextChoices):
    """What a commitment answers. Later domains add theirs."""

    CASE = "case", _("Case")
    PROPOSAL = "proposal", _("What deputies and committee members asked for")
    LED = "led", _("Led in person by a leader")
    TOPIC = "topic", _("Done before the next complaint")
    CONSULTATION = "consultation", _("Answer to what people said")
    MILESTONE = "milestone", _("Step of a project")
    REPAIR = "repair", _("Found on a round of upkeep")
    UPKEEP = "upkeep", _("Works of the upkeep plan")


class State(models.TextChoices):
    """Where a commitment stands; `commitments.moves.MOVES` has the ways between."""

    RECEIVED = "received", _("To be dispatched")
    ASSIGNED = "assigned", _("Dispatched")
    TAKEN = "taken", _("Taken")
    IN_HAND = "in_hand", _("In hand")
    SUBMITTED = "submitted", _("Waiting for acceptance")
    ACCEPTED = "accepted", _("Accepted")
    AWAITING = "awaiting", _("Waiting for the verdict")
    OPEN_PROMISE = "open_promise", _("Open promise")
    CLOSED = "closed", _("Closed")


class Ending(models.TextChoices):
    """How a commitment ended; only `SOLVED` counts as solved."""

    SOLVED = "solved", _("Solved, in the residents' own words")
    PARTLY = "partly", _("Partly solved")
    NOT_SOLVED = "not_solved", _("Not solved")
    ACCEPTED = "accepted", _("Done and accepted")
    DESTINATION = "destination", _("Passed to who is responsible")
    NO_VERDICT = "no_verdict", _("Done, nobody reached for a verdict")
    REFUSED = "refused", _("By the rules it cannot be done")
    WITHDRAWN = "withdrawn", _("Withdrawn by the person who asked")
    LAWFUL = "lawful", _("Moved to a lawful route")
    # The main system asks there, and its call-back never came.
    NO_CALLBACK = "no_callback", _("Done, no call-back came from the main system")
    HISTORY = "history", _("Brought over from before")
    MERGED = "merged", _("Done together with another matter")
    # Only of parts: the whole goes on without it.
    DROPPED = "dropped", _("No longer needed")


# As what the search knows the rest of what is owed; a case is found by its own words.
FOUND_AS = "work"

# Ends that are lawful and solve nothing: never counted as solved or as not solved.
UNSOLVED_BY_LAW = [Ending.REFUSED, Ending.WITHDRAWN, Ending.LAWFUL]


class Visibility(models.TextChoices):
    """Who may see a matter; the search index derives from it."""

    INTERNAL = "internal", _("Staff and the reporters")
    PUBLIC = "public", _("Published")
    SEALED = "sealed", _("Sealed")


class Unsealed(models.Manager[Any]):
    """Leaves out what is sealed, so that no list and no look-up comes upon it."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Return what is not sealed."""
        return super().get_queryset().exclude(visibility=Visibility.SEALED)


LIVE_STATES = [
    State.RECEIVED,
    State.ASSIGNED,
    State.TAKEN,
    State.IN_HAND,
    State.SUBMITTED,
    State.ACCEPTED,
]


# Named one by one, for an index cannot look for what is not closed.
OPEN_STATES = [state for state in State if state != State.CLOSED]

# What the figures count by; a change of any of these changes a month's counts.
COUNTED = (
    *("kind", "parent_id", "village_id", "owner_organisation_id", "ending"),
    *("closed_at", "submitted_at", "due_at", "satisfied"),
)


class Commitment(TownModel):
    """What the government owes, whoever asked for it."""

    # How it was counted when it was read; None for a row just made.
    counted_before: dict[str, Any] | None = None

    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+"
    )
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.INTERNAL
    )
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=14, choices=State.choices)
    owner_organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # Who did the work last; never the one who accepts it.
    done_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    accepted_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    # The clock: from the resident's first word; handing over never resets it.
    started_at = models.DateTimeField()
    # From when the present term counts: the first word, or the last reopening.
    counted_from = models.DateTimeField()
    term_amount = models.PositiveSmallIntegerField()
    term_unit = models.CharField(max_length=12, choices=UNITS)
    extra_amount = models.PositiveSmallIntegerField(default=0)
    yellow_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # The clock of the main system outside, where there is one: after dispatch it
    # governs, and our own term stands beside it.
    outside_system = models.CharField(max_length=60, blank=True)
    outside_due_at = models.DateTimeField(null=True, blank=True)
    own_due_at = models.DateTimeField(null=True, blank=True)
    paused = models.BooleanField(default=False)
    assigned_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True)
    # What the judges' last words say of the way it was done; set when it closes.
    satisfied = models.CharField(max_length=10, blank=True)
    # The named destination or the ground; the public reason of an open promise.
    ending_words = models.TextField(blank=True)
    # What can be done against it, where by the rules it cannot be done.
    remedy = models.TextField(blank=True)
    # The day of an open promise.
    returns_on = models.DateField(null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    escalated_at = models.DateTimeField(null=True, blank=True)
    escalated_again_at = models.DateTimeField(null=True, blank=True)
    with_leader = models.BooleanField(default=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        db_index=False,
    )
    # Grows by one with each change, so that a second writer sees the first.
    version = models.PositiveIntegerField(default=1)

    if TYPE_CHECKING:
        with_sealed = models.Manager()
    else:
        objects = ScopedManager(town="town", _manager_class=Unsealed)
        # For sealing itself, and for what must not be made twice.
        with_sealed = ScopedManager(town="town")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "number"], name="commitment_number_unique"
            ),
            models.CheckConstraint(
                name="commitment_due_after_start",
                condition=models.Q(due_at__gte=models.F("counted_from")),
            ),
            models.CheckConstraint(
                name="commitment_yellow_before_due",
                condition=models.Q(yellow_at__lte=models.F("due_at")),
            ),
            models.CheckConstraint(
                name="commitment_ends_when_closed",
                condition=models.Q(state="closed", closed_at__isnull=False)
                & ~models.Q(ending="")
                | ~models.Q(state="closed") & models.Q(ending=""),
            ),
            models.CheckConstraint(
                name="commitment_part_never_public",
                condition=models.Q(parent__isnull=True)
                | ~models.Q(visibility="public"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["town", "due_at", "id"],
                condition=models.Q(state__in=LIVE_STATES),
                name="commitment_inbox",
            ),
            models.Index(
                fields=["town", "owner_organisation", "due_at", "id"],
                condition=models.Q(state__in=LIVE_STATES),
                name="commitment_of_office",
            ),
            models.Index(
                fields=["town", "owner", "due_at", "id"],
                condition=models.Q(state__in=LIVE_STATES),
                name="commitment_of_person",
            ),
            models.Index(fields=["town", "state", "-id"], name="commitment_by_state"),
            models.Index(fields=["town", "-started_at"], name="commitment_newest"),
            models.Index(
                fields=["town", "village", "started_at"], name="commitment_of_village"
            ),
            # What is open is little beside what was: its counts read this alone.
            models.Index(
                fields=[
                    *("town", "state", "owner_organisation", "village", "due_at"),
                    *("yellow_at", "paused", "with_leader", "parent", "kind"),
                    "visibility",
                ],
                condition=models.Q(state__in=OPEN_STATES),
                name="commitment_open",
            ),
            models.Index(
                fields=["town", "-started_at", "-id"],
                condition=models.Q(visibility="public"),
                name="commitment_public",
            ),
            models.Index(
                fields=["town", "village", "-started_at", "-id"],
                condition=models.Q(visibility="public"),
                name="commitment_public_village",
            ),
            models.Index(
                fields=["town", "-escalated_at"],
                condition=models.Q(escalated_at__isnull=False),
                name="commitment_escalated",
            ),
            models.Index(
                fields=["town", "closed_at", "id"],
                condition=models.Q(state="closed"),
                name="commitment_closed",
            ),
            models.Index(
                fields=["town", "village", "closed_at"],
                condition=models.Q(state="closed"),
                name="commitment_closed_village",
            ),
            index_where_told("parent", "commitment_parent"),
            index_where_told("done_by", "commitment_done_by"),
            index_where_told("accepted_by", "commitment_accepted_by"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @classmethod
    def from_db(cls, *args: Any, **more: Any) -> Self:
        """Read a row, and remember how it is counted."""
        row = super().from_db(*args, **more)
        row.remember()
        return row

    def remember(self) -> None:
        """Remember how it is counted now; fields not read stay unread."""
        self.counted_before = {name: self.__dict__.get(name) for name in COUNTED}
