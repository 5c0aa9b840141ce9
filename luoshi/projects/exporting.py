"""A round and a vote as Excel files; each sheet says what a page says."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luoshi.core.actors import Staff
from luoshi.core.clock import SHANGHAI
from luoshi.core.refusals import Refusal
from luoshi.core.sheets import book_bytes
from luoshi.projects import explaining
from luoshi.projects.lasting.sights import Sight, sights_of
from luoshi.projects.models import (
    Candidate,
    CastBallot,
    Check,
    Cycle,
    Election,
    Money,
    Project,
)
from luoshi.projects.queries import ON_BALLOT, Row, projects_visible_to, rows_of
from luoshi.projects.vote_queries import listed, turnout_of

# Cells of a sheet of ballots; beyond that it is read with other tools.
MOST_CELLS = 1_000_000
Line = list[Any]


def round_book(staff: Staff, cycle: Cycle) -> bytes:
    """Return a round: what was proposed, the candidates, and the money."""
    projects = projects_visible_to(staff).filter(cycle=cycle).order_by("number")
    candidates = rows_of(projects.filter(state__in=ON_BALLOT))
    return book_bytes(
        {
            _("Proposals"): _proposals(rows_of(projects)),
            pgettext("ballot", "The candidates"): _candidates(candidates, cycle),
            _("Money"): _money(projects.exclude(approved_cost=None)),
            _("Each amount"): _amounts(projects),
        }
    )


def _yuan(fen: int | None) -> Decimal | None:
    return None if fen is None else Decimal(fen) / 100


def _place(project: Project) -> str:
    return str(project.village) if project.village else _("The whole town")


def _proposals(rows: Iterable[Row]) -> list[Line]:
    head = [
        *(_("Number"), _("Project"), _("What is missing today"), _("Where")),
        *(_("State"), _("How many support it"), _("Who asked for it")),
        *(_("Went into"), _("Why not, or why stopped"), _("Proposed on")),
    ]
    lines: list[Line] = [
        [
            *(one.number, one.title, one.need, _place(one)),
            *(one.get_state_display(), row.supporters, "、".join(row.asked_by)),
            one.merged_into.number if one.merged_into else None,
            one.ended_why,
            one.proposed_at.astimezone(SHANGHAI).date(),
        ]
        for row in rows
        for one in [row.project]
    ]
    return [head, *lines]


def _candidates(rows: Sequence[Row], cycle: Cycle) -> list[Line]:
    head = [
        *(_("Number"), _("Project"), _("Where"), _("State")),
        *(_("Cost of building (yuan)"), _("Households that it reaches")),
        *(_("People who use it a day"), _("Years that it serves")),
        *(_("Who keeps it up"), _("Upkeep in a year (yuan)"), _("Who builds it")),
        _("Its consultation"),
        *(str(kind.label) for kind in Check.Kind),
        *(_("Each yuan brings"), _("Benefit that comes after five years of use")),
        *(_("Money for its upkeep"), _("Of the money, for how it looks")),
    ]
    sights = sights_of(rows, cycle.town, labelled=False)
    return [
        head,
        *(_candidate(row, sight) for row, sight in zip(rows, sights, strict=True)),
    ]


def _candidate(row: Row, sight: Sight) -> Line:
    one = row.project
    checks = {check.kind: check for check in one.checks.all()}
    answers = [
        f"{checks[kind].get_answer_display()}：{checks[kind].words}"
        if kind in checks
        else None
        for kind in Check.Kind
    ]
    facts = sight.profile.facts if sight.profile else None
    funded = facts.funded if facts else None
    there = {None: None, True: _("is there"), False: _("not there")}
    return [
        *(one.number, one.title, _place(one), one.get_state_display()),
        *(_yuan(one.cost), one.households, one.people_a_day, one.years_of_use),
        str(one.upkeep_owner) if one.upkeep_owner else None,
        _yuan(one.upkeep_yearly),
        str(one.builder) if one.builder else None,
        one.consultation.title if one.consultation else None,
        *answers,
        Decimal(sight.brings) if sight.brings else None,
        sight.after_five if facts else None,
        there[funded],
        sight.appearance if facts else None,
    ]


def _money(projects: QuerySet[Project]) -> list[Line]:
    head = [
        *(_("Number"), _("Project"), _("State"), _("Planned (yuan)")),
        *(_("Decided (yuan)"), _("Contracted (yuan)"), _("Paid (yuan)")),
    ]
    sums: dict[tuple[int, str], int] = {}
    for pk, kind, fen in _amounts_of(projects).values_list(
        "project_id", "kind", "amount"
    ):
        sums[pk, kind] = sums.get((pk, kind), 0) + fen
    lines: list[Line] = [
        [
            *(one.number, one.title, one.get_state_display()),
            *(_yuan(one.cost), _yuan(one.approved_cost)),
            *(_yuan(sums.get((one.pk, kind), 0)) for kind in Money.Kind.values),
        ]
        for one in projects
    ]
    return [head, *lines]


def _amounts_of(projects: QuerySet[Project]) -> QuerySet[Money]:
    return Money.objects.filter(project__in=projects.order_by())


def _amounts(projects: QuerySet[Project]) -> list[Line]:
    head = [_("Number"), _("Project"), _("Day"), _("Kind"), _("Yuan"), _("What for")]
    rows = _amounts_of(projects).select_related("project")
    lines: list[Line] = [
        [
            *(one.project.number, one.project.title, one.on),
            *(one.get_kind_display(), _yuan(one.amount), one.words),
        ]
        for one in rows.order_by("project__number", "on", "pk")
    ]
    return [head, *lines]


def vote_book(election: Election) -> bytes:
    """Return a counted vote: its result, who took part, each ballot without a voter."""
    candidates = listed(election)
    return book_bytes(
        {
            _("Result"): _result(election),
            _("Each step of the count"): _steps(election),
            pgettext("ballot", "Who took part"): _turnout(election),
            _("Ballots"): _ballots(election, candidates),
        }
    )


def _result(election: Election) -> list[Line]:
    head = [
        *(_("Number"), _("Project"), _("Cost"), _("Votes")),
        *(_("Chosen by the count"), _("Why")),
    ]
    lines: list[Line] = [
        [
            *(one.candidate.key, one.candidate.name),
            *(_coins(election, one.candidate.cost), one.votes),
            *(_("yes") if one.chosen else _("no"), one.words),
        ]
        for one in explaining.lines_of(election)
    ]
    told = election.result
    return [
        head,
        *lines,
        [],
        [None, _("Ballots counted"), None, told.ballots],
        [None, _("Money left"), _coins(election, told.leftover)],
        [None, _("Check sum of the file of ballots"), None, told.digest],
    ]


def _coins(election: Election, coins: int) -> Decimal:
    return Decimal(coins) / election.unit


def _steps(election: Election) -> list[Line]:
    """Return what the count compared at each step, as it was kept."""
    kept = election.result.steps
    names = list(dict.fromkeys(name for step in kept for name in step))
    lines: list[Line] = [
        [place, *(_cell(step.get(name)) for name in names)]
        for place, step in enumerate(kept, 1)
    ]
    return [[_("Step"), *names], *lines]


def _cell(value: object) -> object:
    """Return a kept value as a cell: a number, or words."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(value)


