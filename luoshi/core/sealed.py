"""Which fields hold ciphertexts, and moving them all to the present key."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django_scopes import scope, scopes_disabled

from luoshi.core.actors import OPERATOR
from luoshi.core.models import Notice, Town, TrailContent, User
from luoshi.core.notices.adapters import email_place, robot_place
from luoshi.core.secrets import key_of, present_key, rotate_key, seal, unseal
from luoshi.core.trail import record

BATCH = 200


@dataclass(frozen=True)
class SealedField:
    """A field of ciphertexts, the town and the place to which each is bound."""

    model: type[models.Model]
    name: str
    place: Callable[[Any], str]
    town_id: Callable[[Any], int]


_FIELDS: list[SealedField] = []


def _town_of(row: Any) -> int:
    return int(row.town_id)


def register_sealed(
    model: type[models.Model],
    name: str,
    place: Callable[[Any], str],
    town_id: Callable[[Any], int] = _town_of,
) -> None:
    """Make a field of ciphertexts known, so that a rotation reaches it."""
    _FIELDS.append(SealedField(model, name, place, town_id))


def sealed_fields() -> list[SealedField]:
    """Return every field of ciphertexts."""
    return list(_FIELDS)


def rotate(*, fresh: bool = True) -> dict[str, Any]:
    """Make a new key and seal everything with it; `fresh=False` finishes a rotation.

    Safe while the server runs: each row is changed only if it is still what was read,
    and what is not reached yet stays readable by its old key.
    """
    name = rotate_key() if fresh else present_key()
    count = sum(_reseal_field(one) for one in sealed_fields())
    with scopes_disabled():
        towns = list(Town.objects.all())
    for town in towns:
        _write_down(town, name)
    return {"key": name, "resealed": count}


@transaction.atomic(durable=True)
def _write_down(town: Town, key: str) -> None:
    with scope(town=town):
        record(town, "core.key_rotated", actor=OPERATOR, key=key)


def _reseal_field(sealed: SealedField) -> int:
    present, changed = present_key(), 0
    for row in _rows(sealed):
        old = bytes(getattr(row, sealed.name))
        if key_of(old) == present:
            continue
        town_id, place = sealed.town_id(row), sealed.place(row)
        plain = unseal(old, town_id=town_id, place=place)
        fresh = seal(plain, town_id=town_id, place=place)
        with scopes_disabled():
            same = sealed.model._default_manager.filter(pk=row.pk, **{sealed.name: old})
            changed += same.update(**{sealed.name: fresh})
    return changed


def _rows(sealed: SealedField) -> Iterator[Any]:
    """Yield rows that hold a ciphertext, by their id, some at a time."""
    last: Any = None
    while True:
        with scopes_disabled():
            rows = sealed.model._default_manager.exclude(**{sealed.name: None})
            if last is not None:
                rows = rows.filter(pk__gt=last)
            some = list(rows.order_by("pk")[:BATCH])
        if not some:
            return
        yield from some
        last = some[-1].pk


register_sealed(Notice, "address", lambda row: f"core.notice:{row.message_id}:address")
register_sealed(
    TrailContent, "ciphertext", lambda row: f"core.trailcontent:{row.entry_id}:words"
)
register_sealed(
    User,
    "email",
    email_place,
    lambda row: row.person.town_id if row.person else 0,
)
register_sealed(Town, "robot", robot_place, lambda row: row.pk)
register_sealed(
    User,
    "totp_secret",
    lambda row: f"core.user:{row.pk}:totp",
    lambda row: row.person.town_id if row.person else 0,
)
