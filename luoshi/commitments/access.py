"""The only doors through which rules, deputies and shifts enter a view."""

from collections.abc import Callable

from django.http import Http404

from luoshi.commitments.models import Deputy, PathRule, Shift
from luoshi.commitments.queries import deputies_shown_to
from luoshi.core.actors import Staff


def open_path_rule(rule_id: int) -> PathRule:
    """Return a rule of this town, else 404."""
    rule = PathRule.objects.filter(pk=rule_id).first()
    if rule is None:
        raise Http404
    return rule


def open_deputy(staff: Staff, deputy_id: int) -> Deputy:
    """Return a deputy that this person may end, else 404."""
    for row in deputies_shown_to(staff):
        if row.pk == deputy_id and row.may_end:
            return row
    raise Http404


def open_shift(
    staff: Staff, shift_id: int, to: Callable[[Staff, Shift], bool]
) -> Shift:
    """Return a shift of the roster that this person may change, else 404."""
    rows = Shift.objects.select_related("person", "leader")
    shift = rows.filter(pk=shift_id).first()
    if shift is None or not to(staff, shift):
        raise Http404
    return shift
