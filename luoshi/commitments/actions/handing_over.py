"""Handing over everything when somebody leaves."""

from django.db import transaction

from luoshi.commitments.actions.base import move_commitment, put_in_hands, tell
from luoshi.commitments.models import Commitment, State
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.models import Organisation, Person
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record


def open_of(person: Person) -> int:
    """Count what a person answers for and is not closed."""
    return _open_ones(person).count()


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
        tell(commitment, "commitments.given_to_you", taker, actor=actor)
    return len(open_ones)
