"""A measure on daily habits is tried with one group first, looked at, then widened."""

from datetime import date

from django.db import transaction

from luoshi.consultations import rules
from luoshi.consultations.actions.base import in_public, lock
from luoshi.consultations.models import Consultation, Trial
from luoshi.core.actors import Actor
from luoshi.core.clock import today
from luoshi.core.models import Village
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record


@transaction.atomic(durable=True)
def begin_trial(
    consultation_id: int,
    *,
    group: str,
    village: Village | None,
    since: date,
    until: date,
    actor: Actor,
) -> Trial:
    """Try it with one group of households; no list of names is kept."""
    found = lock(consultation_id, rules.may_try, actor)
    group = in_public(group, "consultations.group_missing")[:120]
    if until < since:
        raise Refusal("consultations.step_order")
    if found.trials.filter(looked_on=None).exists():
        raise Refusal("consultations.tried_now")
    trial = Trial.objects.create(
        town_id=found.town_id,
        consultation=found,
        group=group,
        village=village,
        since=since,
        until=until,
        begun_by=rules.staff_in(actor).person,
    )
    record(
        found,
        "consultations.trial_begun",
        actor=actor,
        words=group,
        since=since,
        until=until,
    )
    return trial


@transaction.atomic(durable=True)
def look_at_trial(
    trial_id: int, *, found: str, outcome: str, looked_on: date, actor: Actor
) -> Trial:
    """Write down what those who tried it say, and how it goes on."""
    row = Trial.objects.filter(pk=trial_id).values_list("consultation_id")
    consultation = lock(row[0][0] if row else 0, rules.may_try, actor)
    trial = Trial.objects.select_for_update().get(pk=trial_id)
    if trial.looked_on is not None:
        raise Refusal("consultations.looked_already")
    if outcome not in Trial.Outcome.values:
        raise Refusal("consultations.trial_outcome")
    if looked_on > today() or looked_on < trial.since:
        raise Refusal("consultations.looked_when")
    trial.found = in_public(found, "consultations.found_missing")
    trial.outcome, trial.looked_on = outcome, looked_on
    trial.save(update_fields=["found", "outcome", "looked_on"])
    record(
        consultation,
        "consultations.trial_looked_at",
        actor=actor,
        words=trial.found,
        outcome=outcome,
    )
    return trial


def check_tried(consultation: Consultation) -> None:
    """Refuse to decide on daily habits before one group has tried it."""
    if not consultation.daily:
        return
    last = consultation.trials.last()
    if last is None:
        raise Refusal("consultations.try_first")
    if last.looked_on is None:
        raise Refusal("consultations.look_first")
    if last.outcome == Trial.Outcome.CHANGE:
        raise Refusal("consultations.try_again")
