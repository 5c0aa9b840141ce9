"""Answers without names, given out."""

from django.db import transaction

from luoshi.consultations import rules
from luoshi.consultations.models import Consultation
from luoshi.core.actors import Actor, Staff
from luoshi.core.refusals import NotAllowed
from luoshi.core.trail import record


@transaction.atomic(durable=True)
def give_out_votes(consultation_id: int, *, actor: Actor) -> Consultation:
    """Write down who takes the answers out; nothing in them leads to a person."""
    consultation = Consultation.objects.get(pk=consultation_id)
    if not isinstance(actor, Staff) or not rules.may_see(actor, consultation):
        raise NotAllowed("commitments.not_yours")
    record(consultation, "consultations.votes_given_out", actor=actor)
    return consultation
