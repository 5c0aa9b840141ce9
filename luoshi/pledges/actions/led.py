"""The yearly list of matters that each member of the leadership leads in person."""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db import transaction

from luoshi.cases.actions import Own, open_own_within
from luoshi.cases.models import Case
from luoshi.cases.queries import cases_visible_to
from luoshi.commitments.actions.base import required, tell, tenures_with
from luoshi.commitments.models import Commitment, Kind, Led, State
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.models import Person, Tenure, Town
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.roles import LEADER
from luoshi.core.trail import record
from luoshi.pledges import rules
from luoshi.pledges.actions.proposals import check_public

MOST_LED = 3


@dataclass(frozen=True)
class Wanted:
    """What goes on whose list: a matter that is there, or one opened for it."""

    leader_id: int
    title: str
    number: str = ""
    words: str = ""
    until: date | None = None


@transaction.atomic(durable=True)
def put_on_list(wanted: Wanted, *, actor: Staff) -> Led:
    """Put a matter on this year's list of a leader, who cannot accept it."""
    if not rules.may_keep_list(actor):
        raise NotAllowed("commitments.not_yours")
    # One at a time for each leader, so that nobody's list grows past three.
    leader = Person.objects.select_for_update().get(pk=wanted.leader_id)
    tenure = _tenure_of(leader)
    title = required(wanted.title, "pledges.title_missing")
    check_public(title)
    year = today().year
    mine = Led.objects.filter(leader=leader, year=year, removed_at=None)
    if mine.count() >= MOST_LED:
        raise Refusal("pledges.list_full", most=MOST_LED, name=leader.name)
    if wanted.number.strip():
        commitment = _found(wanted.number, actor)
    else:
        commitment = _opened(wanted, title, tenure, actor)
    if mine.filter(commitment=commitment).exists():
        raise Refusal("pledges.on_list_already")
    led = Led.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        leader=leader,
        position=tenure.post.title,
        year=year,
        title=title,
        added_at=now(),
        added_by=actor.person,
    )
    record(commitment, "pledges.led", actor=actor, person=leader.name)
    tell(commitment, "pledges.led_by_you", leader, actor=actor)
    return led


def _tenure_of(leader: Person) -> Tenure:
    for tenure in tenures_with(LEADER):
        if tenure.person_id == leader.pk:
            return tenure
    raise Refusal("pledges.no_leader")


def _found(number: str, actor: Staff) -> Commitment:
    """Return the open matter of a number that this person sees."""
    case = (
        cases_visible_to(actor)
        .select_related("commitment")
        .filter(number=number.strip().upper())
        .first()
    )
    if case is None:
        raise Refusal("pledges.no_such_number")
    commitment = case.commitment
    if commitment.state == State.CLOSED or commitment.parent_id:
        raise Refusal("pledges.not_open", number=case.number)
    return commitment


def _opened(wanted: Wanted, title: str, tenure: Tenure, actor: Staff) -> Commitment:
    """Open a matter in the leader's own hands, due on the chosen day."""
    own = Own(
        kind=Kind.LED,
        channel=Case.Channel.LED,
        title=title,
        words=wanted.words,
        organisation=tenure.post.organisation,
        person=tenure.person,
        until=wanted.until,
    )
    return open_own_within(own, actor=actor)


@transaction.atomic(durable=True)
def take_off_list(led_id: int, *, why: str, actor: Staff) -> Led:
    """Take a matter off the list; it and the reason stay to be read."""
    if not rules.may_keep_list(actor):
        raise NotAllowed("commitments.not_yours")
    led = Led.objects.select_for_update(of=("self",)).get(pk=led_id)
    why = required(why, "commitments.reason_missing")
    check_public(why)
    if led.removed_at is not None:
        raise Refusal("pledges.off_list_already")
    led.removed_at, led.removed_why = now(), why[:300]
    led.save(update_fields=["removed_at", "removed_why"])
    record(led.commitment, "pledges.unled", actor=actor, words=why)
    return led


@transaction.atomic(durable=True)
def show_names(*, shown: bool, actor: Staff) -> Town:
    """Say whether the public list names the leaders, or their positions alone."""
    if not rules.may_choose_names(actor):
        raise NotAllowed("commitments.not_yours")
    town = Town.objects.select_for_update().get(pk=actor.town.pk)
    before, town.rules["led_names"] = town.rules.get("led_names", False), shown
    town.save(update_fields=["rules"])
    cache.delete(f"town:{town.code}")
    record(actor.person, "pledges.names", actor=actor, shown=(before, shown))
    return town
