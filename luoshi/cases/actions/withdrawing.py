"""The one who asked takes the matter back, by the code, from the tracking page."""

from django.db import transaction

from luoshi.cases.limits import MOST_TEXT
from luoshi.cases.models import Reporter
from luoshi.commitments.actions import withdraw_within
from luoshi.commitments.actions.base import lock_commitment
from luoshi.commitments.models import Commitment
from luoshi.commitments.rules import may_be_withdrawn
from luoshi.core.actors import RESIDENT, Actor, Staff
from luoshi.core.refusals import NotAllowed, Refusal


@transaction.atomic(durable=True)
def withdraw_matter(
    reporter_id: int, *, words: str = "", actor: Actor = RESIDENT
) -> Commitment:
    """End a matter at the wish of who asked; never from inside a staff session."""
    if isinstance(actor, Staff):
        raise NotAllowed("cases.not_as_staff_withdrawn")
    reporter = Reporter.objects.select_related("case").get(pk=reporter_id)
    commitment = lock_commitment(reporter.case.commitment_id)
    if not may_be_withdrawn(commitment):
        raise Refusal("commitments.not_to_withdraw")
    withdraw_within(commitment, words=words.strip()[:MOST_TEXT], actor=actor)
    return commitment