def _turnout(election: Election) -> list[Line]:
    head = [
        *(_("Village"), _("Slips given out"), _("Used")),
        *(_("Own phone or computer"), _("At the booth"), _("On paper")),
    ]
    lines: list[Line] = [
        [
            str(row.village) if row.village else _("No village"),
            *(row.given, row.used, row.web, row.booth, row.paper),
        ]
        for row in turnout_of(election)
    ]
    return [head, *lines]


def _ballots(election: Election, candidates: Sequence[Candidate]) -> list[Line]:
    """Return the ballots in the order of their random keys, numbered by that order."""
    rows = CastBallot.objects.filter(election=election).order_by("pk")
    if election.result.ballots * len(candidates) > MOST_CELLS:
        raise Refusal("projects.ballots_many")
    head = [_("Ballot"), *(f"{one.key} {one.name}" for one in candidates)]
    lines: list[Line] = [
        [number, *_marks(election, candidates, named, points)]
        for number, (named, points) in enumerate(rows.values_list("named", "points"), 1)
    ]
    return [head, *lines]


def _marks(
    election: Election,
    candidates: Sequence[Candidate],
    named: list[str],
    points: list[int],
) -> Line:
    """Return a place, points, or a mark below each candidate; nothing where is none."""
    if election.form == Election.Form.RANKING:
        said = {key: place for place, key in enumerate(named, 1)}
    elif election.form == Election.Form.POINTS:
        said = dict(zip(named, points, strict=True))
    else:
        said = dict.fromkeys(named, 1)
    return [said.get(one.key) for one in candidates]
