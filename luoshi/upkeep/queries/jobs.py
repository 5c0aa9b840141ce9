"""Jobs of a plan: who does them until when, their money, and what was found before."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from luoshi.commitments.models import Extension, State
from luoshi.commitments.queries import Light, light_of
from luoshi.core.actors import Staff
from luoshi.core.models import Village
from luoshi.core.villages import family_of
from luoshi.upkeep import rules
from luoshi.upkeep.models import Job, Payment, PlannedWork, UpkeepPlan
from luoshi.upkeep.queries.paid import paid_of_jobs
from luoshi.upkeep.queries.planned import plan_that_holds
from luoshi.upkeep.queries.register import grade_said, open_defects


@dataclass(frozen=True)
class JobRow:
    """A job as it is listed."""

    job: Job
    light: Light
    due_on: Any
    works: int
    planned: int
    paid: int

    @property
    def slipped(self) -> bool:
        """Say whether it is due later than was told first."""
        return bool(self.due_on.date() > self.job.promised_on)


@dataclass(frozen=True)
class JobPage:
    """A job with its works and payments."""

    row: JobRow
    works: list[tuple[PlannedWork, str]]
    payments: list[Payment]
    defects: list[Any]
    moved: Extension | None


def jobs_visible_to(staff: Staff) -> QuerySet[Job]:
    """Return the jobs of a town for who works with the register."""
    rows = Job.objects.filter(town=staff.town)
    return rows if staff.has(*rules.SEE) else rows.none()


def jobs_of(staff: Staff, plan: UpkeepPlan, year: int) -> list[JobRow]:
    """Return a year's jobs, by kind."""
    rows = jobs_visible_to(staff).filter(plan=plan, year=year)
    found = list(
        rows.select_related(
            "kind",
            "office",
            "town",
            "case__commitment__town",
            "case__commitment__owner",
        ).order_by("kind__position", "pk")
    )
    return _rows(found)


def _rows(jobs: list[Job]) -> list[JobRow]:
    ids = [one.pk for one in jobs]
    paid, works = paid_of_jobs(ids), _works_of(ids)
    told = []
    for one in jobs:
        matter = one.case.commitment
        count, planned = works.get(one.pk, (0, 0))
        light = light_of(matter)
        told.append(
            JobRow(one, light, matter.due_at, count, planned, paid.get(one.pk, 0))
        )
    return told


def _works_of(ids: list[int]) -> dict[int, tuple[int, int]]:
    found: dict[int, tuple[int, int]] = {}
    rows = PlannedWork.objects.filter(job__in=ids).values_list("job", "cost_fen")
    for job, cost in rows:
        count, planned = found.get(job, (0, 0))
        found[job] = (count + 1, planned + cost)
    return found


def job_page(job: Job) -> JobPage:
    """Return a job's page; what is wrong with its facilities stands beside."""
    works = list(
        job.works.select_related("asset__kind", "asset__village").order_by(
            "asset__village", "asset__number"
        )
    )
    assets = [one.asset_id for one in works]
    defects = open_defects().filter(asset__in=assets)
    return JobPage(
        _rows([job])[0],
        [(one, grade_said(one.asset, one.asset.grade)) for one in works],
        list(job.payments.select_related("by").order_by("on", "pk")),
        list(defects.select_related("asset", "case").order_by("-pk")[:50]),
        getattr(job.case.commitment, "extension", None),
    )


@dataclass(frozen=True)
class Promise:
    """What residents are told of one facility's works."""

    work: PlannedWork
    due_on: date | None
    done: bool
    # The day told first, where the one that holds is later, and why.
    instead_of: Any
    why: str


@dataclass(frozen=True)
class VillagePromises:
    """What is mended in a village, by year."""

    village: Village
    plan: UpkeepPlan | None
    years: list[tuple[int, list[Promise], int]]
    routine: dict[int, int]


MOST_SHOWN = 60


def promises_of(village: Village) -> VillagePromises:
    """Return what is promised to a village, by year; daily upkeep is only counted."""
    plan = plan_that_holds()
    if plan is None:
        return VillagePromises(village, None, [], {})
    rows = PlannedWork.objects.filter(
        plan=plan, asset__village__in=family_of(village.pk)
    )
    mended = rows.exclude(treatment="routine").select_related(
        "asset__kind", "job__case__commitment__extension"
    )
    by_year: dict[int, list[PlannedWork]] = {}
    for one in mended.order_by("year", "asset__kind__position", "asset__number"):
        by_year.setdefault(one.year, []).append(one)
    years = [
        (
            year,
            [_promise(one) for one in found[:MOST_SHOWN]],
            max(0, len(found) - MOST_SHOWN),
        )
        for year, found in by_year.items()
    ]
    counted = rows.filter(treatment="routine").order_by().values_list("year")
    return VillagePromises(village, plan, years, dict(counted.annotate(n=Count("pk"))))


def _promise(work: PlannedWork) -> Promise:
    job = work.job
    if job is None:
        slipped = work.promised_year is not None and work.promised_year != work.year
        before = work.promised_year if slipped else None
        return Promise(work, None, False, before, work.moved_why)
    matter = job.case.commitment
    done = matter.state in (State.ACCEPTED, State.CLOSED)
    extended: Extension | None = getattr(matter, "extension", None)
    later = extended is not None and not done
    return Promise(
        work,
        matter.due_at,
        done,
        job.promised_on if later else None,
        extended.reason if extended is not None and later else "",
    )
