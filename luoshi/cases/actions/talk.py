"""Words on a case: replies, notes, additions, verdicts, and how to reach people."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from luoshi.cases import rules
from luoshi.cases.actions.callbacks import asked_there
from luoshi.cases.actions.intake import set_contact
from luoshi.cases.helpers import Helper, helper_of
from luoshi.cases.limits import MOST_TEXT
from luoshi.cases.models import Case, Note, Order, Reply, Reporter, SealedWord
from luoshi.cases.orders.reply import reply_for, reply_text
from luoshi.cases.placeholders import left_in
from luoshi.cases.voices import judging, people_under, voices_of_people
from luoshi.commitments.actions import give_verdict_within
from luoshi.commitments.actions.base import people_with
from luoshi.commitments.models import Commitment, Verdict
from luoshi.core.actors import RESIDENT, Actor, Staff
from luoshi.core.clock import now
from luoshi.core.files import keep_files
from luoshi.core.notices import leave_notice, leave_notices
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.roles import DISPATCHER
from luoshi.core.secrets import normalise_phone, unseal
from luoshi.core.trail import record


@dataclass(frozen=True)
class Contact:
    """How to reach somebody, in clear."""

    name: str
    phone: str
    helper: Helper | None = None

    @property
    def personal(self) -> list[str]:
        """Return every name and number in it, to be covered where all can read."""
        helper = [self.helper.name, self.helper.phone] if self.helper else []
        return [word for word in (self.name, self.phone, *helper) if word]


def said_in(text: str, recording: UploadedFile | None = None) -> str:
    """Return what was said; a recording needs no text beside it."""
    text = text.strip()
    if not text and recording is None:
        raise Refusal("cases.nothing_said")
    if len(text) > MOST_TEXT:
        raise Refusal("cases.too_long", most=MOST_TEXT, count=len(text))
    return text


def contact_of(reporter: Reporter) -> Contact:
    """Open what is kept of a reporter; actions alone call this."""
    name, phone = (
        unseal(value, town_id=reporter.town_id, place=reporter.place_of(field))
        if value
        else ""
        for field, value in (("name", reporter.name), ("phone", reporter.phone))
    )
    return Contact(name, phone, helper_of(reporter))


@transaction.atomic(durable=True)
def add_words(
    reporter_id: int,
    *,
    text: str,
    actor: Actor = RESIDENT,
    uploads: Iterable[UploadedFile] = (),
    recording: UploadedFile | None = None,
) -> Reply | SealedWord:
    """Add what a reporter says later; the owner is told."""
    reporter = Reporter.objects.select_related("case__commitment__owner").get(
        pk=reporter_id
    )
    case, said = reporter.case, said_in(text, recording)
    files = [*([recording] if recording else []), *uploads]
    if case.is_sealed:
        from luoshi.cases.actions.sealing import add_to_sealed_within

        return add_to_sealed_within(reporter, text=said, uploads=files)
    reply = Reply.objects.create(
        town_id=case.town_id,
        case=case,
        reporter_id=reporter.pk,
        text=said,
        at=now(),
    )
    keep_files(files, owner=reply, purpose="told", actor=actor)
    record(case.commitment, "cases.words_added", actor=actor)
    owner = case.commitment.owner
    leave_notices(
        case.commitment,
        "cases.words_added",
        # Of what was closed long ago nobody may be there any more.
        people_with(DISPATCHER) if owner.left_at else [owner],
        number=case.number,
        title=case.subject,
    )
    return reply


@transaction.atomic(durable=True)
def reply_to_reporters(case_id: int, *, text: str, actor: Staff) -> Reply:
    """Answer who asked; each reporter reads it, and those with a phone are told."""
    case = Case.objects.select_related("commitment").get(pk=case_id)
    if not rules.may_reply(actor, case):
        raise NotAllowed("commitments.not_yours")
    said, at = said_in(text), now()
    if left_in(said):
        raise Refusal("cases.placeholder_left", named=left_in(said))
    # A row for each case under the head: an undoing leaves everybody what they read.
    replies = [
        Reply(town_id=one.town_id, case=one, person=actor.person, text=said, at=at)
        for one in case.commitment.cases.order_by("pk")
    ]
    Reply.objects.bulk_create(replies)
    record(case.commitment, "cases.replied", actor=actor)
    tell_people(case.commitment, "cases.replied")
    return next(reply for reply in replies if reply.case_id == case.pk)


def tell_reporters(case: Case, code: str) -> None:
    """Leave a message for each reporter who wants one on the phone."""
    for reporter in case.reporters.select_related("case__commitment"):
        tell_reporter(reporter, code)


def tell_people(commitment: Commitment, code: str) -> None:
    """Tell everybody who asked for what is done under one head, each person once."""
    for reporter in people_under(commitment):
        tell_reporter(reporter, code)


@transaction.atomic(durable=True)
def note_sent_there(order_id: int, *, actor: Staff) -> Order:
    """Note that the reply was copied out and sent in the main system, word for word."""
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    case = order.case
    if not rules.may_reply(actor, case):
        raise NotAllowed("commitments.not_yours")
    if not reply_text(case):
        raise Refusal("cases.no_reply_yet")
    order.sent_text, order.sent_at, order.sent_by = (
        reply_for(order),
        now(),
        actor.person,
    )
    order.save(update_fields=["sent_text", "sent_at", "sent_by"])
    record(
        case.commitment,
        "cases.order_sent",
        actor=actor,
        words=order.sent_text,
        system=order.system.name,
    )
    return order


def ask_for_verdicts(commitment: Commitment) -> None:
    """Ask each person for a verdict, but whom the main system asks."""
    for reporter in people_under(commitment):
        if asked_there(reporter.case) is None:
            tell_reporter(reporter, "cases.to_judge")


def tell_reporter(reporter: Reporter, code: str) -> None:
    """Leave a message for one person, if that person wants one on the phone."""
    case, wanted = reporter.case, reporter.answer == Reporter.Answer.SMS
    phone = contact_of(reporter).phone if wanted else ""
    if phone:
        leave_notice(
            case.commitment, code, phone=phone, number=case.number, title=case.subject
        )


@transaction.atomic(durable=True)
def add_note(
    case_id: int, *, text: str, actor: Staff, recording: UploadedFile | None = None
) -> Note:
    """Leave a word for colleagues."""
    case = Case.objects.select_related("commitment").get(pk=case_id)
    if not rules.may_note(actor, case):
        raise NotAllowed("commitments.not_yours")
    note = Note.objects.create(
        town_id=case.town_id,
        case=case,
        person=actor.person,
        text=said_in(text, recording),
        at=now(),
    )
    files = [recording] if recording else []
    keep_files(files, owner=note, purpose="told", actor=actor)
    record(case.commitment, "cases.noted", actor=actor)
    return note


@transaction.atomic(durable=True)
def show_contact(reporter_id: int, *, actor: Staff) -> Contact:
    """Show name and phone, and write down who looked."""
    reporter = Reporter.objects.select_related("case__commitment").get(pk=reporter_id)
    return show_contact_within(reporter, actor=actor)


@transaction.atomic(savepoint=False)
def show_contact_within(reporter: Reporter, *, actor: Staff) -> Contact:
    """Show name and phone as a step of another action, written down all the same."""
    if not rules.may_see_contact(actor, reporter.case):
        raise NotAllowed("commitments.not_yours")
    record(reporter.case.commitment, "cases.contact_seen", actor=actor)
    return contact_of(reporter)


@transaction.atomic(durable=True)
def correct_contact(
    reporter_id: int, *, name: str, phone: str, answer: str, actor: Actor
) -> Reporter:
    """Put right how somebody can be reached."""
    reporter = Reporter.objects.select_related("case__commitment").get(pk=reporter_id)
    digits = normalise_phone(phone) if phone.strip() else ""
    # Said once, put right in every matter of the same person.
    voices = voices_of_people([reporter.speaker]).select_related("case__commitment")
    for voice in voices:
        voice.answer = answer if digits else Reporter.Answer.NONE
        fields = set_contact(voice, name=name, digits=digits)
        voice.save(update_fields=["answer", *fields])
        record(voice.case.commitment, "cases.contact_corrected", actor=actor)
    reporter.refresh_from_db()
    return reporter


@transaction.atomic(durable=True)
def judge_case(
    reporter_id: int,
    *,
    solved: str,
    satisfied: str,
    words: str = "",
    recording: UploadedFile | None = None,
    actor: Actor = RESIDENT,
) -> Verdict:
    """Take a reporter's own word; never from inside a staff session."""
    if isinstance(actor, Staff):
        raise NotAllowed("cases.not_as_staff")
    verdict = _judge(reporter_id, solved, satisfied, words, actor, by_phone=False)
    files = [recording] if recording else []
    keep_files(files, owner=verdict, purpose="told", actor=actor)
    return verdict


