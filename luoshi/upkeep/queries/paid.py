"""Money of the plan's jobs: planned, contracted and paid, for pages of others too."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import ExtractYear

from luoshi.core.models import Town
from luoshi.upkeep.models import Job, Payment, PlannedWork, UpkeepPlan


@dataclass(frozen=True)
class YearMoney:
    """One year's money in fen: planned by what is approved, contracted, paid."""

    planned: int = 0
    contracted: int = 0
    paid: int = 0


def paid_by_year(town: Town) -> dict[int, int]:
    """Return the fen paid for upkeep, by the year of the day of payment."""
    rows = Payment.objects.filter(town=town).annotate(year=ExtractYear("on"))
    summed = rows.order_by().values_list("year").annotate(sum=Sum("amount_fen"))
    return {year: int(fen) for year, fen in summed.order_by("year")}


def planned_by_year(plan: UpkeepPlan) -> dict[int, int]:
    """Return the fen of a plan's works in each of its years."""
    rows = PlannedWork.objects.filter(plan=plan).order_by().values_list("year")
    told = dict.fromkeys(plan.years, 0)
    told.update({year: int(fen) for year, fen in rows.annotate(sum=Sum("cost_fen"))})
    return told


def money_by_year(plan: UpkeepPlan) -> dict[int, YearMoney]:
    """Return what a plan's jobs cost, by the year for which they are planned."""
    jobs = Job.objects.filter(plan=plan).order_by().values_list("year")
    contracted = dict(jobs.annotate(sum=Sum("contracted_fen")))
    payments = Payment.objects.filter(job__plan=plan).order_by()
    paid = dict(payments.values_list("job__year").annotate(sum=Sum("amount_fen")))
    return {
        year: YearMoney(planned, int(contracted.get(year) or 0), int(paid.get(year, 0)))
        for year, planned in planned_by_year(plan).items()
    }


def paid_of_jobs(jobs: Iterable[int]) -> dict[int, int]:
    """Return the fen paid for each of these jobs."""
    rows = Payment.objects.filter(job__in=list(jobs)).order_by().values_list("job")
    return {job: int(fen) for job, fen in rows.annotate(sum=Sum("amount_fen"))}
