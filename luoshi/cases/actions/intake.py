"""Receiving a case, and adding a voice to one."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from luoshi.cases.actions.indexing import search_row
from luoshi.cases.codes import fresh_code
from luoshi.cases.helpers import Helper, set_helper
from luoshi.cases.limits import MOST_TEXT
from luoshi.cases.models import Case, Reporter
from luoshi.cases.recordings import title_of
from luoshi.cases.ties import tie_within
from luoshi.commitments.actions import Opening, open_within, prepare_opening
from luoshi.commitments.models import Category, Kind
from luoshi.core.actors import Actor, Staff
from luoshi.core.clock import now
from luoshi.core.files import BadFile, check_recording, keep_files
from luoshi.core.models import Tenure, Town, Village, VillageGroup
from luoshi.core.numbers import next_number
from luoshi.core.refusals import Refusal
from luoshi.core.rows import insert_row
from luoshi.core.search import index_fresh, terms_text
from luoshi.core.secrets import keyed_hash, normalise_phone, seal, unseal
from luoshi.core.trail import record

if TYPE_CHECKING:
    from luoshi.cases.actions.there import There

SUBJECT = 40
# A joining form's token becomes the voice's uid, which the database keeps unique.
JOINING = uuid.UUID("6f0c5c0e-7d5b-4b52-9a57-0f3f5f6f2a11")


@dataclass(frozen=True)
class Receipt:
    """What a person takes away: the code is shown once and kept encrypted."""

    case: Case
    reporter: Reporter
    code: str
    again: bool = False


def subject_of(text: str) -> str:
    """Return the first clause of a text as its title, 40 characters at most."""
    line = " ".join(text.split())
    for mark in "。！？!?；;":
        head, found, _rest = line.partition(mark)
        if found and 4 <= len(head) <= SUBJECT:
            return head
    return line if len(line) <= SUBJECT else line[: SUBJECT - 1] + "…"


@dataclass(frozen=True)
class Told:
    """What somebody says, and how it came."""

    town: Town
    text: str
    actor: Actor
    channel: str
    village: Village | None = None
    group: VillageGroup | None = None
    place: str = ""
    name: str = ""
    phone: str = ""
    answer: str = "none"
    form_token: str | None = None
    held_why: str = ""
    subject: str = ""
    received_at: datetime | None = None
    category: Category | None = None
    urgent: bool = False
    kind: Kind = Kind.CASE
    # Where else it lives.
    there: "There | None" = None
    # What kind of sealed matter it is; empty for what goes to the dispatcher.
    sealed_as: str = ""
    # What it is about, where a layer above knows it (`cases.ties`).
    tie: str = ""
    # Only a recording: the words come when staff write them down.
    spoken: bool = False
    # Who filled it in for the person; the matter stays that person's.
    helper: Helper | None = None
    # Brought in as history: nobody on duty is to be told of it.
    over: bool = False

    @property
    def for_duty(self) -> bool:
        """Tell whether those on duty get it outside office hours."""
        return self.urgent and not (self.sealed_as or self.over or self.held_why)


@dataclass(frozen=True)
class Ready:
    """A case on which all work is done that needs no lock."""

    told: Told
    at: datetime
    title: str
    reporter: Reporter
    code: str
    opening: Opening
    terms: str


def receive_case(
    *,
    uploads: Iterable[UploadedFile] = (),
    recording: UploadedFile | None = None,
    **told: Any,
) -> Receipt:
    """Receive what somebody says (see `Told`); a form token twice is one case.

    A recording is enough: the matter's title says so until staff wrote it down.
    """
    files = [*([recording] if recording else []), *uploads]
    if recording and not told["text"].strip():
        told |= {"spoken": True, "subject": title_of(_seconds_of(recording))}
    ready = prepare_case(Told(**told))
    try:
        return _store(ready, files)
    except IntegrityError:
        # The database refuses the second of a token, however close they come.
        known = Case.with_sealed.filter(form_token=ready.told.form_token).first()
        if known is None or ready.told.form_token is None:
            raise
        return _receipt_again(known)


def _seconds_of(recording: UploadedFile) -> int:
    try:
        seconds = check_recording(recording).seconds
    except BadFile as error:
        raise Refusal("cases.no_recording") from error
    recording.seek(0)
    return seconds


@transaction.atomic(durable=True)
def _store(ready: Ready, uploads: list[UploadedFile]) -> Receipt:
    receipt = store_within(ready)
    if uploads:
        actor = ready.told.actor
        keep_files(uploads, owner=receipt.case, purpose="told", actor=actor)
    if ready.told.tie and not ready.told.sealed_as:
        # A sealed matter leads to nothing that others see.
        tie_within(receipt.case, ready.told.tie)
    if ready.told.sealed_as:
        # Sealing takes off what is public, which builds on what is received.
        from luoshi.cases.actions.sealing import seal_within

        seal_within(receipt.case, kind=ready.told.sealed_as, actor=ready.told.actor)
    return receipt


def prepare_case(told: Told, desk: Tenure | None = None) -> Ready:
    """Check, encrypt and count before the lock: SQLite has one for all writers."""
    text, at = told.text.strip(), told.received_at or now()
    if not text and not told.spoken:
        raise Refusal("cases.nothing_said")
    if len(text) > MOST_TEXT:
        raise Refusal("cases.too_long", most=MOST_TEXT, count=len(text))
    if told.group and told.group.village_id != getattr(told.village, "pk", None):
        raise Refusal("cases.group_elsewhere", group=told.group.name)
    title = told.subject.strip()[:120] or subject_of(text)
    reporter, code = make_voice(
        told.town.pk,
        name=told.name,
        phone=told.phone,
        answer=told.answer,
        helper=told.helper,
    )
    opening = prepare_opening(told.town, at, desk, urgent=told.for_duty)
    terms = terms_text(title, f"{text}\n{told.place}")
    return Ready(replace(told, text=text), at, title, reporter, code, opening, terms)


@transaction.atomic(savepoint=False)
def store_within(ready: Ready) -> Receipt:
    """Write the case, its commitment, its first voice and the trail."""
    told = ready.told
    number = f"{told.town.prefix}-{next_number(told.town.pk, 'case')}"
    commitment = open_within(
        ready.opening,
        kind=told.kind,
        number=number,
        title=ready.title,
        category=told.category,
        village=told.village,
        urgent=told.urgent,
    )
    case = Case(
        town=told.town,
        commitment=commitment,
        number=number,
        subject=ready.title,
        text=told.text,
        spoken=told.spoken,
        village=told.village,
        group=told.group,
        place=told.place.strip()[:120],
        channel=told.channel,
        received_at=ready.at,
        entered_by=told.actor.person,
        held=bool(told.held_why),
        held_why=told.held_why,
        form_token=told.form_token,
    )
    insert_row(case)
    ready.reporter.case = case
    insert_row(ready.reporter)
    if not told.sealed_as:
        terms = f"{ready.terms} {terms_text(case.number, '')}"
        index_fresh(search_row(case), terms)
    record(commitment, "cases.received", actor=told.actor, channel=told.channel)
    if told.there:
        _name_there(case, told)
    return Receipt(case, ready.reporter, ready.code)


def _name_there(case: Case, told: Told) -> None:
    # Naming looks up who sees what, which builds on what is received.
    from luoshi.cases.actions.there import name_there_within

    assert told.there is not None and isinstance(told.actor, Staff)
    name_there_within(case, told.there, actor=told.actor)


def _receipt_again(case: Case) -> Receipt:
    reporter = case.reporters.order_by("pk").first()
    if reporter is None or reporter.code is None:
        raise Refusal("cases.sent_before")
    return Receipt(case, reporter, code_of(reporter), again=True)


def code_of(reporter: Reporter) -> str:
    """Return the eight characters of a reporter's code."""
    assert reporter.code is not None
    return unseal(
        reporter.code, town_id=reporter.town_id, place=reporter.place_of("code")
    )


