"""An order of another system: brought in by its number, and followed from then on.

The same number never makes a second case. What the system says anew changes what
is known of it there, its clock and its call-back; our own steps stay as they are.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.cases.actions.callbacks import take_callback_within
from luoshi.cases.actions.indexing import index_case_within
from luoshi.cases.actions.intake import Told, prepare_case, set_contact, store_within
from luoshi.cases.actions.places import place_in
from luoshi.cases.actions.talk import contact_of
from luoshi.cases.models import Case, MainSystem, Order
from luoshi.cases.orders.read import OrderRow
from luoshi.cases.orders.systems import means
from luoshi.commitments.actions import end_within, follow_outside_within
from luoshi.commitments.actions.base import lock_commitment, people_with, tell
from luoshi.commitments.models import Commitment, Ending, State
from luoshi.core.actors import Actor
from luoshi.core.clock import at, now
from luoshi.core.models import Tenure
from luoshi.core.roles import DISPATCHER
from luoshi.core.secrets import BadPhone, keyed_hash, normalise_phone
from luoshi.core.trail import record

# What is kept of a row as it is, and how much of it fits.
KEPT = {
    "source": 40,
    "sort": 40,
    "subject": 200,
    "text": None,
    "place": 120,
    "urgency": 40,
    "state": 40,
    "result": None,
    "solved": 40,
    "satisfied": 40,
    "repeats": 60,
}
MOMENTS = {"received": "received_at", "due": "due_at", "ended": "ended_at"}
WORDS = {"subject", "text", "place", "result"}
ADDED, UPDATED, UNCHANGED = "added", "updated", "unchanged"


def _contact_digest(system: MainSystem, row: OrderRow) -> str:
    """Return a keyed hash of who called, by which a change of it is seen."""
    told = f"{row.name}|{row.phone}"
    return keyed_hash(told, town_id=system.town_id, purpose="order")


@transaction.atomic(savepoint=False)
def bring_order_within(
    system: MainSystem, row: OrderRow, desk: Tenure, *, actor: Actor
) -> str:
    """Bring one order in, or follow what changed; return which of the two it was."""
    order = (
        Order.objects.select_for_update()
        .filter(town=system.town, system=system, number=row.number)
        .first()
    )
    if order is None:
        _add(system, row, desk, actor)
        return ADDED
    if order.case.is_sealed:
        # Its words would lie there in plain text again.
        return UNCHANGED
    return UPDATED if _follow(system, order, row, actor) else UNCHANGED


def _phone(text: str) -> str:
    """Return a number that can be one; a masked one is left out."""
    try:
        return normalise_phone(text) if text else ""
    except BadPhone:
        return ""


def _is_over(system: MainSystem, state: str, ended: datetime | None) -> bool:
    """Tell whether the system has done with it."""
    words = any(means(system, meaning, state) for meaning in ("ended", "withdrawn"))
    return words or ended is not None


def _case_of(
    system: MainSystem, row: OrderRow, desk: Tenure, actor: Actor
) -> tuple[Case, bool]:
    """Make a case of an order, and tell whether it is over there: then it comes in as
    history, without a clock.
    """
    received = row.received or now()
    village, group = place_in(row.place)
    told = Told(
        town=system.town,
        text=row.text,
        actor=actor,
        channel=Case.Channel.ORDER,
        village=village,
        group=group,
        place=row.place,
        name=row.name[:40],
        phone=_phone(row.phone),
        form_token="order:"
        + keyed_hash(
            f"{system.code}|{row.number}", town_id=system.town_id, purpose="order"
        )[:48],
        subject=row.subject,
        received_at=received,
        urgent=means(system, "urgent", row.urgency),
        over=_is_over(system, row.state, row.ended),
    )
    over = told.over
    if over:
        with at(received):
            case = store_within(prepare_case(told, desk)).case
        with at(max(row.ended or received, received)):
            end_within(case.commitment, "bring_over", Ending.HISTORY)
    else:
        case = store_within(prepare_case(told, desk)).case
    return case, over


def _add(system: MainSystem, row: OrderRow, desk: Tenure, actor: Actor) -> Order:
    """Keep an order with the case that is made of it."""
    case, over = _case_of(system, row, desk, actor)
    order = Order(
        town=system.town,
        system=system,
        number=row.number,
        case=case,
        contact_digest=_contact_digest(system, row),
        brought_at=now(),
        changed_at=now(),
        withdrawn_at=now() if means(system, "withdrawn", row.state) else None,
        **_kept(row),
    )
    order.save(force_insert=True)
    _find_repeated(system, order)
    record(
        case.commitment,
        "cases.order_brought",
        actor=actor,
        system=system.name,
        number=row.number,
    )
    if not over and row.due:
        follow_outside_within(
            case.commitment_id, system=system.name, due_at=row.due, actor=actor
        )
    return order


def _kept(row: OrderRow) -> dict[str, object]:
    """Return an order's fields as a row says them; what it has no place for is left."""
    words = {
        name: getattr(row, name)[:most]
        for name, most in KEPT.items()
        if name in row.has
    }
    return words | {
        field: getattr(row, name) for name, field in MOMENTS.items() if name in row.has
    }


