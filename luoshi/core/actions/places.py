"""The town's settings, villages, offices and calendar."""

import re
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db import transaction

from luoshi.core.actions.people import check_administrator
from luoshi.core.actors import Staff
from luoshi.core.models import DayOverride, Organisation, Town, Village, VillageGroup
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record

CHANGEABLE = ("name", "phone", "phone_hours", "colour")
DIVIDERS = re.compile(r"[\s、，,;；]+")


@transaction.atomic(durable=True)
def change_town(*, actor: Staff, **values: str) -> Town:
    """Change what a town says of itself."""
    check_administrator(actor)
    town = Town.objects.select_for_update().get(pk=actor.town.pk)
    changed: dict[str, Any] = {
        name: (getattr(town, name), value)
        for name, value in values.items()
        if name in CHANGEABLE and getattr(town, name) != value
    }
    for name, (_before, value) in changed.items():
        setattr(town, name, value)
    town.full_clean()
    town.save(update_fields=list(changed))
    record(actor.person, "core.town_changed", actor=actor, **changed)
    cache.delete(f"town:{town.code}")
    return town


@transaction.atomic(durable=True)
def add_village(*, name: str, actor: Staff) -> Village:
    """Add a village at the end of the list."""
    check_administrator(actor)
    name = name.strip()
    if Village.objects.filter(name=name).exists():
        raise Refusal("core.name_taken", name=name)
    village = Village.objects.create(
        town=actor.town, name=name, position=Village.objects.count()
    )
    record(village, "core.village_added", actor=actor, name=name)
    return village


@transaction.atomic(durable=True)
def add_groups(*, village_id: int, names: str, actor: Staff) -> list[VillageGroup]:
    """Add groups to a village; several names are divided by commas or spaces."""
    check_administrator(actor)
    village = Village.objects.select_for_update().get(pk=village_id)
    told = list(dict.fromkeys(filter(None, DIVIDERS.split(names))))
    if not told:
        raise Refusal("core.group_missing")
    taken = village.groups.filter(name__in=told).first()
    if taken is not None:
        raise Refusal("core.name_taken", name=taken.name)
    groups = [
        VillageGroup.objects.create(town=actor.town, village=village, name=name)
        for name in told
    ]
    record(
        village,
        "core.groups_added",
        actor=actor,
        names="、".join(told),
        village=village.name,
    )
    return groups


@transaction.atomic(durable=True)
def add_office(*, name: str, kind: str, phone: str, actor: Staff) -> Organisation:
    """Add an office, a station or a village committee."""
    check_administrator(actor)
    name = name.strip()
    if Organisation.objects.filter(name=name).exists():
        raise Refusal("core.name_taken", name=name)
    office = Organisation.objects.create(
        town=actor.town,
        name=name,
        kind=kind,
        phone=phone,
        position=Organisation.objects.count(),
    )
    record(office, "core.office_added", actor=actor, name=name)
    return office


@transaction.atomic(durable=True)
def set_day(*, day: date, is_workday: bool, reason: str, actor: Staff) -> DayOverride:
    """Say that the town works or rests on a day, whatever the state's calendar says."""
    check_administrator(actor)
    override, _made = DayOverride.objects.update_or_create(
        town=actor.town, day=day, defaults={"is_workday": is_workday, "reason": reason}
    )
    record(
        override,
        "core.day_set",
        actor=actor,
        words=reason,
        day=day.isoformat(),
        works=is_workday,
    )
    cache.delete(f"calendar:{actor.town.pk}")
    return override
