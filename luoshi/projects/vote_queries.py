"""Every read of votes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from luoshi.core.actors import Staff
from luoshi.core.models import Person, Town, Village
from luoshi.projects import rules
from luoshi.projects.models import (
    Batch,
    Booth,
    Candidate,
    Code,
    Cycle,
    Decision,
    Election,
    PaperSheet,
)

State, Way = Election.State, Code.Way


@dataclass
class Turnout:
    """How many could vote and did, by each way, in one village or in all."""

    village: Village | None = None
    given: int = 0
    web: int = 0
    booth: int = 0
    paper: int = 0

    @property
    def used(self) -> int:
        """Return how many voted on whatever way."""
        return self.web + self.booth + self.paper


@dataclass(frozen=True)
class Sheets:
    """How far the sheets out of the box are typed in."""

    due: int
    typed: int
    agreed: int
    once: list[int]
    differ: list[int]


def elections_visible_to(staff: Staff) -> QuerySet[Election]:
    """Return the votes of the town, for who works with projects."""
    rows = Election.objects.filter(town=staff.town)
    return rows if rules.may_see(staff) else rows.none()


def public_elections(town: Town) -> QuerySet[Election]:
    """Return the votes that everybody may see: opened ones of the town's own."""
    rows = Election.objects.filter(town=town).exclude(kind=Election.Kind.FILE)
    return rows.exclude(state=State.DRAFT)


def open_elections(town: Town) -> QuerySet[Election]:
    """Return the votes in which ballots are taken now."""
    return public_elections(town).filter(state=State.OPEN)


def elections_of(cycle: Cycle, public: bool = True) -> list[Election]:
    """Return a round's votes in the order in which they were set up."""
    rows = cycle.elections.order_by("pk")
    return list(rows.exclude(state=State.DRAFT) if public else rows)


def files_of(staff: Staff) -> list[Election]:
    """Return the votes that were brought in from files."""
    rows = elections_visible_to(staff).filter(kind=Election.Kind.FILE)
    return list(rows.order_by("-pk"))


def listed(election: Election) -> list[Candidate]:
    """Return the candidates in the order of the ballot."""
    rows = election.candidates.select_related("project__village")
    return list(rows.order_by("position"))


def booths_of(election: Election) -> list[Booth]:
    """Return where people vote on paper or with help."""
    return list(election.booths.select_related("village", "officer"))


def batches_of(election: Election) -> list[Batch]:
    """Return what was printed."""
    return list(election.batches.select_related("village", "printed_by"))


def people_of_town(town: Town) -> QuerySet[Person]:
    """Return who can stand in a booth."""
    return Person.objects.filter(town=town, left_at=None).order_by("name", "pk")


def turnout_of(election: Election) -> list[Turnout]:
    """Count by village who could vote and did; nothing while voting goes on."""
    if election.state in (State.DRAFT, State.OPEN):
        return []
    codes = Code.objects.filter(batch__election=election)
    # A void slip that was not used gave nobody a vote.
    codes = codes.exclude(batch__void_at__isnull=False, used="")
    rows: dict[int | None, Turnout] = {}
    counted = codes.values(village=F("batch__village"), way=F("used"))
    for row in counted.annotate(count=Count("pk")).order_by("village"):
        turnout = rows.setdefault(row["village"], Turnout())
        turnout.given += row["count"]
        if row["way"]:
            setattr(turnout, row["way"], row["count"])
    villages = Village.objects.in_bulk([pk for pk in rows if pk])
    for pk, turnout in rows.items():
        turnout.village = villages.get(pk) if pk else None
    return sorted(
        rows.values(),
        key=lambda one: (one.village is None, one.village and one.village.position),
    )


def sum_of(rows: Iterable[Turnout]) -> Turnout:
    """Add the villages up."""
    total = Turnout()
    for row in rows:
        for name in ("given", *Way.values):
            setattr(total, name, getattr(total, name) + getattr(row, name))
    return total


def slips_out(election: Election) -> int:
    """Return how many slips hold."""
    return Code.objects.filter(batch__election=election, batch__void_at=None).count()


def sheets_of(election: Election, staff: Staff) -> Sheets:
    """Return how far the sheets are, and which wait for this person or differ."""
    due = Code.objects.filter(batch__election=election, used=Way.PAPER).count()
    rows: list[PaperSheet] = list(election.sheets.all())
    return Sheets(
        due=due,
        typed=len(rows),
        agreed=sum(one.agreed for one in rows),
        once=[
            one.number
            for one in rows
            if one.second is None and one.first_by_id != staff.person.pk
        ],
        differ=[one.number for one in rows if one.second and not one.agreed],
    )


def decisions_of(election: Election) -> list[Decision]:
    """Return what was decided, the newest first."""
    rows = election.decisions.prefetch_related("lines__candidate")
    return list(rows.select_related("published_by").order_by("-pk"))
