"""Moving people to safety: who goes where and how, and whether they arrived."""

from collections.abc import Sequence

from django.db import transaction

from luoshi.alerts import rules
from luoshi.alerts.actions.alerts import check_open
from luoshi.alerts.models import Alert, Household, MoveLine, Shelter
from luoshi.commitments.actions.base import required
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.models import Town
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record

State = MoveLine.State
CODES = {
    State.WAITING: "alerts.not_there_yet",
    State.ARRIVED: "alerts.arrived",
    State.ELSEWHERE: "alerts.with_relatives",
    State.STAYS: "alerts.stays",
}


@transaction.atomic(durable=True)
def add_shelter(*, name: str, room_for: int, keeper: str, actor: Staff) -> Shelter:
    """Write down where people can be taken in."""
    if not rules.may_run(actor):
        raise NotAllowed("alerts.not_yours")
    name = required(name, "alerts.title_missing")
    # Two at once would meet the constraint instead of this sentence.
    Town.objects.select_for_update().get(pk=actor.town.pk)
    if Shelter.objects.filter(name=name, closed_at=None).exists():
        raise Refusal("alerts.shelter_known", name=name)
    shelter = Shelter.objects.create(
        town=actor.town, name=name, room_for=room_for, keeper=keeper.strip()
    )
    record(shelter, "alerts.shelter_added", actor=actor, name=name, room=room_for)
    return shelter


@transaction.atomic(durable=True)
def close_shelter(shelter_id: int, *, actor: Staff) -> Shelter:
    """Offer a shelter no more; lists that name it keep it."""
    if not rules.may_run(actor):
        raise NotAllowed("alerts.not_yours")
    shelter = Shelter.objects.select_for_update().get(pk=shelter_id)
    if shelter.closed_at is None:
        shelter.closed_at = now()
        shelter.save(update_fields=["closed_at"])
        record(shelter, "alerts.shelter_closed", actor=actor, name=shelter.name)
    return shelter


@transaction.atomic(durable=True)
def plan_moves(
    alert_id: int,
    *,
    village_id: int,
    kinds: Sequence[str],
    shelter_id: int,
    transport: str,
    actor: Staff,
) -> int:
    """Say where the households of a village and some kinds go; return how many.

    Who is planned already and not there yet is planned anew; who arrived stays.
    """
    alert = _open_alert(alert_id, actor)
    village = rules.villages_of(actor).filter(pk=village_id).first()
    if village is None:
        raise NotAllowed("alerts.not_your_village")
    shelter = _open_shelter(shelter_id)
    households = Household.objects.filter(roster__village=village_id, erased_at=None)
    if kinds:
        households = households.filter(kind__in=kinds)
    planned = {one.household_id: one for one in alert.moves.filter(village=village)}
    fresh, again = [], []
    for one in households.order_by("pk"):
        line = planned.get(one.pk)
        if line is None:
            fresh.append(_line(alert, one, village_id, shelter, transport))
        elif line.state == State.WAITING:
            line.shelter, line.transport = shelter, transport
            again.append(line)
    if not fresh and not again:
        raise Refusal("alerts.nobody_chosen")
    MoveLine.objects.bulk_create(fresh, batch_size=500)
    MoveLine.objects.bulk_update(again, ["shelter", "transport"], batch_size=200)
    record(
        alert,
        "alerts.moves_planned",
        actor=actor,
        village=village.name,
        shelter=shelter.name,
        count=len(fresh) + len(again),
    )
    return len(fresh) + len(again)


def _line(
    alert: Alert, household: Household, village_id: int, shelter: Shelter, how: str
) -> MoveLine:
    return MoveLine(
        town_id=alert.town_id,
        alert=alert,
        household=household,
        village_id=village_id,
        shelter=shelter,
        transport=how,
        people=household.people,
    )


@transaction.atomic(durable=True)
def change_move(
    line_id: int, *, shelter_id: int, transport: str, actor: Staff
) -> MoveLine:
    """Send one household elsewhere, or fetch it another way."""
    line = _locked(line_id, actor)
    before = (line.shelter.name, line.transport)
    line.shelter, line.transport = _open_shelter(shelter_id), transport
    line.save(update_fields=["shelter", "transport"])
    record(
        line,
        "alerts.move_changed",
        actor=actor,
        shelter=line.shelter.name,
        before=before,
        transport=transport,
    )
    return line


@transaction.atomic(durable=True)
def settle_move(line_id: int, answer: str, *, actor: Staff) -> MoveLine:
    """Say that a household arrived, is safe elsewhere, stays, or is not there yet."""
    if answer not in State.values:
        raise Refusal("alerts.no_such_answer")
    line, state = _locked(line_id, actor), State(answer)
    # Two who tick the same family off at the door said the same.
    if line.state == state:
        return line
    back = state == State.WAITING
    before, line.state = line.state, state
    line.settled_by = None if back else actor.person
    line.settled_at = None if back else now()
    line.save(update_fields=["state", "settled_by", "settled_at"])
    record(line, CODES[state], actor=actor, before=before)
    return line


def _open_alert(alert_id: int, actor: Staff) -> Alert:
    # Two who plan the same village at once wait for each other.
    alert = Alert.objects.select_for_update(of=("self",)).get(pk=alert_id)
    check_open(alert, actor)
    return alert


def _open_shelter(shelter_id: int) -> Shelter:
    shelter = Shelter.objects.filter(pk=shelter_id, closed_at=None).first()
    if shelter is None:
        raise Refusal("alerts.no_shelter")
    return shelter


def _locked(line_id: int, actor: Staff) -> MoveLine:
    lines = MoveLine.objects.select_for_update(of=("self",))
    lines = lines.select_related("alert", "shelter", "village")
    line = lines.filter(pk=line_id, village__in=rules.villages_of(actor)).first()
    if line is None:
        raise NotAllowed("alerts.not_your_village")
    check_open(line.alert, actor)
    return line
