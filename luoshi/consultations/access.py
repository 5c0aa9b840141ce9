"""The doors through which consultations enter a view."""

from collections.abc import Callable

from django.http import Http404

from luoshi.consultations.models import Consultation
from luoshi.consultations.queries import (
    consultations_visible_to,
    public_consultations,
)
from luoshi.core.actors import Staff
from luoshi.core.models import Town

RELATED = ("town", "commitment", "office", "made_by", "evaluates")


def open_consultation(
    staff: Staff, number: int, to: Callable[[Staff, Consultation], bool]
) -> Consultation:
    """Return one that this person may see and handle so, else 404."""
    rows = consultations_visible_to(staff).select_related(*RELATED)
    found = rows.filter(number=number).first()
    if found is None or not to(staff, found):
        raise Http404
    return found


def open_public(town: Town, number: int) -> Consultation:
    """Return one that everybody may read, else 404."""
    rows = public_consultations(town).select_related(*RELATED)
    found = rows.filter(number=number).first()
    if found is None:
        raise Http404
    return found
