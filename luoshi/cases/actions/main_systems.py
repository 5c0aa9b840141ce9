"""What a town knows of its main systems: names of columns, words, the reply's form."""

from django.db import transaction

from luoshi.cases.models import MainSystem
from luoshi.cases.orders.reply import unknown_in_layout
from luoshi.cases.orders.systems import MEANINGS, NAMES, system_within
from luoshi.core.actors import Staff
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record

MOST_NAMES = 8


@transaction.atomic(durable=True)
def keep_columns(code: str, *, columns: dict[str, str], actor: Staff) -> MainSystem:
    """Keep what a system's export calls each thing, for this file and those to come."""
    system = _locked(code, actor)
    kept = dict(system.columns)
    for key, name in columns.items():
        if key in NAMES and name:
            others = [one for one in kept.get(key, []) if one != name]
            kept[key] = [name, *others][:MOST_NAMES]
            # A column is one thing: no other keeps it.
            for other in kept:
                if other != key:
                    kept[other] = [one for one in kept[other] if one != name]
    system.columns = {key: names for key, names in kept.items() if names}
    system.save(update_fields=["columns"])
    record(system, "cases.columns_kept", actor=actor, system=system.name)
    return system


@transaction.atomic(durable=True)
def change_main_system(
    code: str,
    *,
    name: str,
    calls_back: bool,
    callback_days: int | None,
    words: dict[str, list[str]],
    reply_layout: str,
    actor: Staff,
) -> MainSystem:
    """Change a system's name, what its words mean, and how a reply looks there."""
    system = _locked(code, actor)
    unknown = unknown_in_layout(reply_layout)
    if unknown:
        raise Refusal("cases.placeholder_unknown", named=unknown)
    if MainSystem.objects.filter(name=name).exclude(pk=system.pk).exists():
        raise Refusal("core.name_taken", name=name)
    system.name, system.calls_back = name, calls_back
    system.callback_days = callback_days if calls_back else None
    system.words = {meaning: words.get(meaning, []) for meaning in MEANINGS}
    system.reply_layout = reply_layout
    named = ("name", "calls_back", "callback_days", "words", "reply_layout")
    system.save(update_fields=named)
    record(system, "cases.system_changed", actor=actor, system=system.name)
    return system


def _locked(code: str, actor: Staff) -> MainSystem:
    system = system_within(actor.town, code)
    return MainSystem.objects.select_for_update().get(pk=system.pk)
