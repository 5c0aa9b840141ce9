"""Posts change hands: one or several at once, with everything that is open."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from luoshi.core.actions.people import Given, check_administrator, new_person
from luoshi.core.actors import Staff
from luoshi.core.clock import at, now, today
from luoshi.core.hooks import PostChange, handings
from luoshi.core.models import (
    Handover,
    HandoverPair,
    Person,
    Tenure,
    User,
)
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record


@dataclass(frozen=True)
class Successor:
    """Who comes into a post: somebody who is there, or somebody new."""

    tenure_id: int
    person_id: int | None = None
    name: str = ""
    username: str = ""


@dataclass(frozen=True)
class Pair:
    """A tenure that ends, and who comes; `person` is None for somebody new."""

    tenure: Tenure
    successor: Successor
    person: Person | None

    @property
    def who(self) -> str:
        """Return the name of who comes."""
        return self.person.name if self.person else self.successor.name.strip()


@dataclass(frozen=True)
class HandedOver:
    """What was handed over, and the first passwords, shown once."""

    handover: Handover
    given: list[Given]


@transaction.atomic(durable=True)
def plan_handover(
    successors: Iterable[Successor], *, day: date, actor: Staff
) -> list[tuple[Pair, PostChange]]:
    """Look at what would go from whom to whom, and change nothing."""
    return _plan(successors, day, actor)


def _plan(
    successors: Iterable[Successor], day: date, actor: Staff
) -> list[tuple[Pair, PostChange]]:
    """Return what would go from whom to whom, in the order in which it can."""
    check_administrator(actor)
    pairs = [_pair(one) for one in successors]
    if not pairs:
        raise Refusal("core.nobody_comes")
    for pair in pairs:
        _check(pair, day, actor)
    takers = {pair.person.pk for pair in pairs if pair.person}
    ordered = _in_order(pairs)
    return [(pair, _change(pair, ordered, takers)) for pair in ordered]


def _pair(successor: Successor) -> Pair:
    tenure = (
        Tenure.objects.select_for_update(of=("self",))
        .select_related("post__organisation", "person")
        .filter(pk=successor.tenure_id, until=None)
        .first()
    )
    if tenure is None:
        raise Refusal("core.post_gone")
    person = None
    if successor.person_id is not None:
        person = Person.objects.get(pk=successor.person_id, left_at=None)
    return Pair(tenure, successor, person)


def _check(pair: Pair, day: date, actor: Staff) -> None:
    tenure, person = pair.tenure, pair.person
    if tenure.person_id == actor.person.pk:
        raise Refusal("core.not_oneself")
    if day > today():
        raise Refusal("core.day_to_come")
    if day < tenure.since:
        raise Refusal("core.day_before_post", name=tenure.person.name, on=tenure.since)
    if person is None:
        told = pair.successor
        if not told.name.strip() or not told.username.strip():
            raise Refusal("core.newcomer_unnamed", post=tenure.post.title)
        if User.objects.filter(username=told.username.strip()).exists():
            raise Refusal("core.username_taken", username=told.username.strip())
    elif tenure.post.tenures.filter(person=person, until=None).exists():
        raise Refusal("core.holds_already", name=person.name, post=tenure.post.title)


def _in_order(pairs: list[Pair]) -> list[Pair]:
    """Let who comes give away first what was their own; a ring has no first."""
    waiting, ordered = list(pairs), []
    while waiting:
        givers = {pair.tenure.person_id for pair in waiting}
        free = [
            one for one in waiting if one.person is None or one.person.pk not in givers
        ]
        if not free:
            raise Refusal("core.handed_in_a_ring")
        ordered += free
        waiting = [pair for pair in waiting if pair not in free]
    return ordered


def _change(pair: Pair, pairs: list[Pair], takers: set[int]) -> PostChange:
    giver = pair.tenure.person
    own = [one for one in pairs if one.tenure.person_id == giver.pk]
    kept = giver.tenures.filter(until=None).exclude(
        pk__in=[one.tenure.pk for one in own]
    )
    before = own[: own.index(pair)]
    last = pair is own[-1]
    return PostChange(
        post=pair.tenure.post,
        giver=giver,
        taker=pair.person,
        leaves=last and giver.pk not in takers and not kept.exists(),
        elsewhere=tuple(one.tenure.post.organisation_id for one in before),
    )


@transaction.atomic(durable=True)
def hand_posts_over(
    successors: Iterable[Successor],
    *,
    day: date,
    actor: Staff,
) -> HandedOver:
    """Give posts to others with all that is open; who leaves is out at once."""
    # One step has one moment: the papers of the posts find by it what went over.
    with at(now()):
        return _hand_all_over(successors, day, actor)


def _hand_all_over(
    successors: Iterable[Successor], day: date, actor: Staff
) -> HandedOver:
    plan = _plan(successors, day, actor)
    handover = Handover.objects.create(
        town=actor.town, day=day, at=now(), by=actor.person
    )
    newcomers: dict[str, Given] = {}
    for pair, change in plan:
        taker = _taker(pair, newcomers, actor)
        _hand_over(handover, pair, replace(change, taker=taker), actor)
    return HandedOver(handover, list(newcomers.values()))


def _taker(pair: Pair, newcomers: dict[str, Given], actor: Staff) -> Person:
    """Return who comes; somebody new with two posts is one person."""
    if pair.person:
        return pair.person
    username = pair.successor.username.strip()
    if username not in newcomers:
        newcomers[username] = new_person(actor, pair.successor.name, username)
    return newcomers[username].person


def _hand_over(
    handover: Handover, pair: Pair, change: PostChange, actor: Staff
) -> None:
    """End one tenure, begin the next, and let the open work follow."""
    taker, left = change.taker, pair.tenure
    assert taker is not None
    left.until = handover.day
    left.save(update_fields=["until"])
    came = Tenure.objects.create(
        town=actor.town, post=left.post, person=taker, since=handover.day
    )
    moved = {one.name: one.hand_over(change, actor) for one in handings()}
    HandoverPair.objects.create(
        town=actor.town, handover=handover, left=left, came=came, moved=moved
    )
    if change.leaves:
        left.person.left_at = handover.at
        left.person.save(update_fields=["left_at"])
        User.objects.filter(person=left.person).update(is_active=False)
    record(
        left.post,
        "core.post_changed_hands",
        actor=actor,
        post=left.post.title,
        giver=left.person.name,
        taker=taker.name,
        day=handover.day,
    )
