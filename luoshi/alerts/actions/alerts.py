"""A call-out: opened over some villages and kinds of households, and closed."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from luoshi.alerts import rules
from luoshi.alerts.models import Alert, CallLine, Household
from luoshi.commitments.actions.base import required, tenures_with
from luoshi.commitments.queries.emergency import emergency_now
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.models import Person
from luoshi.core.notices import Reach, leave_notices
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.roles import VILLAGE_OFFICER
from luoshi.core.trail import record


@transaction.atomic(durable=True)
def open_alert(
    *,
    title: str,
    words: str,
    villages: Sequence[int],
    kinds: Sequence[str],
    actor: Staff,
) -> Alert:
    """Open a call-out; no kind chosen means every kind. Who has no phone is gone to."""
    if not rules.may_run(actor):
        raise NotAllowed("alerts.not_yours")
    title = required(title, "alerts.title_missing")
    words = required(words, "alerts.words_missing")
    households = Household.objects.filter(
        roster__village__in=villages, erased_at=None
    ).select_related("roster")
    if kinds:
        households = households.filter(kind__in=kinds)
    chosen = list(households.order_by("pk"))
    if not chosen:
        raise Refusal("alerts.nobody_chosen")
    alert = Alert.objects.create(
        town=actor.town,
        title=title,
        words=words,
        emergency=emergency_now(),
        opened_at=now(),
        opened_by=actor.person,
    )
    add_calls_within(alert, chosen)
    record(alert, "alerts.opened", actor=actor, title=title, count=len(chosen))
    told = officers_of({one.roster.village_id for one in chosen})
    leave_notices(
        alert, "alerts.opened", told, reach=Reach.OWN, number="", title=alert.title
    )
    return alert


def add_calls_within(alert: Alert, households: Iterable[Household]) -> None:
    """Put households on the call list; who has no telephone is gone to at once."""
    CallLine.objects.bulk_create(
        (
            CallLine(
                town_id=alert.town_id,
                alert=alert,
                household=one,
                village_id=one.roster.village_id,
                state=(
                    CallLine.State.WAITING
                    if one.phone is not None
                    else CallLine.State.UNREACHED
                ),
            )
            for one in households
        ),
        batch_size=500,
    )


def officers_of(villages: Iterable[int]) -> list[Person]:
    """Return the officers of some villages, the longest in office first."""
    wanted = set(villages)
    found = {
        one.person_id: one.person
        for one in tenures_with(VILLAGE_OFFICER)
        if one.post.organisation.village_id in wanted
    }
    return list(found.values())


def check_open(alert: Alert, actor: Staff, rule: str = "alerts.not_yours") -> None:
    """Refuse what is over, and who does not work with the lists."""
    if not rules.may_see(actor):
        raise NotAllowed(rule)
    if alert.closed_at is not None:
        raise Refusal("alerts.closed", title=alert.title)


@transaction.atomic(durable=True)
def close_alert(alert_id: int, *, actor: Staff) -> Alert:
    """Close a call-out; who was not reached stays written down."""
    if not rules.may_run(actor):
        raise NotAllowed("alerts.not_yours")
    alert = Alert.objects.select_for_update(of=("self",)).get(pk=alert_id)
    check_open(alert, actor)
    alert.closed_at, alert.closed_by = now(), actor.person
    alert.save(update_fields=["closed_at", "closed_by"])
    open_lines = alert.calls.exclude(state=CallLine.State.REACHED)
    record(
        alert,
        "alerts.closed",
        actor=actor,
        title=alert.title,
        count=open_lines.count(),
    )
    return alert
