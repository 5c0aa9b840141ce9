"""Into whose hands a matter goes, and whose duty it is."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from luoshi.commitments.actions.base import (
    move_commitment,
    put_in_hands,
    tell_transfer,
)
from luoshi.commitments.adapters import adapter_of
from luoshi.commitments.models import Category, Commitment, DutyItem
from luoshi.commitments.terms import apply_due, term_of
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.models import Organisation, Person
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record


@dataclass(frozen=True)
class Plan:
    """Who is to do it, what that office is told, and why the town does it at all."""

    office: Organisation
    receiver: Person
    words: str = ""
    why_here: str = ""
    # What the desk was proposed first, so that it shows how often that was right.
    proposed: Category | None = None


@transaction.atomic(savepoint=False)
def dispatch_within(commitment: Commitment, plan: Plan, *, actor: Actor) -> None:
    """Put a locked commitment into the hands that the plan names."""
    category = commitment.category
    withdrawn = False
    if category is not None:
        withdrawn = check_whose(category, plan.office, plan.why_here)
    own = adapter_of(commitment).term
    if own is None:
        term = term_of(commitment.town, category, urgent=commitment.urgent)
    else:
        term = own(commitment)
    commitment.term_amount, commitment.term_unit = term.amount, term.unit
    commitment.assigned_at = now()
    owners = put_in_hands(
        commitment, plan.office, plan.receiver, commitment.assigned_at
    )
    dues = apply_due(commitment)
    move_commitment(
        commitment,
        "dispatch",
        *("category", "urgent", "term_amount", "term_unit", "assigned_at"),
        *owners,
        *dues,
    )
    record(
        commitment,
        "commitments.dispatched_here" if withdrawn else "commitments.dispatched",
        actor=actor,
        words=joined_words(plan.why_here.strip() if withdrawn else "", plan.words),
        office=plan.office.name,
        person=plan.receiver.name,
        due_at=commitment.due_at,
        **_proposal(commitment, plan),
    )
    tell_transfer(commitment, actor=actor)


def _proposal(commitment: Commitment, plan: Plan) -> dict[str, Any]:
    """Say what was proposed and whether it was taken; nothing where nothing was."""
    if plan.proposed is None:
        return {}
    taken = plan.proposed.pk == commitment.category_id
    return {"proposed": plan.proposed.name, "as_proposed": taken}


def joined_words(*words: str) -> str:
    return "\n".join(filter(None, words))


def category_in_use(category_id: int) -> Category:
    """Return a category that is still offered."""
    category = Category.objects.select_related("duty").get(pk=category_id)
    if category.retired_at is not None:
        raise Refusal("commitments.category_is_off", category=category.name)
    return category


def check_whose(category: Category, organisation: Organisation, why: str) -> bool:
    """Refuse what the county took back, unless it is said why the town does it."""
    duty = category.duty
    if duty is None or duty.tier != DutyItem.Tier.WITHDRAWN:
        return False
    if organisation.kind == Organisation.Kind.OUTSIDE:
        return False
    if not why.strip():
        raise Refusal("commitments.withdrawn", title=duty.title, body=duty.lead_body)
    return True
