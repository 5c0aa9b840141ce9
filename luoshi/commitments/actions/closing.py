"""Verdicts: the people who asked say whether it is solved."""

from datetime import datetime

from django.db import transaction

from luoshi.commitments import rules
from luoshi.commitments.actions.base import (
    check,
    lock_commitment,
    move_commitment,
    people_with,
    person_of,
    required,
    tell,
)
from luoshi.commitments.actions.ending import end_within
from luoshi.commitments.adapters import adapter_of
from luoshi.commitments.models import (
    CallAttempt,
    Commitment,
    Ending,
    State,
    Verdict,
)
from luoshi.commitments.terms import apply_due, span_of
from luoshi.core.actors import Actor
from luoshi.core.clock import now, today
from luoshi.core.refusals import Refusal
from luoshi.core.roles import LEADER
from luoshi.core.trail import record
from luoshi.core.worktime import half_of

# Nobody is asked more often: three days on which nobody was reached end it.
CALL_DAYS = 3
# What a judge's word, or its absence, closed.
JUDGED = (
    *(Ending.SOLVED, Ending.PARTLY, Ending.NOT_SOLVED),
    *(Ending.NO_VERDICT, Ending.NO_CALLBACK),
)


@transaction.atomic(savepoint=False)
def give_verdict_within(
    commitment_id: int,
    *,
    judge_id: int,
    solved: str,
    satisfied: str,
    words: str,
    actor: Actor,
    by_phone: bool = False,
) -> Verdict:
    """Take one judge's word; close, reopen once, or put it before the leader."""
    commitment = lock_commitment(commitment_id)
    if commitment.state != State.AWAITING:
        raise Refusal("commitments.not_to_judge_now")
    if judge_id not in adapter_of(commitment).judge_ids(commitment):
        raise Refusal("commitments.not_to_judge_now")
    if by_phone:
        check(rules.may_note_call, actor, commitment, "note_call")
    verdict = Verdict.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        judge_id=judge_id,
        round=commitment.reopened,
        solved=solved,
        satisfied=satisfied,
        words=words,
        channel=Verdict.Channel.PHONE if by_phone else Verdict.Channel.WEB,
        caller=person_of(actor) if by_phone else None,
        at=now(),
    )
    record(
        commitment,
        "commitments.judged",
        actor=actor,
        words=words,
        solved=solved,
        satisfied=satisfied,
    )
    _follow_verdict(commitment, actor)
    return verdict


@transaction.atomic(savepoint=False)
def take_outside_verdict_within(
    commitment_id: int,
    *,
    judge_id: int,
    solved: str,
    satisfied: str,
    system: str,
    actor: Actor,
) -> bool:
    """Take the word that the main system asked for; tell whether it was the time.

    Empty `solved` means that nobody was reached there: that judge is asked no more.
    What was closed by an earlier word is put before the new one, whatever follows.
    """
    commitment = lock_commitment(commitment_id)
    if commitment.state == State.CLOSED and commitment.ending in JUDGED:
        if not _contradicts(commitment, judge_id, solved):
            return True
        commitment.closed_at, commitment.ending = None, ""
        move_commitment(commitment, "reconsider", "closed_at", "ending")
    if commitment.state != State.AWAITING:
        return False
    if solved:
        Verdict.objects.create(
            town_id=commitment.town_id,
            commitment=commitment,
            judge_id=judge_id,
            round=commitment.reopened,
            solved=solved,
            satisfied=satisfied,
            channel=Verdict.Channel.SYSTEM,
            at=now(),
        )
    record(
        commitment,
        "commitments.judged_outside" if solved else "commitments.unreached_outside",
        actor=actor,
        system=system,
        solved=solved,
        satisfied=satisfied,
    )
    _follow_verdict(commitment, actor)
    return True


@transaction.atomic(savepoint=False)
def give_up_callback_within(commitment_id: int, *, system: str, actor: Actor) -> None:
    """Wait for a main system's call-back no longer.

    Who judges besides is still asked; a call-back that comes later is the last word.
    """
    commitment = lock_commitment(commitment_id)
    record(commitment, "commitments.no_callback", actor=actor, system=system)
    words = last_verdicts(commitment)
    if set(adapter_of(commitment).judge_ids(commitment)) <= set(words):
        said = {verdict.solved for verdict in words.values()}
        end_judged_within(commitment, said, actor, silent=Ending.NO_CALLBACK)


def _contradicts(commitment: Commitment, judge_id: int, solved: str) -> bool:
    """Tell whether a new word differs from the one by which it was closed."""
    last = last_verdicts(commitment).get(judge_id)
    return bool(solved) and (last is None or last.solved != solved)


