"""Lists with names and telephones, for paper and for a phone without network."""

from django.db import transaction

from luoshi.alerts import rules
from luoshi.alerts.models import Alert
from luoshi.core.actors import Staff
from luoshi.core.refusals import NotAllowed
from luoshi.core.trail import record

CODES = {
    "calls": "alerts.calls_read",
    "go": "alerts.go_read",
    "moves": "alerts.moves_read",
}


@transaction.atomic(durable=True)
def take_list_out(alert_id: int, what: str, *, count: int, actor: Staff) -> None:
    """Write down who took which list with its telephones, and how long it is."""
    if not rules.may_see(actor) or what not in CODES:
        raise NotAllowed("alerts.not_yours")
    alert = Alert.objects.get(pk=alert_id)
    record(alert, CODES[what], actor=actor, title=alert.title, count=count)