def _find_repeated(system: MainSystem, order: Order) -> None:
    """Point to the case that the system says is repeated, if it is here."""
    if not order.repeats or order.case.repeats_id:
        return
    first = Order.objects.filter(
        town=system.town, system=system, number=order.repeats
    ).first()
    if first and first.case_id != order.case_id:
        order.case.repeats_id = first.case_id
        order.case.save(update_fields=["repeats"])


def _follow(system: MainSystem, order: Order, row: OrderRow, actor: Actor) -> bool:
    """Take over what the system says anew, if anything; our own state stays."""
    fresh = _kept(row)
    if order.case.is_erased:
        # Words that were erased at a person's wish stay erased.
        for name in WORDS.intersection(fresh):
            del fresh[name]
    changed = [name for name in fresh if fresh[name] != getattr(order, name)]
    # What was named by hand is now what the system itself says.
    order.named_by = None
    if not _correct_contact(system, order, row) and not changed:
        return False
    for name in changed:
        setattr(order, name, fresh[name])
    withdrawn = means(system, "withdrawn", order.state)
    newly = withdrawn and order.withdrawn_at is None
    order.withdrawn_at = (order.withdrawn_at or now()) if withdrawn else None
    order.changed_at = now()
    named = ("contact_digest", "changed_at", "withdrawn_at", "named_by")
    order.save(update_fields=[*changed, *named])
    _find_repeated(system, order)
    commitment = lock_commitment(order.case.commitment_id)
    if "text" in changed:
        _index_anew(order)
    record(
        commitment,
        "cases.order_withdrawn" if newly else "cases.order_changed",
        actor=actor,
        words=_words_of(order, changed),
        system=system.name,
        number=order.number,
    )
    _go_on(system, order, actor)
    moved = bool({"text", "subject", "place", "due_at"}.intersection(changed))
    _tell_owner(commitment.pk, newly=newly, moved=moved, actor=actor)
    take_callback_within(order.pk, actor=actor)
    return True


def _go_on(system: MainSystem, order: Order, actor: Actor) -> None:
    """Follow the clock there; what nobody took here yet ends with the order."""
    commitment = lock_commitment(order.case.commitment_id)
    untouched = commitment.state == State.RECEIVED and commitment.cases.count() == 1
    if untouched and _is_over(system, order.state, order.ended_at):
        end_within(commitment, "bring_over", Ending.HISTORY)
        return
    follow_clock_within(commitment, actor=actor)


def follow_clock_within(commitment: Commitment, *, actor: Actor) -> None:
    """Let a matter follow the soonest day that its orders have in their systems."""
    rows = Order.objects.filter(
        case__commitment=commitment, withdrawn_at=None, due_at__isnull=False
    ).select_related("system")
    first = rows.order_by("due_at", "pk").first()
    if first is not None:
        follow_outside_within(
            commitment.pk,
            system=first.system.name,
            due_at=first.due_at,
            actor=actor,
        )
    elif commitment.outside_due_at is not None:
        follow_outside_within(commitment.pk, system="", due_at=None, actor=actor)


def _correct_contact(system: MainSystem, order: Order, row: OrderRow) -> bool:
    """Take over who called where the system says it anew; tell whether it did."""
    if not {"name", "phone"}.intersection(row.has):
        return False
    digest = _contact_digest(system, row)
    if digest == order.contact_digest:
        return False
    order.contact_digest = digest
    reporter = order.case.reporters.order_by("pk").first()
    # Of an erased case nothing comes back, and a masked number is no number.
    if reporter is not None and not order.case.is_erased:
        known = contact_of(reporter)
        name, digits = row.name[:40] or known.name, _phone(row.phone) or known.phone
        reporter.save(update_fields=set_contact(reporter, name=name, digits=digits))
    return True


def _words_of(order: Order, changed: list[str]) -> str:
    """Say what is new, the whole text where it was changed; encrypted in the trail."""
    if order.case.is_erased:
        return ""
    said = {
        "subject": _("Title: %(word)s"),
        "text": _("Text: %(word)s"),
        "place": _("Place: %(word)s"),
        "urgency": _("Urgency: %(word)s"),
        "state": _("State there: %(word)s"),
        "result": _("Result there: %(word)s"),
        "solved": _("Call-back, solved: %(word)s"),
        "satisfied": _("Call-back, satisfied: %(word)s"),
    }
    return "\n".join(
        sentence % {"word": getattr(order, name) or "–"}
        for name, sentence in said.items()
        if name in changed
    )


def _index_anew(order: Order) -> None:
    index_case_within(order.case)


def _tell_owner(commitment_id: int, *, newly: bool, moved: bool, actor: Actor) -> None:
    """Tell who has it what changed there; a matter that is closed needs nobody."""
    commitment = Commitment.objects.select_related("owner").get(pk=commitment_id)
    if commitment.state == State.CLOSED:
        return
    if newly:
        people = [commitment.owner, *people_with(DISPATCHER)]
        tell(commitment, "cases.order_withdrawn", *people, actor=actor)
    elif moved:
        tell(commitment, "cases.order_changed", commitment.owner, actor=actor)


@transaction.atomic(durable=True)
def bring_order(
    system: MainSystem, row: OrderRow, desk: Tenure, *, actor: Actor
) -> str:
    """Bring in one order that was pasted; return what it was."""
    return bring_order_within(system, row, desk, actor=actor)
