"""Residents answer: what they think of each statement, and what they say themselves.

No entry of the trail says who thinks what: it says that somebody began to answer, and
that somebody's answers went.
"""

from django.db import transaction
from django.db.models import F

from luoshi.cases.codes import tidy as tidy_code
from luoshi.commitments.actions.base import people_with
from luoshi.consultations.actions.base import add_within, one_statement
from luoshi.consultations.models import Consultation, Reaction, Statement, Voter
from luoshi.consultations.models.answers import Channel
from luoshi.consultations.wording import may_name_somebody, same_key
from luoshi.core.actors import RESIDENT, Actor
from luoshi.core.clock import now
from luoshi.core.models import Person
from luoshi.core.notices import Reach, leave_notices
from luoshi.core.refusals import Refusal
from luoshi.core.roles import DISPATCHER
from luoshi.core.secrets import keyed_hash
from luoshi.core.trail import record

State = Consultation.State
COUNTS = {
    Reaction.Value.AGREE: "agree",
    Reaction.Value.DISAGREE: "disagree",
    Reaction.Value.UNSURE: "unsure",
}
# Answers given in a browser; the others are typed in by staff.
OWN_CHANNELS = (Channel.WEB, Channel.POSTER)


def key_of(consultation: Consultation, secret: str) -> str:
    """Return the keyed hash of a code or sheet, another one in each consultation."""
    return keyed_hash(
        f"{consultation.pk}:{secret}",
        town_id=consultation.town_id,
        purpose="consultation",
    )


def own_channel(channel: str) -> str:
    """Return the channel of an answer given in a browser."""
    return channel if channel in OWN_CHANNELS else Channel.WEB


def check_open(consultation: Consultation) -> None:
    """Refuse answers before it opens, and after its day."""
    closes = consultation.closes_at
    if consultation.state != State.OPEN or closes is None or now() >= closes:
        raise Refusal("consultations.takes_no_answers")


@transaction.atomic(durable=True)
def react(
    consultation_id: int,
    statement_id: int,
    value: int,
    *,
    code: str,
    channel: str = Channel.WEB,
    actor: Actor = RESIDENT,
) -> Reaction:
    """Keep what somebody thinks of a statement; the last word counts, at once."""
    consultation = Consultation.objects.get(pk=consultation_id)
    check_open(consultation)
    if value not in COUNTS:
        raise Refusal("consultations.one_of_three")
    channel = own_channel(channel)
    voter = voter_within(consultation, code, channel, actor)
    statement = consultation.statements.filter(pk=statement_id).first()
    if statement is None or statement.state != Statement.State.PUBLISHED:
        raise Refusal("consultations.not_there")
    return react_within(voter, statement.pk, value, channel)


def voter_within(
    consultation: Consultation, code: str, channel: str, actor: Actor
) -> Voter:
    """Return whose answers these are, under a lock: two taps at once are one."""
    voter, made = Voter.objects.get_or_create(
        consultation=consultation,
        key=key_of(consultation, code),
        defaults={
            "town_id": consultation.town_id,
            "channel": channel,
            "begun_at": now(),
        },
    )
    if made:
        record(consultation, "consultations.began", actor=actor, channel=channel)
    return Voter.objects.select_for_update().get(pk=voter.pk)


def react_within(voter: Voter, statement_id: int, value: int, channel: str) -> Reaction:
    """Write the reaction of a locked voter, and move the tallies with it."""
    known = Reaction.objects.filter(voter=voter, statement_id=statement_id).first()
    if known is not None and known.value == value:
        return known
    moves = {COUNTS[Reaction.Value(value)]: 1}
    if known is None:
        known = Reaction(town_id=voter.town_id, voter=voter, statement_id=statement_id)
    else:
        moves[COUNTS[Reaction.Value(known.value)]] = -1
    known.value, known.channel, known.at = value, channel, now()
    if known.pk is None:
        known.save(force_insert=True)
    else:
        known.save(update_fields=["value", "channel", "at"])
    _move(statement_id, moves)
    return known


