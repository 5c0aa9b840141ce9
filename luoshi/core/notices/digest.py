"""The daily mail: one row a person and day, and only where there is something."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.core.clock import SHANGHAI, now
from luoshi.core.models import Notice, Person, Town
from luoshi.core.notices.outbox import text_of, words_of_notice

CODE = "core.digest"
# A town's rule "digest_at" says otherwise.
DEFAULT_AT = "08:00"
# What lies longer than this was seen on the page, or is told by other ways.
SINCE = timedelta(days=7)
MOST_MATTERS = 40


def digest_time(town: Town, day: date) -> datetime:
    """Return from when the mail of a day goes out, in UTC."""
    at = time.fromisoformat(town.rules.get("digest_at", DEFAULT_AT))
    return datetime.combine(day, at, SHANGHAI)


def untold(person: Person) -> QuerySet[Notice]:
    """Return what a person has not put away and no daily mail told yet."""
    return person.notices.filter(
        channel=Notice.Channel.INBOX,
        read_at=None,
        digest=None,
        created_at__gte=now() - SINCE,
    )


@transaction.atomic(savepoint=False)
def collect_digest(person: Person, day: date) -> Notice | None:
    """Put what is untold into the mail of a day; None if there is nothing to tell.

    The one row a person and day is what keeps a queue from being flooded; the second
    sweep of the same day finds it and adds nothing.
    """
    if Notice.objects.filter(person=person, day=day).exists():
        return None
    told = list(untold(person).order_by("pk").values_list("pk", flat=True))
    if not told:
        return None
    row = Notice.objects.create(
        town_id=person.town_id,
        message_id=uuid.uuid4(),
        code=CODE,
        channel=Notice.Channel.EMAIL,
        person=person,
        subject_kind=person._meta.label_lower,
        subject_id=person.pk,
        day=day,
        not_before=now(),
        created_at=now(),
    )
    Notice.objects.filter(pk__in=told, digest=None).update(digest=row)
    return row


def held_by(digest: Notice) -> list[Notice]:
    """Return what a daily mail tells; what was put away meanwhile is left out."""
    return list(digest.holds.filter(read_at=None).order_by("pk"))


def digest_subject(digest: Notice, told: list[Notice]) -> str:
    """Name the town and how many matters there is news of."""
    count = len({_matter(one) for one in told})
    return ngettext(
        "%(town)s: news of %(count)d matter",
        "%(town)s: news of %(count)d matters",
        count,
    ) % {"town": digest.town.name, "count": count}


def digest_text(told: Iterable[Notice]) -> str:
    """Write what is told, matter by matter, the newest news first."""
    newest: dict[tuple[str, int], int] = {}
    rows = list(told)
    for one in rows:
        newest[_matter(one)] = one.pk
    rows.sort(key=lambda one: (-newest[_matter(one)], one.pk))
    parts = [_part(list(group)) for _key, group in groupby(rows, key=_matter)]
    left = len(parts) - MOST_MATTERS
    if left > 0:
        more = ngettext(
            "%(count)d more matter is on the page Today.",
            "%(count)d more matters are on the page Today.",
            left,
        )
        parts = [*parts[:MOST_MATTERS], more % {"count": left}]
    return "\n\n".join([*parts, _("What is yours to do is on the page Today.")])


def _matter(notice: Notice) -> tuple[str, int]:
    return notice.subject_kind, notice.subject_id


def _part(group: list[Notice]) -> str:
    """Write one matter: its number and title once, then what happened to it."""
    first = group[-1]
    if "number" not in first.data:
        return "\n".join(text_of(one) for one in group)
    head = f"{first.data['number']} {first.data.get('title', '')}".strip()
    # The same news twice is told once.
    lines = dict.fromkeys(words_of_notice(one) for one in group)
    return "\n".join([head, *(f"- {line}" for line in lines)])
