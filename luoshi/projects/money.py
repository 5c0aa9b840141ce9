"""What was contracted and paid for a project."""

from django.db.models import Sum

from luoshi.projects.models import Project


def sum_of(project: Project, kind: str) -> int:
    """Return what was contracted or paid so far, corrections among it."""
    found = project.money.filter(kind=kind).aggregate(sum=Sum("amount"))["sum"]
    return int(found or 0)
