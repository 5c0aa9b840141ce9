"""Carries out the outbox: at least once, with leases and back-off."""

import json
import logging
import os
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.translation import override
from django_scopes import scopes_disabled

from luoshi.core.clock import now
from luoshi.core.models import Notice
from luoshi.core.notices.outbox import text_of
from luoshi.core.secrets import unseal

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8


def _to_inbox(notice: Notice) -> None:
    """Lie in the inbox already."""


def _to_sms_file(notice: Notice) -> None:
    """Append to the operator's file; the message id lets a gateway drop repeats."""
    place = f"core.notice:{notice.message_id}:address"
    assert notice.address is not None
    phone = unseal(notice.address, town_id=notice.town_id, place=place)
    with override(settings.LANGUAGE_CODE):
        line = {"id": str(notice.message_id), "to": phone, "text": text_of(notice)}
    folder = settings.DATA / "outbox"
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(
        folder / "sms.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600
    )
    with os.fdopen(descriptor, "a") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


ADAPTERS: dict[str, Callable[[Notice], None]] = {
    Notice.Channel.INBOX: _to_inbox,
    Notice.Channel.SMS: _to_sms_file,
}


def sweep(most: int = 100) -> int:
    """Send what waits; return how many went out."""
    with scopes_disabled():
        free = Q(leased_until=None) | Q(leased_until__lt=now())
        waiting = Notice.objects.filter(
            free, state=Notice.State.WAITING, not_before__lte=now()
        ).order_by("not_before")
        return sum(
            _send(pk) for pk in list(waiting.values_list("pk", flat=True)[:most])
        )


def _send(notice_id: int) -> int:
    """Claim one notice by a conditional update, send it, write down the outcome."""
    free = Q(leased_until=None) | Q(leased_until__lt=now())
    claimed = Notice.objects.filter(
        free, pk=notice_id, state=Notice.State.WAITING
    ).update(leased_until=now() + LEASE)
    if not claimed:
        return 0
    notice = Notice.objects.select_related("town", "person").get(pk=notice_id)
    try:
        ADAPTERS[notice.channel](notice)
    except Exception as error:
        logger.exception("Notice %s was not sent.", notice.message_id)
        _try_later(notice, error)
        return 0
    notice.state, notice.sent_at, notice.leased_until = "sent", now(), None
    notice.save(update_fields=["state", "sent_at", "leased_until"])
    return 1


def _try_later(notice: Notice, error: Exception) -> None:
    """Wait twice as long after each failure; give up after eight."""
    notice.attempts += 1
    notice.leased_until = None
    notice.last_error = f"{type(error).__name__}: {error}"[:200]
    notice.not_before = now() + timedelta(minutes=2**notice.attempts)
    if notice.attempts >= MOST_ATTEMPTS:
        notice.state = Notice.State.FAILED
    notice.save(
        update_fields=[
            "attempts",
            "leased_until",
            "last_error",
            "not_before",
            "state",
        ]
    )
