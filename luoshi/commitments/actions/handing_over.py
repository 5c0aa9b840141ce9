"""Handing over everything when somebody leaves."""

from typing import Any

from django.db import transaction

from luoshi.commitments.actions.asking import lay_with
from luoshi.commitments.actions.base import move_commitment, people_of, put_in_hands
from luoshi.commitments.models import Approval, Commitment, State
from luoshi.commitments.queries.approvals import ids_waiting_for
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.models import Organisation, Person
from luoshi.core.notices import Reach, leave_notices
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record


def open_of(person: Person) -> int:
    """Count what a person answers for and is not closed, and words asked for."""
    return _open_ones(person).count() + len(ids_waiting_for(person))


def _open_ones(person: Person):
    return Commitment.objects.filter(owner=person).exclude(state=State.CLOSED)


@transaction.atomic(savepoint=False)
def hand_over_everything(giver: Person, taker: Person, actor: Actor) -> int:
    """Put all that somebody answers for into another's hands; clocks keep running."""
    office = Organisation.objects.filter(
        posts__tenures__person=taker, posts__tenures__until=None
    ).first()
    if office is None:
        raise Refusal("commitments.nobody_there", office=taker.name)
    open_ones = list(_open_ones(giver).select_for_update().order_by("pk"))
    for commitment in open_ones:
        fields = put_in_hands(commitment, office, taker, now())
        move_commitment(commitment, "leave", *fields)
        record(commitment, "commitments.handed_over", actor=actor, person=taker.name)
    words = ids_waiting_for(giver)
    for approval in Approval.objects.filter(pk__in=words).select_related("commitment"):
        approval.person = taker
        approval.save(update_fields=["person"])
        lay_with(approval.commitment, office, taker, now())
        code = "commitments.word_moved"
        record(approval.commitment, code, actor=actor, person=taker.name)
    _tell_heap(giver, taker, office, len(open_ones) + len(words), actor)
    return len(open_ones) + len(words)


def _tell_heap(
    giver: Person, taker: Person, office: Organisation, count: int, actor: Actor
) -> None:
    """Tell of a heap once, and not of each matter in it."""
    if not count:
        return
    acting = actor.person.pk if actor.person else None
    told: dict[str, Any] = {
        "count": count,
        "giver": giver.name,
        "holder": taker.name,
    }
    if taker.pk != acting:
        leave_notices(giver, "commitments.heap_to_you", [taker], **told)
    known = (acting, taker.pk, giver.pk)
    others = [one for one in people_of(office.pk) if one.pk not in known]
    told["reach"] = Reach.OWN
    leave_notices(giver, "commitments.heap_to_office", others, **told)
