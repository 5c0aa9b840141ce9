"""The trail: one entry for each change, its words apart, sealed in a chain."""

import hashlib
import json
import os
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from luoshi.core.actors import Actor
from luoshi.core.clock import SHANGHAI, now
from luoshi.core.models import Counter, Town, TrailContent, TrailEntry, TrailSeal
from luoshi.core.rows import insert_row
from luoshi.core.secrets import seal, unseal

GENESIS = "0" * 64
_SENTENCES: dict[str, Promise | str] = {}


def register_codes(sentences: dict[str, Promise | str]) -> None:
    """Give each code its sentence; a code twice is a mistake."""
    for code, sentence in sentences.items():
        if code in _SENTENCES:
            raise ValueError(f"The trail code {code} is registered twice.")
        _SENTENCES[code] = sentence


def is_registered(code: str) -> bool:
    """Tell whether a code has a sentence."""
    return code in _SENTENCES


def _plain(value: Any) -> Any:
    """Turn a value into what JSON keeps."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value


def digest_of_words(salt: bytes, words: str) -> str:
    return hashlib.sha256(salt + words.encode()).hexdigest()


def _place(entry: TrailEntry) -> str:
    return f"core.trailcontent:{entry.pk}:words"


def record(
    subject: models.Model, code: str, *, actor: Actor, words: str = "", **data: Any
) -> TrailEntry:
    """Write one entry beside the change that it tells of."""
    if code not in _SENTENCES:
        raise ValueError(f"Register the trail code {code} with its sentence first.")
    if not connection.in_atomic_block:
        raise RuntimeError("A trail entry is written in the change's transaction.")
    town_id: int = subject.pk if isinstance(subject, Town) else subject.town_id  # type: ignore[attr-defined]
    salt = os.urandom(16) if words else b""
    entry = insert_row(
        TrailEntry(
            town_id=town_id,
            code=code,
            subject_kind=subject._meta.label_lower,
            subject_id=subject.pk,
            at=now(),
            actor_kind=actor.kind,
            person=actor.person,
            data={name: _plain(value) for name, value in data.items()},
            content_digest=digest_of_words(salt, words) if words else "",
        )
    )
    if words:
        content_for(entry, salt, words).save(force_insert=True)
    return entry


def content_for(entry: TrailEntry, salt: bytes, words: str) -> TrailContent:
    """Return the words of a saved entry, encrypted and not yet saved."""
    cipher = seal(words, town_id=entry.town_id, place=_place(entry))
    return TrailContent(
        town_id=entry.town_id, entry=entry, salt=salt, ciphertext=cipher
    )


def entries_of(subject: models.Model) -> list[TrailEntry]:
    """Return what happened to a thing, newest first."""
    return list(
        TrailEntry.objects.filter(
            subject_kind=subject._meta.label_lower, subject_id=subject.pk
        )
        .select_related("person", "content")
        .order_by("-id")
    )


def who(entry: TrailEntry) -> str:
    """Name the one who acted."""
    if entry.person:
        return entry.person.name
    if entry.actor_kind == TrailEntry.Actor.RESIDENT:
        return _("The person who asked")
    return _("The system")


def sentence_of(entry: TrailEntry) -> str:
    """Say in one sentence what an entry tells."""
    data = {"actor": who(entry), **entry.data}
    return str(_SENTENCES[entry.code]) % data


def words_of(entry: TrailEntry) -> str:
    """Return the words of an entry, or that they were erased."""
    if not entry.content_digest:
        return ""
    content = getattr(entry, "content", None)
    if content is None:
        return _("(erased)")
    return unseal(content.ciphertext, town_id=entry.town_id, place=_place(entry))


def digest_of(entry: TrailEntry, sequence: int, previous: str) -> str:
    """Return the hash that seals an entry to the one before it."""
    facts = [
        previous,
        sequence,
        entry.pk,
        entry.town_id,
        entry.code,
        entry.subject_kind,
        entry.subject_id,
        entry.at.astimezone(SHANGHAI).isoformat(),
        entry.actor_kind,
        entry.person_id,
        entry.data,
        entry.content_digest,
    ]
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def head_of(town: Town) -> tuple[int, str]:
    """Return the chain's last number and hash; (0, zeros) for an empty one."""
    return _head(TrailSeal.objects.filter(town=town).order_by("-sequence").first())


def _head(newest: TrailSeal | None) -> tuple[int, str]:
    return (newest.sequence, newest.digest) if newest else (0, GENESIS)


# A transaction that took its ids early and ended late leaves entries behind the newest
# seal: so many ids back are looked through each time, and all of them once a day.
LOOK_BACK = 5000


def first_unsealed(town: Town) -> int | None:
    """Return the id of the oldest entry without a seal, wherever it lies."""
    waiting = TrailEntry.objects.filter(town=town, seal__isnull=True)
    return waiting.order_by("id").values_list("pk", flat=True).first()


@transaction.atomic(durable=True)
def seal_entries(town: Town, most: int = 2000, since: int | None = None) -> int:
    """Seal what has no seal yet, from an id on or near the newest; return how many."""
    # One sealer at a time: two would fork the chain.
    Counter.objects.get_or_create(town=town, name="trail")
    Counter.objects.select_for_update().get(town=town, name="trail")
    newest = TrailSeal.objects.filter(town=town).order_by("-sequence").first()
    sequence, previous = _head(newest)
    if since is None:
        since = newest.entry_id - LOOK_BACK if newest else 0
    waiting = TrailEntry.objects.filter(town=town, seal__isnull=True, pk__gte=since)
    waiting = waiting.order_by("id")
    seals = []
    for entry in waiting[:most]:
        sequence += 1
        previous, before = digest_of(entry, sequence, previous), previous
        seals.append(
            TrailSeal(
                town=town,
                sequence=sequence,
                entry=entry,
                previous=before,
                digest=previous,
            )
        )
    TrailSeal.objects.bulk_create(seals, batch_size=500)
    return len(seals)


def erase_words(entry_ids: Iterable[int]) -> int:
    """Delete the words of entries; the chain still holds by their digests."""
    return TrailContent.objects.filter(entry_id__in=list(entry_ids)).delete()[0]
