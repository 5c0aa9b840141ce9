"""A call-out (叫应) with its two lists: who is called, and who is moved where."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.alerts.models.households import Household
from luoshi.commitments.models import Emergency
from luoshi.core.models import Person, TownModel, Village


class Alert(TownModel):
    """One call-out: what is said on the telephone, from when till when."""

    title = models.CharField(max_length=60)
    words = models.CharField(max_length=500)
    emergency = models.ForeignKey(
        Emergency, models.PROTECT, null=True, blank=True, related_name="alerts"
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                name="alert_closed_by_somebody",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_by__isnull=False, closed_at__gte=models.F("opened_at")),
            )
        ]

    def __str__(self) -> str:
        return self.title


class CallLine(TownModel):
    """One household to be told, and how that went."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Not called yet")
        REACHED = "reached", _("Reached")
        UNREACHED = "unreached", _("Did not get through")
        NEIGHBOUR = "neighbour", _("A neighbour goes there")

    class Way(models.TextChoices):
        PHONE = "phone", _("by telephone")
        VISIT = "visit", _("at the door")

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="calls")
    household = models.ForeignKey(Household, models.PROTECT, related_name="calls")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default="waiting")
    way = models.CharField(max_length=5, choices=Way.choices, blank=True)
    # Who has it in hand, so that nobody else calls the same household meanwhile.
    taken_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_until = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    # When somebody stood before a closed door for the last time.
    visited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "household"], name="callline_once_an_alert"
            ),
            models.CheckConstraint(
                name="callline_reached_some_way",
                condition=Q(state="reached", settled_at__isnull=False) & ~Q(way="")
                | ~Q(state="reached") & Q(way=""),
            ),
        ]
        indexes = [
            models.Index(fields=["alert", "state", "village"], name="callline_by_state")
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.household_id} {self.state}"


class Shelter(TownModel):
    """Where people are taken in (安置点), and for how many it has room."""

    name = models.CharField(max_length=60)
    room_for = models.PositiveIntegerField()
    # Who opens it, an official number or name, printed on the lists.
    keeper = models.CharField(max_length=80, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "name"],
                condition=Q(closed_at__isnull=True),
                name="shelter_name_once_in_town",
            )
        ]

    def __str__(self) -> str:
        return self.name


class MoveLine(TownModel):
    """One household that is moved: where to, how, and whether it arrived."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Not there yet")
        ARRIVED = "arrived", _("Arrived")
        ELSEWHERE = "elsewhere", _("Safe with relatives")
        STAYS = "stays", _("Does not want to go")

    class Transport(models.TextChoices):
        WALK = "walk", _("On foot")
        OWN = "own", _("Own car")
        TOWN = "town", _("Fetched by car")
        CARRIED = "carried", _("Carried or by ambulance")

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="moves")
    household = models.ForeignKey(Household, models.PROTECT, related_name="moves")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+")
    shelter = models.ForeignKey(Shelter, models.PROTECT, related_name="moves")
    transport = models.CharField(max_length=7, choices=Transport.choices)
    # As many as the list named when it was planned, so that sums stay.
    people = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default="waiting")
    settled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "household"], name="moveline_once_an_alert"
            ),
            models.CheckConstraint(
                name="moveline_settled_by_somebody",
                condition=Q(state="waiting", settled_by__isnull=True)
                | ~Q(state="waiting") & Q(settled_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["alert", "village", "state"], name="moveline_by_place")
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.household_id} {self.state}"
