"""Calling: each caller takes one household at a time, and says how it went."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from luoshi.alerts import rules
from luoshi.alerts.actions.alerts import check_open, officers_of
from luoshi.alerts.models import Alert, CallLine
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.notices import Reach, leave_notices
from luoshi.core.refusals import Conflict, NotAllowed, Refusal
from luoshi.core.trail import record

State, Way = CallLine.State, CallLine.Way
CODES = {
    (State.REACHED, Way.PHONE): "alerts.reached",
    (State.REACHED, Way.VISIT): "alerts.told_at_door",
    (State.UNREACHED, ""): "alerts.not_reached",
    (State.NEIGHBOUR, ""): "alerts.neighbour_goes",
}
# After this a household that somebody took and said nothing of is free again.
IN_HAND = timedelta(minutes=10)
# What a caller may say, and what somebody at the door may say.
BY_PHONE = {State.REACHED, State.UNREACHED, State.NEIGHBOUR}
# How often somebody else may be quicker before a caller is told to try again.
MOST_TRIES = 20


@transaction.atomic(durable=True)
def take_next(
    alert_id: int, *, actor: Staff, villages: Sequence[int] = ()
) -> CallLine | None:
    """Put the next household into a caller's hands and show its telephone; or none.

    Who has one in hand gets the same again: nobody holds two.
    """
    alert = Alert.objects.get(pk=alert_id)
    check_open(alert, actor)
    mine = _in_hand(alert, actor).first()
    if mine is not None:
        return mine
    for _try in range(MOST_TRIES):
        line = _waiting(alert, actor, villages).first()
        if line is None:
            return None
        if _free(CallLine.objects.filter(pk=line.pk)).update(
            taken_by=actor.person, taken_until=now() + IN_HAND
        ):
            line.refresh_from_db()
            record(line, "alerts.phone_read", actor=actor)
            return line
    raise Conflict("alerts.try_again")


def _in_hand(alert: Alert, actor: Staff) -> QuerySet[CallLine]:
    return CallLine.objects.filter(
        alert=alert,
        state=State.WAITING,
        taken_by=actor.person,
        taken_until__gt=now(),
    )


def _free(lines: QuerySet[CallLine]) -> QuerySet[CallLine]:
    free = Q(taken_until=None) | Q(taken_until__lte=now())
    return lines.filter(free, state=State.WAITING)


def _waiting(alert: Alert, actor: Staff, villages: Sequence[int]) -> QuerySet[CallLine]:
    """Return who may be called now: who needs help first, village by village."""
    lines = CallLine.objects.filter(alert=alert, village__in=rules.villages_of(actor))
    if villages:
        lines = lines.filter(village__in=villages)
    # Two callers at once look at different rows where the database can do that.
    lines = lines.select_for_update(of=("self",), skip_locked=True)
    return _free(lines).order_by("-household__needs_help", "village__position", "pk")


@transaction.atomic(durable=True)
def settle_call(line_id: int, answer: str, *, actor: Staff) -> CallLine:
    """Say how a call went; only who has the household in hand does."""
    if answer not in BY_PHONE:
        raise Refusal("alerts.no_such_answer")
    state = State(answer)
    line = _locked(line_id, actor)
    if line.state != State.WAITING or line.taken_by_id != actor.person.pk:
        raise Conflict("alerts.in_other_hands")
    first = state != State.REACHED and not _somebody_is_gone_to(line)
    _settle(line, state, Way.PHONE if state == State.REACHED else "", actor)
    if first:
        told = officers_of({line.village_id})
        leave_notices(
            line.alert,
            "alerts.go_there",
            (one for one in told if one.pk != actor.person.pk),
            reach=Reach.OWN,
            number="",
            title=line.alert.title,
        )
    return line


def _somebody_is_gone_to(line: CallLine) -> bool:
    """Tell whether its village's officer was told already that one must go."""
    return CallLine.objects.filter(
        alert=line.alert_id,
        village=line.village_id,
        state__in=[State.UNREACHED, State.NEIGHBOUR],
        settled_at__isnull=False,
    ).exists()


@transaction.atomic(durable=True)
def settle_visit(line_id: int, *, told: bool, actor: Staff) -> CallLine:
    """Say at the door that they were told, or that nobody was there."""
    line = _locked(line_id, actor)
    if line.state == State.REACHED:
        raise Conflict("alerts.reached_already")
    if told:
        _settle(line, State.REACHED, Way.VISIT, actor)
        return line
    line.visited_at = now()
    line.save(update_fields=["visited_at"])
    record(line, "alerts.nobody_there", actor=actor)
    return line


@transaction.atomic(durable=True)
def take_back(line_id: int, *, actor: Staff) -> CallLine:
    """Undo one's own last answer; the household is in one's hands again."""
    line = _locked(line_id, actor)
    if line.settled_by_id != actor.person.pk:
        raise Conflict("alerts.in_other_hands")
    other = _in_hand(line.alert, actor).first()
    if other is not None:
        # Nothing was said of it yet: it goes back among those who wait.
        other.taken_by = other.taken_until = None
        other.save(update_fields=["taken_by", "taken_until"])
    line.state, line.way = State.WAITING, ""
    line.settled_by = line.settled_at = None
    line.taken_by, line.taken_until = actor.person, now() + IN_HAND
    line.save(
        update_fields=[
            "state",
            "way",
            "settled_by",
            "settled_at",
            "taken_by",
            "taken_until",
        ]
    )
    record(line, "alerts.answer_undone", actor=actor)
    return line


@transaction.atomic(durable=True)
def read_phone(line_id: int, *, actor: Staff) -> CallLine:
    """Let somebody who goes there read the telephone, and write that down."""
    line = _locked(line_id, actor)
    record(line, "alerts.phone_read", actor=actor)
    return line


def _locked(line_id: int, actor: Staff) -> CallLine:
    """Return a line of an open call-out in a village of theirs, under a lock."""
    lines = CallLine.objects.select_for_update(of=("self",))
    lines = lines.select_related("alert", "household", "village")
    line = lines.filter(pk=line_id, village__in=rules.villages_of(actor)).first()
    if line is None:
        raise NotAllowed("alerts.not_your_village")
    check_open(line.alert, actor)
    return line


def _settle(line: CallLine, state: CallLine.State, way: str, actor: Staff) -> None:
    line.state, line.way = state, way
    line.settled_by, line.settled_at = actor.person, now()
    line.save(update_fields=["state", "way", "settled_by", "settled_at"])
    record(line, CODES[state, way], actor=actor)
