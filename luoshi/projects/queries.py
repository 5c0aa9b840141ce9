"""Every read of projects: one queryset for staff, one for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet, Sum

from luoshi.commitments.models import Commitment
from luoshi.commitments.queries import Light, light_of
from luoshi.consultations.models import Consultation
from luoshi.consultations.queries import public_consultations
from luoshi.core.actors import Staff
from luoshi.core.models import Town, Village
from luoshi.projects import gates, rules
from luoshi.projects.actions.judging import counts_of, open_recheck
from luoshi.projects.models import (
    Change,
    Check,
    Cycle,
    Earlier,
    Money,
    PaperSupport,
    Project,
    Recheck,
    Source,
    Stage,
    Supporter,
    Word,
)
from luoshi.projects.models.projects import State

# In the order in which the board shows them.
BOARD = (
    *(State.WAITING, State.PROPOSED, State.CANDIDATE, State.CHOSEN),
    *(State.BUILDING, State.DONE, State.STOPPED, State.NOT_CHOSEN, State.DECLINED),
)
HIDDEN = (State.WAITING,)
ON_BALLOT = (
    *(State.CANDIDATE, State.CHOSEN, State.NOT_CHOSEN, State.BUILDING),
    *(State.DONE, State.STOPPED),
)


@dataclass(frozen=True)
class Row:
    """A project as it is listed."""

    project: Project
    supporters: int
    sources: list[Source]
    taken_in: list[Project] = field(default_factory=list)
    # What is missing before it can be a candidate; for staff alone.
    missing: list[str] = field(default_factory=list)

    @property
    def asked_by(self) -> list[str]:
        """Say from where the need was heard, each once."""
        return list(dict.fromkeys(str(one.get_kind_display()) for one in self.sources))


@dataclass(frozen=True)
class Group:
    """The projects of one state."""

    state: State
    rows: list[Row]


def projects_visible_to(staff: Staff) -> QuerySet[Project]:
    """Return the projects of the town, for who works with them."""
    rows = Project.objects.filter(town=staff.town)
    return rows if rules.may_see(staff) else rows.none()


def public_projects(town: Town) -> QuerySet[Project]:
    """Return what everybody may read."""
    return Project.objects.filter(town=town).exclude(state__in=HIDDEN)


def to_look_at(staff: Staff) -> QuerySet[Project]:
    """Return what waits to be looked at before others read it."""
    rows = projects_visible_to(staff).filter(state=State.WAITING)
    return rows if staff.has(*rules.ARRANGE) else rows.none()


def villages_of(town: Town) -> QuerySet[Village]:
    """Return the villages where something can be built."""
    return Village.objects.filter(town=town, ended_on=None)


def consultations_of(town: Town) -> QuerySet[Consultation]:
    """Return what people were or are asked, the newest first."""
    return public_consultations(town).order_by("-number")


def cycles_of(town: Town) -> list[Cycle]:
    """Return every round, the newest first."""
    return list(Cycle.objects.filter(town=town).select_related("village"))


def stages_of(cycle: Cycle) -> list[Stage]:
    """Return the stages in their order."""
    return list(cycle.stages.all())


def next_stage(cycle: Cycle, stages: list[Stage]) -> Stage | None:
    """Return the stage that can begin now."""
    names = [one.name for one in stages]
    place = names.index(cycle.stage) + 1
    return stages[place] if place < len(stages) else None


def rows_of(projects: QuerySet[Project]) -> list[Row]:
    """Return projects with who supports them and where they were heard."""
    found = list(
        projects.select_related(
            *("cycle", "village", "upkeep_owner", "builder", "merged_into", "town"),
            "consultation",
        ).prefetch_related(
            Prefetch("sources", Source.objects.select_related("topic", "organisation")),
            Prefetch("taken_in", Project.objects.prefetch_related("sources")),
            Prefetch("checks", Check.objects.order_by("pk")),
        )
    )
    counts = supporters_of(found)
    return [
        Row(
            one,
            counts[one.pk],
            [
                *one.sources.all(),
                *(s for p in one.taken_in.all() for s in p.sources.all()),
            ],
            list(one.taken_in.all()),
        )
        for one in found
    ]


def supporters_of(projects: Iterable[Project]) -> dict[int, int]:
    """Count who supports each, those of proposals that went into it among them.

    A browser that supports both counts once.
    """
    head = {one.pk: one.pk for one in projects}
    for other in Project.objects.filter(merged_into__in=head).only("merged_into"):
        head[other.pk] = other.merged_into_id or other.pk
    browsers: dict[int, set[str]] = {pk: set() for pk in head.values()}
    for pk, key in Supporter.objects.filter(project__in=head).values_list(
        "project", "key_hash"
    ):
        browsers[head[pk]].add(key)
    counts = {pk: len(keys) for pk, keys in browsers.items()}
    signed = PaperSupport.objects.filter(project__in=head)
    for pk, people in signed.values_list("project", "people"):
        counts[head[pk]] += people
    return counts


def board_of(staff: Staff, cycle: Cycle) -> list[Group]:
    """Return the projects of a round by state, with what each is missing."""
    rows = rows_of(
        projects_visible_to(staff)
        .filter(cycle=cycle)
        .exclude(state=State.MERGED)
        .order_by("number")
    )
    for row in rows:
        if row.project.state == State.PROPOSED:
            row.missing.extend(gates.before_candidate(row.project))
    return _grouped(rows)


def _grouped(rows: list[Row]) -> list[Group]:
    """Put rows under their states; the most supported first."""
    groups = []
    for state in BOARD:
        mine = [row for row in rows if row.project.state == state]
        mine.sort(key=lambda row: (-row.supporters, row.project.number))
        if mine:
            groups.append(Group(state, mine))
    return groups


def public_groups(cycle: Cycle) -> list[Group]:
    """Return what everybody reads of a round, by state."""
    projects = public_projects(cycle.town).filter(cycle=cycle)
    return _grouped(rows_of(projects.exclude(state=State.MERGED)))


def candidates_of(cycle: Cycle) -> list[Row]:
    """Return what stands or stood on the ballot, by number."""
    projects = public_projects(cycle.town).filter(cycle=cycle, state__in=ON_BALLOT)
    return rows_of(projects.order_by("number"))


def earlier_of(town: Town) -> QuerySet[Earlier]:
    """Return the lists of the years before, the newest year first."""
    return Earlier.objects.filter(town=town).order_by("-year", "pk")


def earlier_years(town: Town) -> list[tuple[int, list[Earlier]]]:
    """Return the lists of the years before, each year with its lines."""
    years: dict[int, list[Earlier]] = {}
    for line in earlier_of(town):
        years.setdefault(line.year, []).append(line)
    return list(years.items())


def row_of(project: Project) -> Row:
    """Return one project as it is shown on its page."""
    return rows_of(Project.objects.filter(pk=project.pk))[0]


def alike(project: Project) -> list[Project]:
    """Return the other proposals of its round, into which it could go."""
    others = project.cycle.projects.filter(state=State.PROPOSED)
    return list(others.exclude(pk=project.pk).order_by("number"))


@dataclass(frozen=True)
class Asking:
    """One time of judging, with what users said of it."""

    recheck: Recheck
    counts: list[tuple[str, int]]
    people: int
    open: bool


@dataclass(frozen=True)
class Building:
    """How far a chosen project is: its steps, its money, its changes, its users."""

    steps: list[tuple[Commitment, Light]]
    contracted: int
    paid: int
    changes: list[Change]
    askings: list[Asking]
    asked: Asking | None


def building_of(project: Project) -> Building | None:
    """Return how far a project is; nothing before it was chosen."""
    if project.approved_cost is None:
        return None
    steps = project.milestones.select_related(
        "commitment__owner_organisation", "commitment__owner", "commitment__town"
    )
    sums = dict(project.money.values_list("kind").annotate(sum=Sum("amount")))
    present = open_recheck(project)
    askings = [
        _asking(one, one == present) for one in project.rechecks.order_by("months")
    ]
    return Building(
        steps=[(one.commitment, light_of(one.commitment)) for one in steps],
        contracted=sums.get(Money.Kind.CONTRACTED, 0),
        paid=sums.get(Money.Kind.PAID, 0),
        changes=list(project.changes.all()),
        askings=askings,
        asked=next((one for one in askings if one.open), None),
    )


def _asking(recheck: Recheck, open_now: bool) -> Asking:
    counts = counts_of(recheck)
    shown = [(str(Word.Answer(answer).label), n) for answer, n in counts.items()]
    return Asking(recheck, shown, sum(counts.values()), open_now)