def make_voice(
    town_id: int,
    *,
    name: str = "",
    phone: str = "",
    answer: str = "none",
    words: str = "",
    uid: uuid.UUID | None = None,
    helper: Helper | None = None,
) -> tuple[Reporter, str]:
    """Return who reported, encrypted and not yet saved, with a code of their own."""
    code = fresh_code()
    digits = normalise_phone(phone) if phone.strip() else ""
    reporter = Reporter(
        uid=uid or uuid.uuid4(),
        town_id=town_id,
        answer=answer if digits else Reporter.Answer.NONE,
        words=words,
        joined_at=now(),
        code_hash=keyed_hash(code, town_id=town_id, purpose="code"),
    )
    set_contact(reporter, name=name, digits=digits)
    set_helper(reporter, helper)
    reporter.code = seal(code, town_id=town_id, place=reporter.place_of("code"))
    return reporter, code


def set_contact(reporter: Reporter, *, name: str, digits: str) -> tuple[str, ...]:
    """Set name and phone, encrypted; return the names of the fields set."""
    town_id = reporter.town_id
    reporter.name = (
        seal(name.strip(), town_id=town_id, place=reporter.place_of("name"))
        if name.strip()
        else None
    )
    reporter.phone = (
        seal(digits, town_id=town_id, place=reporter.place_of("phone"))
        if digits
        else None
    )
    reporter.phone_hash = (
        keyed_hash(digits, town_id=town_id, purpose="phone") if digits else ""
    )
    return ("name", "phone", "phone_hash")


def join_case(
    case_id: int,
    *,
    form_token: str,
    actor: Actor,
    recording: UploadedFile | None = None,
    **told: Any,
) -> Receipt:
    """Add a voice to an open case: "me too"; a form token twice is one voice."""
    uid = uuid.uuid5(JOINING, f"{case_id}:{form_token}")
    files = [recording] if recording else []
    try:
        return _join(case_id, uid=uid, actor=actor, files=files, **told)
    except IntegrityError:
        known = Reporter.objects.select_related("case").filter(uid=uid).first()
        if known is None:
            raise
        return Receipt(known.case, known, code_of(known), again=True)


@transaction.atomic(durable=True)
def _join(
    case_id: int,
    *,
    uid: uuid.UUID,
    actor: Actor,
    files: list[UploadedFile],
    words: str = "",
    **contact: Any,
) -> Receipt:
    case = Case.objects.select_related("commitment").filter(pk=case_id).first()
    if case is None or case.commitment.closed_at is not None:
        raise Refusal("cases.closed_meanwhile")
    reporter, code = make_voice(case.town_id, uid=uid, words=words.strip(), **contact)
    reporter.case = case
    reporter.save(force_insert=True)
    keep_files(files, owner=reporter, purpose="told", actor=actor)
    record(case.commitment, "cases.joined", actor=actor)
    return Receipt(case, reporter, code)
