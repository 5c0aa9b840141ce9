"""A project from the need behind it to the last recheck."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.consultations.models import Consultation
from luoshi.core.models import Organisation, Person, TownModel, Village
from luoshi.projects.models.cycles import Cycle
from luoshi.topics.models import Topic


class State(models.TextChoices):
    """Where a project stands; `MOVES` has the ways between."""

    WAITING = "waiting", _("Waits to be looked at")
    PROPOSED = "proposed", _("Proposed")
    MERGED = "merged", _("Part of another proposal")
    DECLINED = "declined", _("Not taken up")
    CANDIDATE = "candidate", _("Candidate")
    CHOSEN = "chosen", _("Chosen")
    NOT_CHOSEN = "not_chosen", _("Not chosen this year")
    BUILDING = "building", _("Being built")
    DONE = "done", _("Done, being judged")
    STOPPED = "stopped", _("Stopped")


MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "release": (("waiting",), "proposed"),
    "merge": (("waiting", "proposed"), "merged"),
    "part": (("merged",), "proposed"),
    "decline": (("waiting", "proposed"), "declined"),
    "take_up": (("declined",), "proposed"),
    "put_forward": (("proposed",), "candidate"),
    "take_back": (("candidate",), "proposed"),
    "choose": (("candidate", "not_chosen"), "chosen"),
    "pass_over": (("candidate", "chosen"), "not_chosen"),
    "begin": (("chosen",), "building"),
    "complete": (("building",), "done"),
    "reopen": (("done",), "building"),
    "stop": (("chosen", "building"), "stopped"),
}


class Project(TownModel):
    """What somebody proposed; it keeps its number through all stages."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="projects")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    # What is missing today, in the words of who proposed it.
    need = models.TextField()
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="taken_in"
    )
    # Why it was not taken up, or stopped; everybody reads it.
    ended_why = models.CharField(max_length=300, blank=True)
    # What shuts a gate until its consultation is answered.
    affects_habits = models.BooleanField(default=False)
    asks_money = models.BooleanField(default=False)
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="projects"
    )
    # In plain words, when it is a candidate. Money in fen.
    cost = models.BigIntegerField(null=True, blank=True)
    households = models.PositiveIntegerField(null=True, blank=True)
    people_a_day = models.PositiveIntegerField(null=True, blank=True)
    years_of_use = models.PositiveSmallIntegerField(null=True, blank=True)
    upkeep_owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    upkeep_yearly = models.BigIntegerField(null=True, blank=True)
    builder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What it may cost now, and what it was to cost when it was last decided on.
    approved_cost = models.BigIntegerField(null=True, blank=True)
    decided_cost = models.BigIntegerField(null=True, blank=True)
    proposed_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "number"], name="project_number_unique"
            ),
            models.CheckConstraint(
                name="project_merged_into_another",
                condition=Q(state="merged", merged_into__isnull=False)
                | ~Q(state="merged") & Q(merged_into__isnull=True),
            ),
            models.CheckConstraint(
                name="project_costs_something",
                condition=Q(cost__isnull=True) | Q(cost__gt=0),
            ),
            models.CheckConstraint(
                name="project_upkeep_not_negative",
                condition=Q(upkeep_yearly__isnull=True) | Q(upkeep_yearly__gte=0),
            ),
        ]
        indexes = [
            models.Index(fields=["cycle", "state", "number"], name="project_of_cycle")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Source(TownModel):
    """From where a need was heard; several may stand behind one project."""

    class Kind(models.TextChoices):
        RESIDENT = "resident", _("A resident, on the web")
        PAPER = "paper", _("A resident, on paper")
        TOPIC = "topic", _("What many people report")
        VILLAGE = "village", _("A village")
        DEPARTMENT = "department", _("An office")

    project = models.ForeignKey(Project, models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="source_topic_named",
                condition=Q(kind="topic", topic__isnull=False)
                | ~Q(kind="topic") & Q(topic__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind}"


class Supporter(TownModel):
    """One browser that supports a project: a keyed hash, and nothing of a person."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="supporters")
    key_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "key_hash"], name="supporter_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.project_id)


class PaperSupport(TownModel):
    """How many signed a list on paper; the list itself stays where it is."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="on_paper")
    people = models.PositiveIntegerField()
    # Where the list lies, such as 青溪村委会 2026-3.
    kept_at = models.CharField(max_length=80)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kept_at"], name="papersupport_once_a_list"
            ),
            models.CheckConstraint(
                name="papersupport_somebody", condition=Q(people__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.people}"


class Check(TownModel):
    """One answer of the appraisal (论证), by name."""

    class Kind(models.TextChoices):
        NEED = "need", _("Is it needed?")
        FEASIBILITY = "feasibility", _("Can it be done?")
        MONEY = "money", _("Is there money for it?")
        LAND = "land", _("May the land be used?")
        LEGAL = "legal", _("Is it lawful?")

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        CONDITION = "condition", _("Yes, on a condition")
        NO = "no", _("No")

    project = models.ForeignKey(Project, models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    answer = models.CharField(max_length=9, choices=Answer.choices)
    words = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "kind"], name="check_once")
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind} {self.answer}"


class VillageVote(TownModel):
    """The vote of villagers who are asked for money (一事一议)."""

    class Counted(models.TextChoices):
        ADULTS = "adults", _("adults")
        HOUSEHOLDS = "households", _("households")

    project = models.OneToOneField(Project, models.PROTECT, related_name="village_vote")
    counted = models.CharField(max_length=10, choices=Counted.choices)
    eligible = models.PositiveIntegerField()
    in_favour = models.PositiveIntegerField()
    # What each of them pays, in fen, and which provincial cap was kept.
    each_pays = models.BigIntegerField()
    cap = models.BigIntegerField()
    held_on = models.DateField()
    kept_at = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="villagevote_in_bounds",
                condition=Q(in_favour__lte=models.F("eligible"), eligible__gte=1),
            ),
            models.CheckConstraint(
                name="villagevote_within_cap",
                condition=Q(each_pays__gt=0, each_pays__lte=models.F("cap")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.in_favour}/{self.eligible}"

    @property
    def carried(self) -> bool:
        """Tell whether more than half of adults or two thirds of households agreed."""
        if self.counted == self.Counted.ADULTS:
            return 2 * self.in_favour > self.eligible
        return 3 * self.in_favour >= 2 * self.eligible
