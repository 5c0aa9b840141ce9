"""What led to a consultation and what came of it: tied to it for ever."""

from django.db import transaction

from luoshi.cases.queries import cases_visible_to
from luoshi.consultations import rules
from luoshi.consultations.actions.base import lock
from luoshi.consultations.models import Link
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record


@transaction.atomic(durable=True)
def link_matter(consultation_id: int, *, number: str, why: str, actor: Actor) -> Link:
    """Tie a matter, by its number, to the consultation that it came of or led to."""
    found = lock(consultation_id, rules.may_link, actor)
    staff = rules.staff_in(actor)
    if why not in Link.Why.values:
        raise Refusal("consultations.link_why")
    cases = cases_visible_to(staff).select_related("commitment")
    case = cases.filter(number=number.strip().upper()).first()
    if case is None:
        raise Refusal("consultations.no_such_number")
    if case.commitment_id == found.commitment_id:
        raise Refusal("consultations.itself")
    link, made = Link.objects.get_or_create(
        consultation=found,
        commitment=case.commitment,
        defaults={
            "town_id": found.town_id,
            "why": why,
            "at": now(),
            "by": staff.person,
        },
    )
    if not made:
        raise Refusal("consultations.linked_already", number=case.number)
    record(found, "consultations.linked", actor=actor, number=case.commitment.number)
    record(
        case.commitment,
        "consultations.linked_to",
        actor=actor,
        number=found.number,
        title=found.title,
    )
    return link


@transaction.atomic(durable=True)
def unlink_matter(link_id: int, *, actor: Actor) -> None:
    """Take a tie back that was made by mistake, before the decision is published."""
    row = Link.objects.filter(pk=link_id).values_list("consultation_id")
    found = lock(row[0][0] if row else 0, rules.may_unlink, actor)
    link = Link.objects.select_related("commitment").get(pk=link_id)
    number = link.commitment.number
    link.delete()
    record(found, "consultations.unlinked", actor=actor, number=number)
