"""Answers on paper, at the door and in meetings: typed in once, by a sheet's number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from luoshi.consultations import rules
from luoshi.consultations.actions.answering import (
    COUNTS,
    key_of,
    react_within,
    remove_within,
    said_within,
    same_within,
    take_back_within,
)
from luoshi.consultations.actions.base import lock, one_statement
from luoshi.consultations.models import Consultation, Statement, Voter
from luoshi.consultations.models.answers import Channel
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.models import Village
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record

BY_STAFF = (Channel.PAPER, Channel.VISIT, Channel.MEETING)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its number and what is ticked and written on it."""

    number: int
    channel: str = Channel.PAPER
    village: Village | None = None
    # By the statement's id; what was left blank is not there.
    reactions: Mapping[int, int] = field(default_factory=dict)
    said: Sequence[str] = ()


@transaction.atomic(durable=True)
def enter_sheet(
    consultation_id: int, sheet: Sheet, *, correcting: bool = False, actor: Actor
) -> Voter:
    """Type a sheet in, or correct one; the same number twice is never two answers."""
    consultation = lock(consultation_id, rules.may_enter, actor)
    if sheet.channel not in BY_STAFF or sheet.number < 1:
        raise Refusal("consultations.sheet_number")
    said = [one_statement(text) for text in sheet.said if text.strip()]
    if not sheet.reactions and not said:
        raise Refusal("consultations.sheet_blank")
    _check_marks(consultation, sheet)
    voter = _voter(consultation, sheet, correcting)
    _take(voter, sheet)
    staff = rules.staff_in(actor)
    for words in said:
        if same_within(consultation, words) is None:
            said_within(
                consultation, words, objects=False, by=staff.person, actor=actor
            )
    code = "consultations.sheet_corrected" if correcting else "consultations.sheet"
    record(consultation, code, actor=actor, number=sheet.number)
    return voter


def _check_marks(consultation: Consultation, sheet: Sheet) -> None:
    shown = (Statement.State.PUBLISHED, Statement.State.REPLACED)
    known = consultation.statements.filter(pk__in=sheet.reactions, state__in=shown)
    if known.count() != len(sheet.reactions):
        raise Refusal("consultations.not_there")
    if any(value not in COUNTS for value in sheet.reactions.values()):
        raise Refusal("consultations.one_of_three")


def _voter(consultation: Consultation, sheet: Sheet, correcting: bool) -> Voter:
    """Return the sheet's answers; refuse what is there already, or is not."""
    rows = Voter.objects.select_for_update().filter(consultation=consultation)
    known = rows.filter(sheet=sheet.number).first()
    if known is not None and not correcting:
        raise Refusal("consultations.sheet_there", number=sheet.number)
    if known is None and correcting:
        raise Refusal("consultations.sheet_not_there", number=sheet.number)
    if known is not None:
        known.channel, known.village = sheet.channel, sheet.village
        known.save(update_fields=["channel", "village"])
        return known
    # Only what closed meanwhile is corrected; nothing new comes in after its day.
    if consultation.state != Consultation.State.OPEN:
        raise Refusal("consultations.takes_no_answers")
    return Voter.objects.create(
        town_id=consultation.town_id,
        consultation=consultation,
        key=key_of(consultation, f"sheet:{sheet.number}"),
        channel=sheet.channel,
        sheet=sheet.number,
        village=sheet.village,
        begun_at=now(),
    )


def _take(voter: Voter, sheet: Sheet) -> None:
    """Let the answers be what the sheet says: no more, no less."""
    gone = voter.reactions.exclude(statement__in=sheet.reactions)
    take_back_within(list(gone))
    for statement_id, value in sorted(sheet.reactions.items()):
        react_within(voter, statement_id, value, sheet.channel)


def sheet_voter_within(
    consultation: Consultation, number: int, channel: str, village: Village | None
) -> Voter:
    """Return a sheet's answers under a lock, begun where there are none yet."""
    if channel not in BY_STAFF or number < 1:
        raise Refusal("consultations.sheet_number")
    there = consultation.voters.filter(sheet=number).exists()
    return _voter(consultation, Sheet(number, channel, village), there)


@transaction.atomic(durable=True)
def drop_sheet(consultation_id: int, number: int, *, why: str, actor: Actor) -> int:
    """Take a sheet out that should not count: spoilt, or its giver asks for it."""
    consultation = lock(consultation_id, rules.may_enter, actor)
    if not why.strip():
        raise Refusal("commitments.reason_missing")
    rows = Voter.objects.select_for_update().filter(consultation=consultation)
    voter = rows.filter(sheet=number).first()
    if voter is None:
        raise Refusal("consultations.sheet_not_there", number=number)
    count = remove_within(voter)
    record(
        consultation,
        "consultations.sheet_dropped",
        actor=actor,
        words=why.strip(),
        number=number,
    )
    return count
