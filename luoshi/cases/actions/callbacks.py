"""The call-back (回访) of a main system comes in as the verdict: nobody is asked twice.

A call-back that comes before there is anything to judge waits on its order until the
work is accepted. A later one that says otherwise is the last word, also of a matter
that an earlier one closed: `reconsider` in the table of moves.
"""

from django.db import transaction
from django.db.models import Q
from django_scopes import scope

from luoshi.cases.models import Case, Order, Reporter
from luoshi.cases.orders.systems import SATISFIED, SOLVED, meaning_of
from luoshi.cases.voices import judging, people_under
from luoshi.commitments.actions import (
    give_up_callback_within,
    take_outside_verdict_within,
)
from luoshi.commitments.actions.base import lock_commitment
from luoshi.commitments.models import Commitment, State
from luoshi.commitments.models.commitment import Visibility
from luoshi.core.actors import SCHEDULER, Actor
from luoshi.core.clock import now
from luoshi.core.models import Town
from luoshi.core.secrets import keyed_hash


def asked_there(case: Case) -> Order | None:
    """Return the order whose main system asks for this case's verdict, if one does."""
    return (
        Order.objects.filter(case=case, system__calls_back=True, withdrawn_at=None)
        .select_related("system")
        .first()
    )


def asks_itself(commitment: Commitment) -> bool:
    """Tell whether the town still asks anybody for a verdict on a matter."""
    asked = Order.objects.filter(system__calls_back=True, withdrawn_at=None)
    mine = Reporter.objects.filter(case__commitment=commitment)
    return mine.exclude(case__in=asked.values("case")).exists()


def judges_of(commitment: Commitment) -> list[int]:
    """Return whose word is waited for: each person's, but who was not reached."""
    unreached = Order.objects.filter(
        Q(unreached=True) | Q(lapsed_at__isnull=False),
        case__commitment=commitment,
        system__calls_back=True,
    )
    cases = set(unreached.values_list("case", flat=True))
    voices = people_under(commitment)
    return [voice.pk for voice in voices if voice.case_id not in cases]


def _key_of(order: Order) -> str:
    """Return what makes a call-back another one: its words, and what it was of."""
    said = f"{order.solved}|{order.satisfied}|{order.ended_at}"
    return keyed_hash(said, town_id=order.town_id, purpose="order")


@transaction.atomic(savepoint=False)
def take_callback_within(order_id: int, *, actor: Actor) -> bool:
    """Take an order's call-back as the verdict when it is time; tell if it was."""
    order = Order.objects.select_related("system", "case__commitment").get(pk=order_id)
    system = order.system
    meaning = meaning_of(system, order.solved, (*SOLVED, "unreached"))
    key = _key_of(order)
    if not meaning or not system.calls_back or order.judged_by == key:
        return False
    state = order.case.commitment.state
    if state not in (State.AWAITING, State.CLOSED):
        return False
    first = order.case.reporters.order_by("pk").first()
    if first is None:
        return False
    reporter = judging(first, order.case.commitment_id)
    order.unreached, order.lapsed_at = meaning == "unreached", None
    order.judged_by = key
    order.save(update_fields=["unreached", "lapsed_at", "judged_by"])
    satisfied = meaning_of(system, order.satisfied, tuple(SATISFIED))
    return take_outside_verdict_within(
        order.case.commitment_id,
        judge_id=reporter.pk,
        solved=SOLVED.get(meaning, ""),
        satisfied=SATISFIED.get(satisfied, ""),
        system=system.name,
        actor=actor,
    )


@transaction.atomic(savepoint=False)
def take_waiting_within(commitment: Commitment, *, actor: Actor) -> None:
    """Take the call-backs that came before the work was accepted."""
    waiting = Order.objects.filter(case__commitment=commitment).exclude(solved="")
    for order in waiting.order_by("pk"):
        take_callback_within(order.pk, actor=actor)


def _waiting() -> list[Order]:
    """Return the orders of the town whose call-back somebody waits for."""
    rows = Order.objects.filter(
        case__commitment__state=State.AWAITING,
        case__commitment__with_leader=False,
        system__calls_back=True,
        system__callback_days__isnull=False,
        withdrawn_at=None,
        unreached=False,
        lapsed_at=None,
    )
    open_ones = rows.exclude(case__commitment__visibility=Visibility.SEALED)
    return list(open_ones.select_related("system", "case__commitment").order_by("pk"))


def give_up_callbacks() -> int:
    """Wait no longer for each call-back whose last day is over; return how many."""
    count = 0
    for town in Town.objects.all():
        with scope(town=town):
            for order in _waiting():
                until = order.waited_until
                if until is not None and now() > until:
                    count += _give_up(order.pk)
    return count


@transaction.atomic(durable=True)
def _give_up(order_id: int) -> int:
    """Look again under the locks, for a call-back may have come in between."""
    order = Order.objects.select_for_update(of=("self",)).get(pk=order_id)
    commitment = lock_commitment(order.case.commitment_id)
    known = meaning_of(order.system, order.solved, tuple(SOLVED))
    waits = commitment.state == State.AWAITING and not commitment.with_leader
    if not waits or known or order.unreached or order.lapsed_at is not None:
        return 0
    order.lapsed_at = now()
    order.save(update_fields=["lapsed_at"])
    give_up_callback_within(commitment.pk, system=order.system.name, actor=SCHEDULER)
    return 1
