"""Who answered, known by a code alone; what they think of each statement."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.consultations.models.consultation import Consultation
from luoshi.consultations.models.statements import Statement
from luoshi.core.models import Person, TownModel, Village


class Channel(models.TextChoices):
    """How an answer came."""

    WEB = "web", _("Web page")
    POSTER = "poster", _("Code on a poster")
    PAPER = "paper", _("Sheet of paper")
    VISIT = "visit", _("Visit at the door")
    MEETING = "meeting", _("Village meeting")


class Voter(TownModel):
    """One set of answers: a keyed hash, and no way from it to a person.

    No account, telephone, name or network address is ever kept beside it.
    """

    Channel = Channel

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="voters", db_index=False
    )
    # Of the code that the browser keeps, or of a sheet's number.
    key = models.CharField(max_length=64)
    channel = models.CharField(max_length=7, choices=Channel.choices)
    # The number printed or written on the sheet, so that none is entered twice.
    sheet = models.PositiveIntegerField(null=True, blank=True)
    # Only where somebody said it.
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "key"], name="voter_key_once"
            ),
            models.UniqueConstraint(
                fields=["consultation", "sheet"], name="voter_sheet_once"
            ),
            models.CheckConstraint(
                name="voter_sheet_only_on_paper",
                condition=Q(sheet__isnull=True)
                | Q(channel__in=["paper", "visit", "meeting"]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Reaction(TownModel):
    """What one set of answers says of one statement; the last one counts."""

    class Value(models.IntegerChoices):
        AGREE = 1, _("I agree")
        DISAGREE = -1, _("I disagree")
        UNSURE = 0, _("I am unsure")

    voter = models.ForeignKey(
        Voter, models.CASCADE, related_name="reactions", db_index=False
    )
    statement = models.ForeignKey(
        Statement, models.CASCADE, related_name="reactions_given"
    )
    value = models.SmallIntegerField(choices=Value.choices)
    channel = models.CharField(max_length=7, choices=Channel.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voter", "statement"], name="reaction_last_counts"
            ),
            models.CheckConstraint(
                name="reaction_one_of_three", condition=Q(value__in=[-1, 0, 1])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voter_id} {self.statement_id} {self.value}"


class Answer(TownModel):
    """What the town did with a statement, and why."""

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("Taken up")
        PARTLY = "partly", _("Taken up in part")
        NOT = "not", _("Not taken up")

    statement = models.OneToOneField(Statement, models.CASCADE, related_name="answer")
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    # What was done, or why it cannot be.
    why = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="answer_says_why", condition=~Q(why=""))
        ]

    def __str__(self) -> str:
        return self.why
