"""Writing down what a recording says."""

from django.db import transaction

from luoshi.cases import rules
from luoshi.cases.actions.indexing import index_case_within
from luoshi.cases.actions.intake import subject_of
from luoshi.cases.actions.talk import said_in
from luoshi.cases.limits import MOST_TEXT
from luoshi.cases.models import Case
from luoshi.cases.recordings import recordings_of
from luoshi.commitments.models import Commitment
from luoshi.core.actors import Staff
from luoshi.core.models import StoredFile
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record


@transaction.atomic(durable=True)
def write_down(case_id: int, file_id: int, *, words: str, actor: Staff) -> StoredFile:
    """Write down what a recording says, so that it is read and found; or put it right.

    Of a matter that was only spoken, these words are then its text and its title.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    if not rules.may_write_down(actor, case):
        raise NotAllowed("commitments.not_yours")
    words = said_in(words)
    case, file = _find(case, file_id)
    file.words = words
    file.save(update_fields=["words"])
    if case.spoken and file.owner_kind == Case._meta.label_lower:
        _tell_in_words(case)
    index_case_within(case)
    record(case.commitment, "cases.recording_written", actor=actor, words=words)
    return file


def _find(case: Case, file_id: int) -> tuple[Case, StoredFile]:
    """Return a recording and the case it belongs to, of all under the same head."""
    for one in Case.objects.filter(commitment=case.commitment_id).order_by("pk"):
        file = recordings_of(one).filter(pk=file_id).first()
        if file is not None:
            return one, file
    raise Refusal("cases.no_recording")


def _tell_in_words(case: Case) -> None:
    told = recordings_of(case).filter(owner_kind=Case._meta.label_lower)
    case.text = "\n".join(file.words for file in told if file.words)[:MOST_TEXT]
    case.subject = subject_of(case.text)
    case.save(update_fields=["text", "subject"])
    # Its own, also while it is done together with another.
    own = Commitment.objects.filter(town=case.town_id, number=case.number)
    own.update(title=case.subject)