@transaction.atomic(durable=True)
def judge_by_phone(
    reporter_id: int, *, solved: str, satisfied: str, words: str = "", actor: Staff
) -> Verdict:
    """Write down a verdict given by telephone, with the caller's name."""
    return _judge(reporter_id, solved, satisfied, words, actor, by_phone=True)


def _judge(
    reporter_id: int,
    solved: str,
    satisfied: str,
    words: str,
    actor: Actor,
    *,
    by_phone: bool,
) -> Verdict:
    reporter = Reporter.objects.select_related("case").get(pk=reporter_id)
    head = reporter.case.commitment_id
    order = asked_there(reporter.case)
    if order is not None:
        raise Refusal("cases.asked_there", system=order.system.name)
    return give_verdict_within(
        head,
        judge_id=judging(reporter, head).pk,
        solved=solved,
        satisfied=satisfied,
        words=words.strip()[:MOST_TEXT],
        actor=actor,
        by_phone=by_phone,
    )


@transaction.atomic(durable=True)
def release_held(case_id: int, *, actor: Staff) -> Case:
    """Let a held case go its way."""
    case = Case.objects.select_for_update().get(pk=case_id)
    if not rules.may_release(actor, case):
        raise NotAllowed("commitments.not_yours")
    case.held, case.held_why = False, ""
    case.save(update_fields=["held", "held_why"])
    record(case.commitment, "cases.released", actor=actor)
    return case
