"""Saying anew what a matter is about, after it was dispatched or before."""

from django.db import transaction

from luoshi.commitments import rules
from luoshi.commitments.actions.assigning import category_in_use, check_whose
from luoshi.commitments.actions.base import check, lock_commitment, move_commitment
from luoshi.commitments.models import Commitment, State
from luoshi.core.actors import Actor
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record


@transaction.atomic(durable=True)
def put_in_category(
    commitment_id: int, *, category_id: int, actor: Actor
) -> Commitment:
    """Put a matter into another category; its owner and its promised day stay."""
    commitment = lock_commitment(commitment_id)
    check(rules.may_put_in_category, actor, commitment, "put_in_category")
    category = category_in_use(category_id)
    if commitment.category_id == category.pk:
        raise Refusal("commitments.category_same", category=category.name)
    if commitment.state != State.RECEIVED:
        # Before dispatch nobody does it yet; whose duty it is is asked there.
        check_whose(category, commitment.owner_organisation, "")
    before = commitment.category.name if commitment.category else None
    commitment.category = category
    move_commitment(commitment, "put_in_category", "category")
    record(
        commitment,
        "commitments.put_in_category",
        actor=actor,
        category=category.name,
        before=before,
    )
    return commitment
