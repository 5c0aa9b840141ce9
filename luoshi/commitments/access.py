"""The only doors through which rules and deputies enter a view."""

from django.http import Http404

from luoshi.commitments.models import Deputy, PathRule
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
