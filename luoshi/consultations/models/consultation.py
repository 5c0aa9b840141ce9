"""A consultation (征求意见): a question, whom it concerns, the way to a decision."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.commitments.models import Commitment
from luoshi.core.clock import SHANGHAI, now
from luoshi.core.models import Organisation, Person, TownModel, Village
from luoshi.core.models.base import index_where_told
from luoshi.topics.models import Topic


class Consultation(TownModel):
    """One question of the town's, asked before it decides."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        OPEN = "open", _("Open for answers")
        CLOSED = "closed", _("Answers are being given")
        PUBLISHED = "published", _("Answered and decided")
        STOPPED = "stopped", _("Stopped")

    class Pull(models.IntegerChoices):
        """How strongly the order of statements pulls to less-seen ones."""

        NONE = 0, _("Every statement alike, by chance")
        SOME = 1, _("Less-seen statements somewhat sooner")
        STRONG = 2, _("Less-seen statements first")

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=60)
    # In plain words, as one would ask it at the door.
    question = models.CharField(max_length=200)
    # What the town means to do; options stand among the statements.
    draft = models.TextField(blank=True)
    # Who is affected, in words; no village chosen means the whole town.
    affected = models.CharField(max_length=200)
    villages = models.ManyToManyField(Village, blank=True, related_name="+")
    # A name of `consultations.tracks`; its steps are this consultation's own rows.
    track = models.CharField(max_length=12)
    # Touches how people live every day: tried with one group first.
    daily = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State.choices, default="draft")
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    # Why it is shorter than its track asks.
    shorter_why = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Eight characters on the poster; the address they stand for never changes.
    code = models.CharField(max_length=8)
    # From so many people of one mind a statement must be answered.
    threshold = models.PositiveSmallIntegerField(default=5)
    pull = models.PositiveSmallIntegerField(choices=Pull.choices, default=Pull.SOME)
    # Answering what people said is owed like anything else.
    commitment = models.OneToOneField(
        Commitment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultation",
    )
    topic = models.ForeignKey(
        Topic,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
        db_index=False,
    )
    # The earlier one of which this asks how it turned out.
    evaluates = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluations",
        db_index=False,
    )
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", db_index=False
    )
    # What was decided; everybody reads it.
    decision = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # When the office was told that the same people can be asked again.
    again_told_at = models.DateTimeField(null=True, blank=True)
    stopped_why = models.CharField(max_length=300, blank=True)
    # Grows with each change while it is prepared: a second writer sees the first.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["town", "number"], name="consultation_number_unique"
            ),
            models.UniqueConstraint(fields=["code"], name="consultation_code_unique"),
            models.CheckConstraint(
                name="consultation_closes_after_it_opens",
                condition=Q(closes_at__isnull=True)
                | Q(opens_at__isnull=False, closes_at__gte=F("opens_at")),
            ),
            models.CheckConstraint(
                name="consultation_open_with_days_and_owner",
                condition=Q(state__in=["draft", "stopped"])
                | Q(closes_at__isnull=False, commitment__isnull=False),
            ),
            models.CheckConstraint(
                name="consultation_published_with_decision",
                condition=Q(
                    state="published",
                    published_at__isnull=False,
                    published_by__isnull=False,
                )
                & ~Q(decision="")
                | ~Q(state="published") & Q(published_at__isnull=True),
            ),
            models.CheckConstraint(
                name="consultation_threshold_positive", condition=Q(threshold__gte=1)
            ),
        ]
        indexes = [
            models.Index(fields=["town", "state", "-id"], name="consultation_by_state"),
            index_where_told("topic", "consultation_topic"),
            index_where_told("evaluates", "consultation_evaluates"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> date | None:
        """Return the last day on which people answer."""
        if self.closes_at is None:
            return None
        return (self.closes_at - timedelta(microseconds=1)).astimezone(SHANGHAI).date()

    @property
    def is_over(self) -> bool:
        """Tell whether its last day is over."""
        return self.closes_at is not None and now() >= self.closes_at


class StepDone(TownModel):
    """One step of a consultation's track, and when it was taken, by what paper."""

    class Before(models.TextChoices):
        OPEN = "open", _("before it opens")
        PUBLISH = "publish", _("before the decision is published")

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="steps", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    before = models.CharField(max_length=7, choices=Before.choices)
    # So many workdays at least from its first day to its last; 0 for one day.
    workdays = models.PositiveSmallIntegerField(default=0)
    begun_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    # Who did it and by what paper: minutes, an opinion, a count.
    words = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "position"], name="stepdone_position_once"
            ),
            models.CheckConstraint(
                name="stepdone_recorded_by_somebody",
                condition=Q(
                    done_on__isnull=True,
                    recorded_at__isnull=True,
                    recorded_by__isnull=True,
                )
                | Q(
                    done_on__isnull=False,
                    recorded_at__isnull=False,
                    recorded_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="stepdone_days_in_order",
                condition=Q(begun_on__isnull=True) | Q(done_on__gte=F("begun_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def told(self) -> str:
        """Return its name in the reader's language; a town's own is as written."""
        return gettext(self.name)


class Trial(TownModel):
    """A measure on daily habits, tried with one group first and looked at together."""

    class Outcome(models.TextChoices):
        WIDEN = "widen", _("It goes on for everybody")
        CHANGE = "change", _("It is changed and tried again")
        DROP = "drop", _("It is given up")

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="trials"
    )
    # Which households, in words: no list of names is kept.
    group = models.CharField(max_length=120)
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    since = models.DateField()
    until = models.DateField()
    begun_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", db_index=False
    )
    looked_on = models.DateField(null=True, blank=True)
    # What those who tried it say.
    found = models.TextField(blank=True)
    outcome = models.CharField(max_length=6, choices=Outcome.choices, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="trial_in_order", condition=Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="trial_looked_at_with_outcome",
                condition=Q(looked_on__isnull=True, outcome="", found="")
                | Q(looked_on__gte=F("since")) & ~Q(outcome="") & ~Q(found=""),
            ),
            # Another one begins when this one was looked at.
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(looked_on__isnull=True),
                name="trial_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.group


class Link(TownModel):
    """A matter, rule or measure that came of a consultation, or led to it: for ever."""

    class Why(models.TextChoices):
        CAME_OF = "came_of", _("came of it")
        LED_TO = "led_to", _("led to it")

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="links", db_index=False
    )
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="consultation_links"
    )
    why = models.CharField(max_length=7, choices=Why.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "commitment"], name="link_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.commitment_id}"
