"""What was contracted and paid for a project."""

from django.db.models import Sum
from django.db.models.functions import ExtractYear

from luoshi.core.models import Town
from luoshi.projects.models import Money, Project


def sum_of(project: Project, kind: str) -> int:
    """Return what was contracted or paid so far, corrections among it."""
    found = project.money.filter(kind=kind).aggregate(sum=Sum("amount"))["sum"]
    return int(found or 0)


def paid_by_year(town: Town) -> dict[int, int]:
    """Return the fen paid for projects, by the year of the day of payment."""
    rows = Money.objects.filter(town=town, kind=Money.Kind.PAID).order_by()
    years = rows.annotate(year=ExtractYear("on")).values_list("year")
    return {year: int(fen) for year, fen in years.annotate(sum=Sum("amount"))}
