"""A matter that also lives elsewhere: its main system and number there, by hand.

It is the same row that an export or a pasted order makes: when the system itself
tells of that number, it is followed and never doubled.
"""

from dataclasses import dataclass

from django.db import transaction

from luoshi.cases import rules
from luoshi.cases.models import Case, MainSystem, Order
from luoshi.cases.orders.read import tidy_number
from luoshi.cases.orders.systems import BEGINNINGS, system_within
from luoshi.cases.queries import cases_visible_to
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.secrets import keyed_hash
from luoshi.core.trail import record

MOST_NUMBER = 60


@dataclass(frozen=True)
class There:
    """Where else a matter lives; both empty where it lives here alone."""

    system: str = ""
    number: str = ""


class NumberThere(Refusal):
    """The number is here already: with the case that has it, where it may be seen."""

    def __init__(self, case: Case | None, *, system: str, number: str) -> None:
        code = "cases.number_there" if case else "cases.number_there_unseen"
        here = case.number if case else ""
        super().__init__(code, system=system, number=number, here=here)
        self.case = case


@transaction.atomic(savepoint=False)
def name_there_within(case: Case, there: There, *, actor: Staff) -> Order | None:
    """Say where else a matter lives; the same number twice is refused."""
    number = tidy_number(there.number)
    if not there.system and not number:
        return None
    if not there.system or not number:
        raise Refusal("cases.there_half")
    if len(number) > MOST_NUMBER:
        raise Refusal("cases.number_long", most=MOST_NUMBER)
    known = MainSystem.objects.filter(town=actor.town, code=there.system).exists()
    if there.system not in BEGINNINGS and not known:
        raise Refusal("cases.no_such_system", system=there.system)
    system = system_within(actor.town, there.system)
    order, made = Order.objects.get_or_create(
        town=actor.town,
        system=system,
        number=number,
        defaults={
            "case": case,
            "contact_digest": _nobody(actor.town.pk),
            "brought_at": now(),
            "changed_at": now(),
            "named_by": actor.person,
        },
    )
    if not made:
        seen = cases_visible_to(actor).filter(pk=order.case_id).first()
        raise NumberThere(seen, system=system.name, number=number)
    record(
        case.commitment,
        "cases.named_there",
        actor=actor,
        system=system.name,
        number=number,
    )
    return order


def _nobody(town_id: int) -> str:
    """Return the hash of who called where the system has not told it yet."""
    return keyed_hash("|", town_id=town_id, purpose="order")


@transaction.atomic(durable=True)
def name_there(case_id: int, there: There, *, actor: Staff) -> Order | None:
    """Say of a case that is here where else it lives."""
    case = _case(case_id, actor)
    if not there.system and not there.number.strip():
        raise Refusal("cases.there_half")
    return name_there_within(case, there, actor=actor)


@transaction.atomic(durable=True)
def take_off_there(order_id: int, *, actor: Staff) -> None:
    """Take back a number that was named by hand, as long as nothing came from there."""
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    case = _case(order.case_id, actor)
    if order.named_by_id is None or order.sent_at is not None:
        raise Refusal("cases.there_told")
    record(
        case.commitment,
        "cases.not_there",
        actor=actor,
        system=order.system.name,
        number=order.number,
    )
    order.delete()


def _case(case_id: int, actor: Staff) -> Case:
    case = Case.objects.select_related("commitment").get(pk=case_id)
    if not rules.may_name_there(actor, case):
        raise NotAllowed("commitments.not_yours")
    return case
