"""Erasing what a person told, at their wish; the chain of the trail stays whole."""

from django.db import transaction

from luoshi.cases import rules
from luoshi.cases.actions.indexing import index_case_within
from luoshi.cases.actions.intake import set_contact
from luoshi.cases.actions.publish import withdraw_within
from luoshi.cases.helpers import set_helper
from luoshi.cases.keeping import forget_within, kept_as
from luoshi.cases.models import Case, Reporter
from luoshi.cases.voices import told_with
from luoshi.commitments.models import Commitment, State, Verdict
from luoshi.core.actors import Staff
from luoshi.core.files import drop_files
from luoshi.core.notices import forget_addresses, forget_titles
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import entries_of, erase_words, record
from luoshi.papers.actions import empty_within
from luoshi.papers.models import Paper

# Why something is erased: from a list, for a free text could hold what is erased.
REASONS = ("asked", "mistake", "somebody_else")


@transaction.atomic(durable=True)
def erase_contacts(case_id: int, *, reason: str, actor: Staff) -> Case:
    """Erase names and telephones of all who told a case; they keep their codes.

    Also where the same people told what was split off: they ask to be forgotten once.
    """
    case = _lock(case_id, reason, actor)
    _empty_contacts(case)
    for other in told_with(case):
        if kept_as(other.commitment):
            continue
        _empty_contacts(other)
        record(other.commitment, "cases.contact_erased", actor=actor, reason=reason)
    record(case.commitment, "cases.contact_erased", actor=actor, reason=reason)
    return case


@transaction.atomic(durable=True)
def erase_case(case_id: int, *, reason: str, actor: Staff) -> Case:
    """Erase all that was told in a closed case, photos and contacts too.

    Number, days, offices, ending and verdicts stay: they are what the town did.
    """
    case = _lock(case_id, reason, actor)
    commitment = case.commitment
    if commitment.state != State.CLOSED:
        raise Refusal("cases.erase_when_closed")
    _empty_contacts(case)
    _empty_words(case, commitment)
    withdraw_within(commitment.pk, why="", actor=actor)
    erase_words([entry.pk for entry in entries_of(commitment)])
    # Parts were written from what was told.
    for part in Case.objects.filter(commitment__parent=commitment):
        _empty_words(part, part.commitment)
        erase_words([entry.pk for entry in entries_of(part.commitment)])
    record(commitment, "cases.erased", actor=actor, reason=reason)
    return case


def _lock(case_id: int, reason: str, actor: Staff) -> Case:
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("commitment")
        .get(pk=case_id)
    )
    if not rules.may_erase(actor, case):
        raise NotAllowed("commitments.not_yours")
    if reason not in REASONS:
        raise Refusal("cases.erase_reason")
    if numbers := kept_as(case.commitment):
        raise Refusal("cases.kept_in_archive", number=numbers[0])
    return case


def _empty_contacts(case: Case) -> None:
    for reporter in case.reporters.all():
        fields = set_contact(reporter, name="", digits="")
        helper = set_helper(reporter, None)
        reporter.answer = Reporter.Answer.NONE
        reporter.save(update_fields=[*fields, helper, "answer"])
    forget_addresses(case.commitment)
    forget_addresses(case)


def _empty_words(case: Case, commitment: Commitment) -> None:
    """Leave the number where the title was; nothing is found by the words."""
    verdicts = Verdict.objects.filter(commitment=commitment)
    said = (case.replies.all(), case.notes.all(), case.reporters.all(), verdicts)
    for owner in (case, *(one for rows in said for one in rows)):
        drop_files(owner)
    empty_within(Paper.objects.filter(case_id=case.pk))
    case.replies.update(text="")
    case.notes.update(text="")
    case.reporters.update(words="")
    verdicts.update(words="")
    case.orders.update(subject="", text="", place="", result="", sent_text="")
    case.subject, case.text, case.place = case.number, "", ""
    case.spoken = False
    case.save(update_fields=["subject", "text", "place", "spoken"])
    commitment.title = case.number
    commitment.save(update_fields=["title"])
    # What was told beside it names it too.
    forget_titles(commitment, case.number)
    index_case_within(case)
    forget_within(case)