def _move(statement_id: int, moves: dict[str, int]) -> None:
    counts = {name: F(name) + by for name, by in moves.items()} | {
        "moves": F("moves") + 1
    }
    Statement.objects.filter(pk=statement_id).update(**counts)


def take_back_within(reactions: list[Reaction]) -> None:
    """Delete reactions of a locked voter, and take them out of the tallies."""
    for one in sorted(reactions, key=lambda one: one.statement_id):
        _move(one.statement_id, {COUNTS[Reaction.Value(one.value)]: -1})
        one.delete()


def remove_within(voter: Voter) -> int:
    """Delete a locked voter with all answers; return how many there were."""
    reactions = list(voter.reactions.all())
    take_back_within(reactions)
    voter.delete()
    return len(reactions)


@transaction.atomic(durable=True)
def withdraw_answers(
    consultation_id: int, *, code: str, actor: Actor = RESIDENT
) -> int:
    """Let somebody's answers go as if never given; until the decision is public."""
    consultation = Consultation.objects.get(pk=consultation_id)
    if consultation.state not in (State.OPEN, State.CLOSED):
        raise Refusal("consultations.counted_already")
    key = key_of(consultation, code)
    rows = Voter.objects.select_for_update().filter(consultation=consultation, key=key)
    voter = rows.first()
    if voter is None:
        raise Refusal("consultations.no_such_code")
    count = remove_within(voter)
    record(consultation, "consultations.withdrawn", actor=actor)
    return count


def take_over(consultation: Consultation, typed: str) -> str:
    """Return the code under which answers lie, from what was typed."""
    code = tidy_code(typed, consultation.town.prefix)
    known = bool(code) and Voter.objects.filter(
        consultation=consultation, key=key_of(consultation, code)
    )
    if not known:
        raise Refusal("consultations.no_such_code")
    return code


@transaction.atomic(durable=True)
def say(
    consultation_id: int,
    *,
    text: str,
    objects: bool = False,
    actor: Actor = RESIDENT,
) -> Statement:
    """Add what somebody says; it is looked at before others react to it.

    Nothing ties it to anybody's answers, so nobody learns who said it.
    """
    rows = Consultation.objects.select_for_update(of=("self",))
    consultation = rows.select_related("town").get(pk=consultation_id)
    check_open(consultation)
    words = one_statement(text)
    known = same_within(consultation, words)
    if known is not None:
        return known
    return said_within(consultation, words, objects=objects, by=None, actor=actor)


def same_within(consultation: Consultation, words: str) -> Statement | None:
    """Return the statement that says the same in the same words, if one stands."""
    key = same_key(words)
    gone = (Statement.State.REFUSED, Statement.State.REPLACED)
    for one in consultation.statements.exclude(state__in=gone):
        if same_key(one.text) == key:
            return one
    return None


def said_within(
    consultation: Consultation,
    words: str,
    *,
    objects: bool,
    by: Person | None,
    actor: Actor,
) -> Statement:
    """Keep a resident's statement until somebody has looked at it."""
    doubtful = may_name_somebody(words)
    state = Statement.State.HELD if doubtful else Statement.State.WAITING
    unseen = (Statement.State.HELD, Statement.State.WAITING)
    first = not consultation.statements.filter(state__in=unseen).exists()
    said = add_within(
        consultation,
        words,
        Statement.Origin.RESIDENT,
        state,
        objects_to_draft=objects,
        entered_by=by,
    )
    record(said, "consultations.said", actor=actor, number=said.number)
    if first:
        # One notice for all that wait: who looks sees the others too.
        leave_notices(
            consultation,
            "consultations.to_look_at",
            people_with(DISPATCHER),
            reach=Reach.OWN,
            number="",
            title=consultation.title,
        )
    return said
