"""The columns of a list taken out, in the reader's language."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from luoshi.cases.actions import Contact
from luoshi.cases.exporting.lists import Found
from luoshi.cases.models import Order
from luoshi.cases.publishing import masked
from luoshi.commitments.models import Category, Ending, State, Verdict
from luoshi.commitments.queries import light_of
from luoshi.core.clock import SHANGHAI, now
from luoshi.core.models import Organisation, Person, Town, Village


def header(*, contacts: bool) -> list[str]:
    """Return what stands above the columns."""
    plain = [
        *(_("Number"), _("Light"), _("Matter"), _("Village"), _("Category")),
        *(_("In whose hands"), _("Person"), _("First word"), _("Due")),
        *(_("Closed on"), _("How it ended"), _("Satisfied with how it was done")),
        *(_("Times done again"), _("Main system"), _("Number there")),
    ]
    return [*plain, _("Who asked"), _("Telephone")] if contacts else plain


class Columns:
    """Turns rows into cells; the names that rows point to are read once."""

    def __init__(self, town: Town, *, contacts: bool) -> None:
        self._town, self._contacts, self._at = town, contacts, now()
        self._villages = {one.pk: str(one) for one in Village.objects.all()}
        self._categories = _names(Category.objects.all())
        self._offices = _names(Organisation.objects.all())
        self._people = _names(Person.objects.all())
        self._endings = {key: str(word) for key, word in Ending.choices}
        self._satisfied = {key: str(word) for key, word in Verdict.Satisfied.choices}
        self._to_dispatch = _("To dispatch")
        self._not_yet = _("Not dispatched yet")

    def cells(
        self, found: Found, people: list[Contact], there: list[Order]
    ) -> list[Any]:
        """Return the cells of one row; without contacts, nothing leads to a person."""
        one, case = found.matter, found.case
        one.town = self._town
        waits = one.state == State.RECEIVED
        village = case.village_id if case else one.village_id
        plain = [
            case.number if case else one.number,
            light_of(one, self._at).text,
            self._title(found, people),
            self._villages.get(village, "") if village else "",
            self._categories.get(one.category_id, ""),
            self._to_dispatch if waits else self._offices[one.owner_organisation_id],
            "" if waits else self._people[one.owner_id],
            _moment(case.received_at if case else one.started_at),
            _moment(one.due_at),
            _moment(one.closed_at),
            self._endings.get(one.ending, ""),
            self._satisfied.get(one.satisfied, ""),
            one.reopened,
            "、".join(dict.fromkeys(order.system.name for order in there)),
            "、".join(order.number for order in there),
        ]
        if not self._contacts:
            return plain
        told = people if found.seen else []
        names = "、".join(person.name for person in told if person.name)
        return [*plain, names, "、".join(p.phone for p in told if p.phone)]

    def _title(self, found: Found, people: list[Contact]) -> str:
        if not found.seen:
            return self._not_yet
        title = found.case.subject if found.case else found.matter.title
        if self._contacts:
            return title
        # People write their names and numbers into what they say.
        known = {word for one in people for word in one.personal}
        return masked(title, known)


def _names(rows: Iterable[Any]) -> dict[int | None, str]:
    return {row.pk: row.name for row in rows}


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return moment.astimezone(SHANGHAI).isoformat(" ", "minutes")[:16]
