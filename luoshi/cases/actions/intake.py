"""Receiving a case, and adding a voice to one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from luoshi.cases.codes import fresh_code
from luoshi.cases.models import Case, Reporter
from luoshi.commitments.actions import open_within
from luoshi.commitments.models import Category, Kind
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.files import keep_files
from luoshi.core.models import Tenure, Town, Village, VillageGroup
from luoshi.core.numbers import next_number
from luoshi.core.refusals import Refusal
from luoshi.core.search import index_within
from luoshi.core.secrets import keyed_hash, normalise_phone, seal, unseal
from luoshi.core.trail import record

MOST_TEXT = 10_000
SUBJECT = 40


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


@transaction.atomic(durable=True)
def receive_case(*, uploads: Iterable[UploadedFile] = (), **told: Any) -> Receipt:
    """Receive what somebody says; see `receive_within` for what may be told."""
    receipt = receive_within(**told)
    if not receipt.again:
        keep_files(uploads, owner=receipt.case, purpose="told", actor=told["actor"])
    return receipt


@transaction.atomic(savepoint=False)
def receive_within(
    *,
    town: Town,
    text: str,
    actor: Actor,
    channel: str,
    village: Village | None = None,
    group: VillageGroup | None = None,
    place: str = "",
    name: str = "",
    phone: str = "",
    answer: str = "none",
    form_token: str | None = None,
    held_why: str = "",
    subject: str = "",
    received_at: datetime | None = None,
    category: Category | None = None,
    urgent: bool = False,
    desk: Tenure | None = None,
) -> Receipt:
    """Make the case, its commitment and its first voice; a token twice is one case."""
    text = text.strip()
    if not text:
        raise Refusal("cases.nothing_said")
    if len(text) > MOST_TEXT:
        raise Refusal("cases.too_long", most=MOST_TEXT, count=len(text))
    if form_token:
        known = Case.objects.filter(town=town, form_token=form_token).first()
        if known:
            return _receipt_again(known)
    number = f"{town.prefix}-{next_number(town.pk, 'case')}"
    title = subject.strip()[:120] or subject_of(text)
    commitment = open_within(
        town=town,
        kind=Kind.CASE,
        number=number,
        title=title,
        started_at=received_at or now(),
        actor=actor,
        category=category,
        village=village,
        urgent=urgent,
        desk=desk,
    )
    case = Case.objects.create(
        town=town,
        commitment=commitment,
        number=number,
        subject=title,
        text=text,
        village=village,
        group=group,
        place=place.strip()[:120],
        channel=channel,
        received_at=received_at or now(),
        entered_by=actor.person,
        held=bool(held_why),
        held_why=held_why,
        form_token=form_token,
    )
    reporter, code = add_voice(case, name=name, phone=phone, answer=answer)
    index_case(case, fresh=True)
    record(commitment, "cases.received", actor=actor, channel=channel)
    return Receipt(case, reporter, code)


def index_case(case: Case, *, fresh: bool = False) -> None:
    """Let a case be found by its words."""
    index_within(
        "case",
        case.pk,
        town_id=case.town_id,
        title=f"{case.subject} {case.number}",
        body=f"{case.text} {case.place}",
        visibility=case.visibility,
        at=case.received_at,
        fresh=fresh,
    )


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


def add_voice(
    case: Case, *, name: str, phone: str, answer: str, words: str = ""
) -> tuple[Reporter, str]:
    """Add who reported, encrypted, with a code of their own."""
    code, town_id = fresh_code(), case.town_id
    digits = normalise_phone(phone) if phone.strip() else ""
    reporter = Reporter(
        town_id=town_id,
        case=case,
        answer=answer if digits else Reporter.Answer.NONE,
        words=words,
        joined_at=now(),
        code_hash=keyed_hash(code, town_id=town_id, purpose="code"),
    )
    set_contact(reporter, name=name, digits=digits)
    reporter.code = seal(code, town_id=town_id, place=reporter.place_of("code"))
    reporter.save(force_insert=True)
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


@transaction.atomic(durable=True)
def join_case(
    case_id: int,
    *,
    actor: Actor,
    words: str = "",
    name: str = "",
    phone: str = "",
    answer: str = "none",
) -> Receipt:
    """Add a voice to an open case: "me too"."""
    case = Case.objects.select_related("commitment").get(pk=case_id)
    if case.commitment.closed_at is not None:
        raise Refusal("cases.closed_meanwhile")
    reporter, code = add_voice(
        case, name=name, phone=phone, answer=answer, words=words.strip()
    )
    record(case.commitment, "cases.joined", actor=actor)
    return Receipt(case, reporter, code)
