"""The only doors through which the archive enters a view."""

from typing import Any

from django.http import Http404

from luoshi.archive.models import Entry, Package
from luoshi.archive.queries import archivable_by, due_entries, packages_of
from luoshi.commitments.models import Commitment
from luoshi.core.actors import Staff
from luoshi.core.clock import SHANGHAI


def open_package(staff: Staff, package_id: int) -> Package:
    """Return a package that this person may see, else 404."""
    package = packages_of(staff).select_related("town").filter(pk=package_id).first()
    if package is None:
        raise Http404
    return package


def open_waiting(staff: Staff, number: str) -> Any:
    """Return a closed matter that waits for the archive, with its term, else 404."""
    matter = Commitment.objects.filter(number=number).exclude(closed_at=None).first()
    if matter is None or matter.closed_at is None:
        raise Http404
    year = matter.closed_at.astimezone(SHANGHAI).year
    found = archivable_by(staff, year).filter(pk=matter.pk).first()
    if found is None:
        raise Http404
    found.archive_year = year
    return found


def open_due(staff: Staff, entry_id: int) -> Entry:
    """Return a file that waits for appraisal, else 404."""
    found = [one for one in due_entries(staff) if one.pk == entry_id]
    if not found:
        raise Http404
    return found[0]
