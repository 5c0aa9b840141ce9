"""Opening a matter that nobody complained of: for a leader's list, a topic, a round."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from luoshi.cases.actions.indexing import index_case_within
from luoshi.cases.models import Case
from luoshi.commitments.actions import open_within, prepare_opening
from luoshi.commitments.actions.base import move_commitment, put_in_hands, required
from luoshi.commitments.models import Commitment, Kind
from luoshi.commitments.terms import apply_due
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.models import Organisation, Person, Village
from luoshi.core.numbers import next_number
from luoshi.core.refusals import Refusal


@dataclass(frozen=True)
class Own:
    """What the town takes on by itself: in whose hands, and until when."""

    kind: Kind
    channel: Case.Channel
    title: str
    # What will be there when it is done.
    words: str
    organisation: Organisation
    person: Person
    until: date | None
    village: Village | None = None
    place: str = ""
    urgent: bool = False


@transaction.atomic(savepoint=False)
def open_own_within(own: Own, *, actor: Staff) -> Commitment:
    """Open it in somebody's hands at once, due on the chosen day."""
    words = required(own.words, "commitments.words_missing")
    if own.until is None or own.until <= today():
        raise Refusal("commitments.day_past")
    town = actor.town
    number = f"{town.prefix}-{next_number(town.pk, 'case')}"
    commitment = open_within(
        prepare_opening(town, now()),
        kind=own.kind,
        number=number,
        title=own.title,
        village=own.village,
        urgent=own.urgent,
    )
    commitment.term_amount = (own.until - today()).days
    commitment.term_unit, commitment.assigned_at = "days", now()
    owners = put_in_hands(commitment, own.organisation, own.person, now())
    dues = apply_due(commitment)
    case = Case.objects.create(
        town=town,
        commitment=commitment,
        number=number,
        subject=own.title,
        text=words,
        village=own.village,
        place=own.place,
        channel=own.channel,
        received_at=now(),
        entered_by=actor.person,
    )
    index_case_within(case)
    fields = ("term_amount", "term_unit", "assigned_at")
    move_commitment(commitment, "dispatch", *fields, *owners, *dues)
    return commitment
