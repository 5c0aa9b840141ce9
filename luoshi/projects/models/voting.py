"""A vote: what may be chosen, codes that know only that they were used, ballots.

Nothing leads from a ballot to its code: ballots have a random key and no time. How far
that holds, and what a backup during voting shows: docs/decisions/secret-ballot.md.
"""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.core.models import Person, TownModel, Village
from luoshi.projects.models.cycles import Cycle
from luoshi.projects.models.projects import Project

# Fits into a signed 64-bit key, and so large that two never meet.
KEY_BITS = 62


def random_key() -> int:
    """Return the key of a ballot: chance, and nothing of the order of voting."""
    return secrets.randbits(KEY_BITS) + 1


class Election(TownModel):
    """One vote over the candidates of a cycle."""

    class Kind(models.TextChoices):
        WISH = "wish", _("Residents' wish, laid before the deputies")
        DEPUTIES = "deputies", pgettext_lazy("deputies", "Deputies' decision")
        VILLAGE = "village", _("Decision of a village over its own money")
        FILE = "file", _("Brought in from a file")

    class Form(models.TextChoices):
        APPROVAL = "approval", _("As many as one likes")
        LIMIT = "limit", _("Up to a number")
        RANKING = "ranking", _("In an order, the most important first")
        POINTS = "points", _("Points to share out")

    class Rule(models.TextChoices):
        MAJORITY = "majority", _("Those over half of all, by votes")
        GREEDY = "greedy_votes", _("By votes, as far as the money goes")
        PER_COST = "greedy_votes_per_cost", _("By votes for the money")
        SHARES = "mes_cost_add1u", _("Equal shares: each voter decides over the same")
        SHARES_EACH = (
            "mes_cardinality_add1u",
            _("Equal shares, each project counting the same"),
        )
        PHRAGMEN = "phragmen", _("Shared burden (Phragmén)")
        KNAPSACK = "knapsack", _("The most votes in all for the money")
        GREEDY_POINTS = "greedy_points", _("By points, as far as the money goes")
        PER_COST_POINTS = "greedy_points_per_cost", _("By points for the money")
        SHARES_POINTS = (
            "mes_points_cost_add1u",
            _("Equal shares by points: each voter decides over the same"),
        )
        SHARES_POINTS_EACH = (
            "mes_points_add1u",
            _("Equal shares by points, each point counting the same"),
        )

    class Who(models.TextChoices):
        ADULT = "adult", _("Every adult")
        HOUSEHOLD = "household", _("Every household")
        DEPUTY = "deputy", _("Every deputy")

    class State(models.TextChoices):
        DRAFT = "draft", _("Being set up")
        OPEN = "open", pgettext_lazy("ballot", "Open")
        CLOSED = "closed", pgettext_lazy("ballot", "Closed")
        COUNTED = "counted", _("Counted")

    cycle = models.ForeignKey(
        Cycle, models.PROTECT, null=True, blank=True, related_name="elections"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    title = models.CharField(max_length=120)
    form = models.CharField(max_length=8, choices=Form.choices)
    rule = models.CharField(max_length=24, choices=Rule.choices)
    who = models.CharField(max_length=9, choices=Who.choices)
    # Of a ballot: how many it may name, how many points it shares out.
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    # Of the count: the money in smallest coins, and how many may be chosen at most.
    budget = models.BigIntegerField()
    unit = models.PositiveIntegerField(default=100)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    # Of a congress: all deputies, and how many were present.
    deputies = models.PositiveIntegerField(null=True, blank=True)
    present = models.PositiveIntegerField(null=True, blank=True)
    closes_on = models.DateField()
    state = models.CharField(max_length=7, choices=State.choices, default="draft")
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="election_has_money", condition=Q(budget__gt=0)
            ),
            models.CheckConstraint(
                name="election_of_a_cycle",
                condition=Q(kind="file", cycle__isnull=True)
                | ~Q(kind="file") & Q(cycle__isnull=False),
            ),
            models.CheckConstraint(
                name="election_present_of_all",
                condition=Q(present__isnull=True)
                | Q(present__lte=models.F("deputies")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def weighs(self) -> bool:
        """Say whether points and places are counted, and not only who is named."""
        return self.rule in BY_POINTS.values()


# The rule that counts points or places where another counts votes.
BY_POINTS: dict[str, str] = {
    Election.Rule.GREEDY: Election.Rule.GREEDY_POINTS,
    Election.Rule.PER_COST: Election.Rule.PER_COST_POINTS,
    Election.Rule.SHARES: Election.Rule.SHARES_POINTS,
    Election.Rule.SHARES_EACH: Election.Rule.SHARES_POINTS_EACH,
}
WITH_POINTS = (Election.Form.RANKING, Election.Form.POINTS)


class Candidate(TownModel):
    """What can be chosen, as it stood when voting began."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="candidates")
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="candidacies"
    )
    # Its id in files and on slips; its place on the ballot, by which ties are broken.
    key = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    cost = models.BigIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["election", "key"], name="candidate_once"),
            models.CheckConstraint(
                name="candidate_costs_something", condition=Q(cost__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"


class Booth(TownModel):
    """Where people vote on paper or with help, and who is there when."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="booths")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    place = models.CharField(max_length=80)
    officer = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        ordering = ["opens_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="booth_in_order", condition=Q(closes_at__gt=models.F("opens_at"))
            )
        ]

    def __str__(self) -> str:
        return self.place


class Batch(TownModel):
    """Slips printed together: for a village, for the deputies."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="batches")
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+"
    )
    count = models.PositiveIntegerField()
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # Its unused codes hold no more: lost or printed badly.
    void_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.election_id} {self.count}"


class Code(TownModel):
    """The right to one ballot; knows that it was used and on which way, not when."""

    class Way(models.TextChoices):
        WEB = "web", _("Own phone or computer")
        BOOTH = "booth", _("At the village's booth")
        PAPER = "paper", _("On paper")

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="codes")
    code_hash = models.CharField(max_length=64, unique=True)
    used = models.CharField(max_length=5, choices=Way.choices, blank=True)

    def __str__(self) -> str:
        return f"{self.batch_id} {self.used}"


class BallotRow(TownModel):
    """What a ballot says: keys of candidates in their order, and points if any."""

    id = models.BigAutoField(primary_key=True, default=random_key)
    election = models.ForeignKey(Election, models.PROTECT, related_name="+")
    named = models.JSONField(default=list)
    points = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.election_id)


class Ballot(BallotRow):
    """A ballot while voting goes on; emptied when it closes."""


class CastBallot(BallotRow):
    """A ballot after closing, written in the order of the random keys."""


class PaperSheet(TownModel):
    """A sheet out of the box, typed in by two people who do not see each other's."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="sheets")
    # Stamped on when the box was opened; nobody had it before.
    number = models.PositiveIntegerField()
    first = models.JSONField(null=True, blank=True)
    first_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    second = models.JSONField(null=True, blank=True)
    second_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "number"], name="papersheet_once"
            ),
            models.CheckConstraint(
                name="papersheet_by_two",
                condition=~Q(first_by=models.F("second_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.election_id} {self.number}"