def last_verdicts(commitment: Commitment) -> dict[int, Verdict]:
    """Return each judge's last word in the present round."""
    rows = commitment.verdicts.filter(round=commitment.reopened).order_by("pk")
    return {verdict.judge_id: verdict for verdict in rows}


def _follow_verdict(commitment: Commitment, actor: Actor) -> None:
    """Do what the words so far demand."""
    words = last_verdicts(commitment)
    said = {verdict.solved for verdict in words.values()}
    if Verdict.Solved.NOT in said:
        _not_solved(commitment, actor)
    elif set(adapter_of(commitment).judge_ids(commitment)) <= set(words):
        end_judged_within(commitment, said, actor)


def end_judged_within(
    commitment: Commitment,
    said: set[str],
    actor: Actor,
    silent: Ending = Ending.NO_VERDICT,
) -> None:
    """Close by what was said: solved needs one "solved" and no "not solved"."""
    if not said:
        ending = silent
    elif Verdict.Solved.SOLVED in said:
        ending = Ending.SOLVED
    else:
        ending = Ending.PARTLY
    end_within(commitment, "close", ending, satisfied=how_satisfied(commitment))
    record(commitment, "commitments.closed", actor=actor, ending=ending)


def how_satisfied(commitment: Commitment) -> str:
    """Return the least that the judges' last words say of the way; empty if none."""
    said = {verdict.satisfied for verdict in last_verdicts(commitment).values()}
    said.discard("")
    for least in (Verdict.Satisfied.NOT, Verdict.Satisfied.NEUTRAL):
        if least in said:
            return least
    return Verdict.Satisfied.SATISFIED if said else ""


def _not_solved(commitment: Commitment, actor: Actor) -> None:
    """Reopen once by itself; the second time the leader decides."""
    if commitment.reopened:
        commitment.with_leader = True
        move_commitment(commitment, "raise_to_leader", "with_leader")
        leaders = people_with(LEADER, overseeing=commitment.owner_organisation_id)
        tell(commitment, "commitments.not_solved_again", *leaders, actor=actor)
        return
    reopen_within(commitment, actor)


def reopen_within(commitment: Commitment, actor: Actor) -> None:
    """Open it again with half of the first term; the whole time still shows."""
    fields = half_term_from(commitment, now())
    commitment.with_leader = False
    move_commitment(commitment, "reopen", "with_leader", *fields)
    record(commitment, "commitments.reopened", actor=actor, due_at=commitment.due_at)
    tell(commitment, "commitments.reopened", commitment.owner, actor=actor)


def half_term_from(commitment: Commitment, at: datetime) -> tuple[str, ...]:
    """Begin another round with half of the first term; return the fields set."""
    commitment.reopened += 1
    commitment.counted_from = at
    half = half_of(span_of((commitment.term_amount, commitment.term_unit)))
    commitment.term_amount = half.amount
    commitment.extra_amount = 0
    commitment.escalated_at = commitment.escalated_again_at = None
    return (
        *("reopened", "counted_from", "term_amount", "extra_amount"),
        *("escalated_at", "escalated_again_at", *apply_due(commitment)),
    )


@transaction.atomic(durable=True)
def note_call_attempt(commitment_id: int, *, actor: Actor) -> Commitment:
    """Write down that nobody was reached today; the third such day ends it."""
    commitment = lock_commitment(commitment_id)
    check(rules.may_note_call, actor, commitment, "note_call")
    attempts = commitment.call_attempts.filter(round=commitment.reopened)
    if attempts.filter(on=today()).exists():
        raise Refusal("commitments.called_today")
    CallAttempt.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        by=person_of(actor),
        on=today(),
        round=commitment.reopened,
    )
    move_commitment(commitment, "note_call")
    count = attempts.count()
    record(commitment, "commitments.not_reached", actor=actor, count=count)
    if count >= CALL_DAYS:
        said = {verdict.solved for verdict in last_verdicts(commitment).values()}
        end_judged_within(commitment, said, actor)
    return commitment


@transaction.atomic(durable=True)
def decide_not_solved(
    commitment_id: int, *, again: bool, words: str, actor: Actor
) -> Commitment:
    """Decide what was judged "not solved" twice: do it again, or end it so."""
    commitment = lock_commitment(commitment_id)
    check(rules.may_decide_not_solved, actor, commitment, "raise_to_leader")
    words = required(words, "commitments.reason_missing")
    if again:
        record(commitment, "commitments.leader_again", actor=actor, words=words)
        reopen_within(commitment, actor)
    else:
        end_within(
            commitment,
            "close",
            Ending.NOT_SOLVED,
            words=words,
            satisfied=how_satisfied(commitment),
        )
        record(commitment, "commitments.leader_ended", actor=actor, words=words)
    return commitment
