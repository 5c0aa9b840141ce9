"""Categories and the list of duties: what an administrator changes for the future."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from django.db import transaction

from luoshi.commitments.duty_sheet import DutyRow
from luoshi.commitments.models import Category, DutyItem
from luoshi.core.actions import Brought, check_administrator
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.models import Organisation, Town
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record


@dataclass(frozen=True)
class CategoryTold:
    """What an administrator says of a category."""

    name: str
    term_amount: int
    term_unit: str
    urgent_amount: int
    urgent_unit: str
    organisation: Organisation | None = None
    duty: DutyItem | None = None
    runs_on: bool = False
    keywords: list[str] = field(default_factory=list)


FIELDS = tuple(one.name for one in fields(CategoryTold))


def _check_told(told: CategoryTold, but: int = 0) -> None:
    if Category.objects.filter(name=told.name).exclude(pk=but).exists():
        raise Refusal("core.name_taken", name=told.name)
    if min(told.term_amount, told.urgent_amount) < 1:
        raise Refusal("commitments.term_missing")


@transaction.atomic(durable=True)
def add_category(told: CategoryTold, *, actor: Staff) -> Category:
    """Add a category at the end of the list."""
    check_administrator(actor)
    _check_told(told)
    category = Category(
        town=actor.town,
        position=Category.objects.count(),
        **{name: getattr(told, name) for name in FIELDS},
    )
    category.save(force_insert=True)
    record(category, "commitments.category_added", actor=actor, name=told.name)
    return category


@transaction.atomic(durable=True)
def change_category(category_id: int, told: CategoryTold, *, actor: Staff) -> Category:
    """Change a category for what is dispatched from now on; no promise moves."""
    check_administrator(actor)
    category = Category.objects.select_for_update().get(pk=category_id)
    _check_told(told, but=category_id)
    changed: dict[str, Any] = {}
    for name in FIELDS:
        before, after = getattr(category, name), getattr(told, name)
        if before != after:
            changed[name] = (_shown(before), _shown(after))
            setattr(category, name, after)
    if not changed:
        return category
    category.save(update_fields=list(changed))
    record(
        category,
        "commitments.category_changed",
        actor=actor,
        category=category.name,
        **changed,
    )
    return category


def _shown(value: object) -> object:
    if isinstance(value, list):
        return "、".join(value)
    return value if isinstance(value, int | str | None) else str(value)


@transaction.atomic(durable=True)
def switch_category_off(category_id: int, *, actor: Staff) -> Category:
    """Offer a category no more; what has it keeps it."""
    check_administrator(actor)
    category = Category.objects.select_for_update().get(pk=category_id)
    if category.retired_at is None:
        category.retired_at = now()
        category.save(update_fields=["retired_at"])
        record(category, "commitments.category_off", actor=actor, name=category.name)
    return category


@transaction.atomic(durable=True)
def switch_category_on(category_id: int, *, actor: Staff) -> Category:
    """Offer a category again."""
    check_administrator(actor)
    category = Category.objects.select_for_update().get(pk=category_id)
    if category.retired_at is not None:
        category.retired_at = None
        category.save(update_fields=["retired_at"])
        record(category, "commitments.category_on", actor=actor, name=category.name)
    return category


DUTY_FIELDS = ("tier", "lead_body", "lead_phone", "source", "keywords")


@transaction.atomic(durable=True)
def bring_duties(rows: Iterable[DutyRow], *, actor: Staff) -> Brought:
    """Bring lines of the list of duties in; a title that is there is brought up.

    A line that the table does not name stays: counties publish the three lists apart.
    """
    check_administrator(actor)
    good = [row for row in rows if not row.fault]
    if not good:
        raise Refusal("core.nothing_to_bring")
    # One at a time: two lists at once could both add the same title.
    Town.objects.select_for_update().get(pk=actor.town.pk)
    known = {duty.title: duty for duty in DutyItem.objects.all()}
    fresh, changed = [], []
    for row in good:
        told = {name: getattr(row, name) for name in DUTY_FIELDS}
        duty = known.get(row.title)
        if duty is None:
            fresh.append(DutyItem(town=actor.town, title=row.title, **told))
        elif any(getattr(duty, name) != value for name, value in told.items()):
            for name, value in told.items():
                setattr(duty, name, value)
            changed.append(duty)
    DutyItem.objects.bulk_create(fresh)
    DutyItem.objects.bulk_update(changed, DUTY_FIELDS)
    brought = Brought(
        added=len(fresh),
        changed=len(changed),
        unchanged=len(good) - len(fresh) - len(changed),
        stayed=len(known.keys() - {row.title for row in good}),
    )
    if fresh or changed:
        record(
            actor.person,
            "commitments.duties_brought",
            actor=actor,
            added=brought.added,
            changed=brought.changed,
        )
    return brought


@transaction.atomic(durable=True)
def remove_duty(duty_id: int, *, actor: Staff) -> None:
    """Take a line off the list, unless a category names it."""
    check_administrator(actor)
    duty = DutyItem.objects.select_for_update().get(pk=duty_id)
    used = duty.categories.first()
    if used is not None:
        raise Refusal("commitments.duty_used", category=used.name)
    record(actor.person, "commitments.duty_removed", actor=actor, title=duty.title)
    duty.delete()
