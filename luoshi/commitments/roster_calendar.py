"""Shifts as a calendar file (.ics) that a phone or a desk calendar takes."""

from collections.abc import Iterable
from datetime import UTC

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from luoshi.commitments.models import Shift
from luoshi.core.clock import now
from luoshi.core.models import Town


def calendar_bytes(shifts: Iterable[Shift], town: Town) -> bytes:
    """Return shifts as events; each keeps its id, so that a later file moves it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Luoshi//duty roster//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for shift in shifts:
        event = Event()
        event.add("uid", f"{shift.uid}@{town.code}.luoshi")
        event.add("dtstamp", now())
        event.add("dtstart", shift.starts_at.astimezone(UTC))
        event.add("dtend", shift.ends_at.astimezone(UTC))
        told = {"shift": shift.name, "person": shift.person.name, "town": town.name}
        event.add("summary", _("On duty (%(shift)s): %(person)s, %(town)s") % told)
        if shift.leader:
            leads = {"leader": shift.leader.name}
            event.add("description", _("Leader on duty: %(leader)s") % leads)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
