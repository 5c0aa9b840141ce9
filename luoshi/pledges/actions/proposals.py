"""Receiving what deputies and members ask for, and publishing the answer."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from luoshi.cases.actions import Receipt, Told, prepare_case, store_within
from luoshi.cases.actions.intake import code_of
from luoshi.cases.actions.there import There
from luoshi.cases.models import Reporter
from luoshi.cases.publishing import KIND_WORDS, find_personal
from luoshi.commitments.actions.base import people_with
from luoshi.commitments.models import Kind
from luoshi.core.actors import Staff
from luoshi.core.clock import SHANGHAI, now, today
from luoshi.core.notices import leave_notices
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.roles import RELEASER
from luoshi.core.trail import record
from luoshi.pledges import rules
from luoshi.pledges.models import Proposal

MOST_ANSWER = 5000
# The term counts from this moment of the day on which it was handed to the town.
HANDED = time(9, 0)


@dataclass(frozen=True)
class Asked:
    """What stands on the paper, and how to reach who moved it first."""

    kind: str
    session: str
    number: str
    movers: str
    subject: str
    text: str
    handed_on: date
    hard: bool = False
    phone: str = ""
    answer: str = Reporter.Answer.NONE
    there: There | None = None


@transaction.atomic(durable=True)
def receive_proposal(asked: Asked, *, actor: Staff) -> Receipt:
    """Take it in; the same number of a session again is the one that is there."""
    if not rules.may_enter(actor):
        raise NotAllowed("commitments.not_yours")
    if asked.handed_on > today():
        raise Refusal("pledges.not_handed_yet")
    session, number = asked.session.strip(), asked.number.strip()
    known = (
        Proposal.objects.select_related("case")
        .filter(kind=asked.kind, session=session, number=number)
        .first()
    )
    if known is not None:
        voice = known.case.reporters.earliest("pk")
        return Receipt(known.case, voice, code_of(voice), again=True)
    told = Told(
        town=actor.town,
        text=asked.text,
        subject=asked.subject,
        actor=actor,
        channel=asked.kind,
        name=asked.movers[:40],
        phone=asked.phone,
        answer=asked.answer,
        received_at=min(datetime.combine(asked.handed_on, HANDED, SHANGHAI), now()),
        kind=Kind.PROPOSAL,
        there=asked.there,
    )
    receipt = store_within(prepare_case(told))
    Proposal.objects.create(
        town=actor.town,
        case=receipt.case,
        kind=asked.kind,
        session=session,
        number=number,
        movers=asked.movers.strip(),
        hard=asked.hard,
        handed_on=asked.handed_on,
    )
    return receipt


@transaction.atomic(durable=True)
def release_answer(
    proposal_id: int, *, answer: str, checked: bool, actor: Staff
) -> Proposal:
    """Let everybody read the answer, once it was checked."""
    proposal = _locked(proposal_id)
    if proposal.case.commitment.accepted_at is None:
        raise Refusal("pledges.not_accepted_yet")
    if not rules.may_release(actor, proposal):
        raise NotAllowed("commitments.not_yours")
    answer = answer.strip()
    if not answer:
        raise Refusal("commitments.words_missing")
    if len(answer) > MOST_ANSWER:
        raise Refusal("cases.too_long", most=MOST_ANSWER, count=len(answer))
    if not checked:
        raise Refusal("cases.not_checked")
    check_public(f"{proposal.case.subject}\n{answer}")
    proposal.answer, proposal.released_at = answer, now()
    proposal.released_by = actor.person
    proposal.save(update_fields=["answer", "released_at", "released_by"])
    record(proposal.case.commitment, "pledges.answer_released", actor=actor)
    return proposal


@transaction.atomic(durable=True)
def withdraw_answer(proposal_id: int, *, why: str, actor: Staff) -> Proposal:
    """Take an answer off the public page, with the reason."""
    proposal = _locked(proposal_id)
    if not rules.may_withdraw(actor, proposal):
        raise NotAllowed("commitments.not_yours")
    if not why.strip():
        raise Refusal("commitments.reason_missing")
    proposal.answer, proposal.released_at, proposal.released_by = "", None, None
    proposal.save(update_fields=["answer", "released_at", "released_by"])
    record(
        proposal.case.commitment,
        "pledges.answer_withdrawn",
        actor=actor,
        words=why.strip(),
    )
    return proposal


def check_public(text: str) -> None:
    """Refuse a public text that leads to a person."""
    found = find_personal(text)
    if found:
        where = "；".join(
            f"{KIND_WORDS[one.kind]}“{text[one.start : one.end]}”" for one in found[:5]
        )
        raise Refusal("cases.holds_personal", where=where)


def tell_releasers(proposal: Proposal) -> None:
    """Tell who releases that an accepted answer waits to be published."""
    commitment = proposal.case.commitment
    leave_notices(
        commitment,
        "pledges.to_release",
        people_with(RELEASER),
        number=commitment.number,
        title=commitment.title,
    )


def _locked(proposal_id: int) -> Proposal:
    return (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("case__commitment")
        .get(pk=proposal_id)
    )
