"""Which words a town asks for, and who stands in for whom."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from luoshi.commitments.actions.base import person_of
from luoshi.commitments.models import Category, Deputy, PathRule
from luoshi.commitments.queries.approvals import ids_waiting_for
from luoshi.core.actions import check_administrator
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.models import Person, Town
from luoshi.core.notices import leave_notices
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.roles import ADMINISTRATOR
from luoshi.core.trail import record


@dataclass(frozen=True)
class Words:
    """Which words are asked for."""

    propose: bool = False
    instruct: bool = False
    sign: bool = False


@transaction.atomic(durable=True)
def set_path(
    category: Category | None, *, urgent: bool, words: Words, actor: Staff
) -> PathRule:
    """Say which words a kind of matter needs from now on; what waits goes its way."""
    check_administrator(actor)
    Town.objects.select_for_update().get(pk=actor.town.pk)
    rule, _made = PathRule.objects.get_or_create(
        town=actor.town, category=category, urgent=urgent
    )
    rule.propose, rule.instruct, rule.sign = words.propose, words.instruct, words.sign
    rule.save(update_fields=["propose", "instruct", "sign"])
    record(rule, "commitments.path_set", actor=actor, category=_name(category))
    return rule


@transaction.atomic(durable=True)
def remove_path(rule_id: int, *, actor: Staff) -> None:
    """Take a rule away; what falls under no other rule needs no word."""
    check_administrator(actor)
    rule = PathRule.objects.select_for_update().get(pk=rule_id)
    name = _name(rule.category)
    record(actor.person, "commitments.path_removed", actor=actor, category=name)
    rule.delete()


def _name(category: Category | None) -> str:
    return category.name if category else "*"


@transaction.atomic(durable=True)
def name_deputy(
    person_id: int, *, deputy_id: int, since: date, until: date, actor: Staff
) -> Deputy:
    """Name who acts for somebody: for oneself, or an administrator for anybody."""
    if person_id != actor.person.pk and not actor.has(ADMINISTRATOR):
        raise NotAllowed("commitments.not_your_deputy")
    # Under the person's lock: two at once could both name one for the same days.
    person = Person.objects.select_for_update().get(pk=person_id, left_at=None)
    deputy = Person.objects.get(pk=deputy_id, left_at=None)
    if person == deputy:
        raise Refusal("commitments.deputy_oneself")
    if until < since or until < today():
        raise Refusal("commitments.deputy_days")
    named = Deputy.objects.filter(Q(since__lte=until, until__gte=since))
    if named.filter(person=person, ended_at=None).exists():
        raise Refusal("commitments.deputy_named_already")
    row = Deputy.objects.create(
        town=actor.town,
        person=person,
        deputy=deputy,
        since=since,
        until=until,
        named_by=person_of(actor),
    )
    told: dict[str, Any] = {
        "person": person.name,
        "since": since.isoformat(),
        "until": until.isoformat(),
    }
    record(row, "commitments.deputy_named", actor=actor, deputy=deputy.name, **told)
    waiting = len(ids_waiting_for(person))
    code = "commitments.you_are_deputy"
    people = [one for one in (deputy,) if one != actor.person]
    leave_notices(row, code, people, count=waiting, **told)
    return row


@transaction.atomic(durable=True)
def end_deputy(deputy_id: int, *, actor: Staff) -> Deputy:
    """Say that somebody is back before the last day."""
    row = Deputy.objects.select_for_update().get(pk=deputy_id, ended_at=None)
    if row.person_id != actor.person.pk and not actor.has(ADMINISTRATOR):
        raise NotAllowed("commitments.not_your_deputy")
    row.ended_at = now()
    row.save(update_fields=["ended_at"])
    told = {"person": row.person.name, "deputy": row.deputy.name}
    record(row, "commitments.deputy_ended", actor=actor, **told)
    return row
