"""Carries out the outbox: at least once, with leases and back-off."""

import logging
from datetime import timedelta

from django.db.models import Q, QuerySet
from django_scopes import scopes_disabled

from luoshi.core.clock import now
from luoshi.core.models import Notice
from luoshi.core.notices.adapters import ADAPTERS, NotNeeded
from luoshi.core.partial import written_out

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8
WAITING_INDEX = written_out('"core_notice"."state" = \'waiting\'')


def sweep(most: int = 100) -> int:
    """Send what waits; return how many went out."""
    with scopes_disabled():
        rows = list(waiting_notices().values_list("pk", flat=True)[:most])
        return sum(_send(pk) for pk in rows)


def waiting_notices() -> QuerySet[Notice]:
    """Return what may be sent now, of all towns, the longest waiting first."""
    free = Q(leased_until=None) | Q(leased_until__lt=now())
    return Notice.objects.filter(
        WAITING_INDEX, free, state=Notice.State.WAITING, not_before__lte=now()
    ).order_by("not_before")


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
        if notice.person and notice.person.left_at is not None:
            raise NotNeeded("left")
        ADAPTERS[notice.channel](notice)
    except NotNeeded as reason:
        _drop(notice, str(reason))
        return 0
    except Exception as error:
        logger.exception("Notice %s was not sent.", notice.message_id)
        _try_later(notice, error)
        return 0
    notice.state, notice.sent_at, notice.leased_until = "sent", now(), None
    notice.save(update_fields=["state", "sent_at", "leased_until"])
    return 1


def _drop(notice: Notice, reason: str) -> None:
    """Leave it unsent for good, and say why."""
    notice.state, notice.last_error = Notice.State.DROPPED, reason
    notice.leased_until = None
    notice.save(update_fields=["state", "last_error", "leased_until"])


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
