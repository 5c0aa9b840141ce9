"""A reply in the main system's layout, to be copied out with one key."""

from collections.abc import Callable
from datetime import datetime

from luoshi.cases.models import Case, Order, Reply
from luoshi.cases.placeholders import NAME_IN_BRACES
from luoshi.commitments.models import Commitment
from luoshi.core.clock import SHANGHAI


def orders_under(commitment: Commitment) -> list[Order]:
    """Return the orders of all cases under one head, the soonest due first."""
    rows = Order.objects.filter(case__commitment=commitment)
    return list(
        rows.select_related(
            "system", "case__commitment", "sent_by", "named_by"
        ).order_by("due_at", "pk")
    )


def reply_text(case: Case) -> str:
    """Return the last that was said to who asked: a reply, or what was handed in."""
    reply = (
        Reply.objects.filter(case=case, person__isnull=False).order_by("-pk").first()
    )
    evidence = case.commitment.evidence.order_by("-pk").first()
    if reply is None or (evidence is not None and evidence.at > reply.at):
        return evidence.words if evidence else ""
    return reply.text


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else ""


def _phone(order: Order) -> str:
    commitment = order.case.commitment
    return commitment.owner_organisation.phone or commitment.town.phone


# Name in Chinese, name in English, what it says of an order.
_SAYS: list[tuple[str, str, Callable[[Order], str]]] = [
    ("工单号", "order", lambda order: order.number),
    ("编号", "number", lambda order: order.case.number),
    ("标题", "title", lambda order: order.subject or order.case.subject),
    ("镇", "town", lambda order: order.case.commitment.town.name),
    ("单位", "office", lambda order: order.case.commitment.owner_organisation.name),
    ("受理", "received", lambda order: _moment(order.received_at)),
    ("期限", "due", lambda order: _moment(order.due_at)),
    ("办结", "done", lambda order: _moment(order.case.commitment.submitted_at)),
    ("答复", "reply", lambda order: reply_text(order.case)),
    ("电话", "phone", _phone),
]
_KNOWN = {name: says for *names, says in _SAYS for name in names}


def unknown_in_layout(layout: str) -> str:
    """Return the first name in braces that no order can fill in; empty if none."""
    for name in NAME_IN_BRACES.findall(layout):
        if name.strip() not in _KNOWN:
            return f"{{{name}}}"
    return ""


def reply_for(order: Order) -> str:
    """Return the reply as it is written in the order's main system."""
    return NAME_IN_BRACES.sub(
        lambda found: (
            _KNOWN[found[1].strip()](order) if found[1].strip() in _KNOWN else found[0]
        ),
        order.system.reply_layout,
    )
