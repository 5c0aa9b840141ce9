"""The outbox: rows written in the transaction of the change they tell of."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import Promise

from luoshi.core.clock import now
from luoshi.core.models import Notice, Person, Town, User
from luoshi.core.secrets import seal

_TEXTS: dict[str, Promise | str] = {}


def register_notice_texts(texts: dict[str, Promise | str]) -> None:
    """Give each notice code its sentence; a code twice is a mistake."""
    for code, text in texts.items():
        if code in _TEXTS:
            raise ValueError(f"The notice {code} is registered twice.")
        _TEXTS[code] = text


def text_of(notice: Notice) -> str:
    """Return what a notice says."""
    return str(_TEXTS[notice.code]) % notice.data


def leave_notice(
    subject: models.Model,
    code: str,
    *,
    person: Person | None = None,
    phone: str = "",
    **data: Any,
) -> Notice:
    """Put one notice into the outbox: to a colleague, or to a phone."""
    if code not in _TEXTS:
        raise ValueError(f"Register the notice {code} with its sentence first.")
    if (person is None) == (not phone):
        raise ValueError("A notice goes to one person or to one phone.")
    channels = _channels_of(person) if person else [Notice.Channel.SMS]
    rows = [_row(subject, code, one, person, phone, data) for one in channels]
    return Notice.objects.bulk_create(rows)[0]


def _channels_of(person: Person) -> list[str]:
    """Return where a colleague is told: in-app, and where that was switched on."""
    channels: list[str] = [Notice.Channel.INBOX]
    if settings.MAIL_READY and User.objects.filter(person=person).exclude(email=None):
        channels.append(Notice.Channel.EMAIL)
    if Town.objects.filter(pk=person.town_id).exclude(robot=None).exists():
        channels.append(Notice.Channel.WEBHOOK)
    return channels


def _row(
    subject: models.Model,
    code: str,
    channel: str,
    person: Person | None,
    phone: str,
    data: dict[str, Any],
) -> Notice:
    message_id, town_id = uuid.uuid4(), subject.town_id  # type: ignore[attr-defined]
    place = f"core.notice:{message_id}:address"
    return Notice(
        town_id=town_id,
        message_id=message_id,
        code=code,
        channel=channel,
        person=person,
        address=seal(phone, town_id=town_id, place=place) if phone else None,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        data=data,
        not_before=now(),
        created_at=now(),
    )


def inbox_of(person: Person, most: int = 20) -> list[Notice]:
    """Return what a person was told and has not put away, newest first."""
    told = person.notices.filter(read_at=None, channel=Notice.Channel.INBOX)
    return list(told.order_by("-id")[:most])


def mark_read(person: Person, notice_ids: list[int]) -> int:
    """Put notices away."""
    return person.notices.filter(pk__in=notice_ids).update(read_at=now())


def forget_addresses(subject: models.Model) -> int:
    """Drop the telephones of notices about a thing; what waits is not sent."""
    about = Notice.objects.filter(
        subject_kind=subject._meta.label_lower, subject_id=subject.pk
    ).exclude(address=None)
    about.filter(state=Notice.State.WAITING).update(
        state=Notice.State.FAILED, last_error="erased", leased_until=None
    )
    return about.update(address=None)
