"""Residents whom a message did not reach, for who sees to it that they are told."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from luoshi.cases.models import Case
from luoshi.commitments.models import Commitment
from luoshi.commitments.queries import commitments_visible_to
from luoshi.core.actors import Staff
from luoshi.core.models import Notice
from luoshi.core.notices import Sent, failed_messages, notices_about
from luoshi.core.notices.show import shown
from luoshi.core.roles import DISPATCHER, INSPECTOR

KIND = Commitment._meta.label_lower
ROWS, COUNT_UP_TO = 30, 1_000


@dataclass(frozen=True)
class Unreached:
    """A message that did not arrive, and the matter that it is about."""

    sent: Sent
    commitment: Commitment


def _failed(staff: Staff) -> QuerySet[Notice]:
    """Return what failed in matters that this person follows up."""
    mine = commitments_visible_to(staff).filter(pk=OuterRef("subject_id"))
    if not staff.has(DISPATCHER, INSPECTOR):
        mine = mine.filter(owner_organisation__in=staff.organisations)
    return failed_messages().filter(Exists(mine), subject_kind=KIND, town=staff.town)


def unreached_page(staff: Staff, after: int = 0) -> tuple[list[Unreached], int]:
    """Return one page, the newest first, and where the next one begins."""
    rows = _failed(staff)
    if after:
        rows = rows.filter(pk__lt=after)
    found = list(rows.select_related("person", "digest").order_by("-pk")[: ROWS + 1])
    matters = Commitment.objects.select_related("owner", "owner_organisation")
    by_id = matters.in_bulk([one.subject_id for one in found])
    page = [Unreached(shown(one), by_id[one.subject_id]) for one in found[:ROWS]]
    return page, found[ROWS - 1].pk if len(found) > ROWS else 0


def unreached_count(staff: Staff) -> int:
    """Count the messages that did not arrive, up to a thousand."""
    return _failed(staff).order_by()[:COUNT_UP_TO].count()


def told_about(case: Case) -> list[Sent]:
    """Return who was told of a matter, also before it went under another's head."""
    ids = [case.commitment_id]
    if case.number != case.commitment.number:
        own = Commitment.objects.filter(number=case.number, town=case.town_id)
        ids += own.values_list("pk", flat=True)
    return notices_about(KIND, ids)
