"""Taking a list out as a file: written down when it begins and when it ends."""

from collections import defaultdict
from collections.abc import Collection

from django.db import transaction
from django.db.models import F

from luoshi.cases import rules
from luoshi.cases.actions.talk import Contact, contact_of
from luoshi.cases.models import Reporter
from luoshi.core.actors import Staff
from luoshi.core.refusals import NotAllowed
from luoshi.core.trail import record

BEGUN = {False: "cases.export_begun", True: "cases.export_begun_contacts"}
ENDED = {True: "cases.exported", False: "cases.export_broke"}


@transaction.atomic(durable=True)
def begin_export(
    *, listed: str, form: str, contacts: bool, told: str, actor: Staff
) -> int:
    """Write down who takes what out, before the first byte; return the entry's id.

    `told` is what the list was narrowed to: it can hold words searched for, so that
    it lies beside the entry and can be erased.
    """
    if contacts and not rules.may_export_contacts(actor):
        raise NotAllowed("cases.export_contacts")
    code = BEGUN[contacts]
    entry = record(
        actor.person, code, actor=actor, words=told, listed=listed, form=form
    )
    return entry.pk


@transaction.atomic(durable=True)
def end_export(begun: int, *, rows: int, whole: bool, actor: Staff) -> None:
    """Write down how many rows went out, and whether these were all."""
    record(actor.person, ENDED[whole], actor=actor, begun=begun, rows=rows)


def people_behind(ids: Collection[int], *, of_cases: bool) -> dict[int, list[Contact]]:
    """Return who told each case, or each matter's cases, in clear."""
    name = "case_id" if of_cases else "case__commitment_id"
    rows = Reporter.objects.filter(**{f"{name}__in": ids}).annotate(behind=F(name))
    found: dict[int, list[Contact]] = defaultdict(list)
    for reporter in rows.only("town", "uid", "name", "phone", "helper").order_by("pk"):
        found[reporter.behind].append(contact_of(reporter))
    return found
