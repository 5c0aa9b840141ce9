"""The doors through which call-outs, lines and notices enter a view."""

from collections.abc import Callable

from django.http import Http404
from django.shortcuts import get_object_or_404

from luoshi.alerts import notice_queries, queries, rules
from luoshi.alerts.models import Alert, CallLine, GroupNotice, MoveLine, Roster, Shelter
from luoshi.core.actors import Staff
from luoshi.core.models import Town


def open_alert(
    staff: Staff, alert_id: int, to: Callable[[Staff, Alert], bool]
) -> Alert:
    """Return a call-out that this person may see and handle so, else 404."""
    rows = queries.alerts_visible_to(staff).select_related(
        "opened_by", "closed_by", "emergency"
    )
    alert = get_object_or_404(rows, pk=alert_id)
    if not to(staff, alert):
        raise Http404
    return alert


def open_call(staff: Staff, line_id: int) -> CallLine:
    """Return a line of a call list of this person's villages, else 404."""
    lines = queries.calls_visible_to(staff).select_related("alert")
    return get_object_or_404(lines, pk=line_id, alert__closed_at=None)


def open_move(staff: Staff, line_id: int) -> MoveLine:
    """Return a line of an evacuation list of this person's villages, else 404."""
    lines = queries.moves_visible_to(staff).select_related("alert")
    return get_object_or_404(lines, pk=line_id, alert__closed_at=None)


def open_roster(staff: Staff, roster_id: int) -> Roster:
    """Return the list of a village of this person's, else 404."""
    villages = rules.villages_of(staff)
    return get_object_or_404(Roster, pk=roster_id, village__in=villages)


def open_shelter(staff: Staff, shelter_id: int) -> Shelter:
    """Return a shelter that is offered, for who says where people go, else 404."""
    if not rules.may_run(staff):
        raise Http404
    return get_object_or_404(queries.open_shelters(), pk=shelter_id)


def open_notice(
    staff: Staff, notice_id: int, to: Callable[[Staff, GroupNotice], bool]
) -> GroupNotice:
    """Return a notice that this person may see and handle so, else 404."""
    rows = notice_queries.notices_visible_to(staff).select_related(
        "town", "written_by", "released_by"
    )
    notice = get_object_or_404(rows, pk=notice_id)
    if not to(staff, notice):
        raise Http404
    return notice


def open_public_notice(town: Town, notice_id: int) -> GroupNotice:
    """Return a notice that was released, else 404."""
    return get_object_or_404(notice_queries.public_notices(town), pk=notice_id)
