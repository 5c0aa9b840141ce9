"""The outbox: rows written in the transaction of the change they tell of."""

import uuid
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import Promise

from luoshi.core.clock import now
from luoshi.core.models import Notice, Person, Town, User
from luoshi.core.secrets import seal

_TEXTS: dict[str, Promise | str] = {}
_WORDS: dict[str, Promise | str] = {}


class Reach(StrEnum):
    """How far a notice to colleagues goes."""

    # In-app, by the mail that a person chose, and the group's robot.
    EVERYWHERE = "everywhere"
    # Without the robot: the group hears of a matter once, not for each colleague.
    OWN = "own"
    # In-app and in the daily mail, for what comes in heaps.
    INBOX = "inbox"


def register_notice_texts(texts: dict[str, Promise | str]) -> None:
    """Give each notice code its sentence; a code twice is a mistake."""
    for code, text in texts.items():
        if code in _TEXTS:
            raise ValueError(f"The notice {code} is registered twice.")
        _TEXTS[code] = text


def register_notice_words(words: dict[str, Promise | str]) -> None:
    """Say in few words what a notice tells, where its matter is named already."""
    _WORDS.update(words)


def text_of(notice: Notice) -> str:
    """Return what a notice says."""
    return str(_TEXTS[notice.code]) % notice.data


def words_of_notice(notice: Notice) -> str:
    """Return in few words what a notice tells; its whole text where there are none."""
    if notice.code in _WORDS:
        return str(_WORDS[notice.code]) % notice.data
    return text_of(notice)


def leave_notice(
    subject: models.Model,
    code: str,
    *,
    person: Person | None = None,
    phone: str = "",
    **data: Any,
) -> Notice:
    """Put one notice into the outbox: to a colleague, or to a phone."""
    if (person is None) == (not phone):
        raise ValueError("A notice goes to one person or to one phone.")
    if person is not None:
        return leave_notices(subject, code, [person], **data)[0]
    _check(code)
    row = _row(subject, code, Notice.Channel.SMS, None, phone, data)
    return Notice.objects.bulk_create([row])[0]


def leave_notices(
    subject: models.Model,
    code: str,
    people: Iterable[Person],
    *,
    reach: Reach = Reach.EVERYWHERE,
    **data: Any,
) -> list[Notice]:
    """Tell colleagues the same; who left is told nothing. In-app rows come first."""
    _check(code)
    here = {one.pk: one for one in people if one.left_at is None}
    rows = [
        _row(subject, code, channel, person, "", data)
        for channel, person in _ways(here, reach)
    ]
    return Notice.objects.bulk_create(rows)


def leave_messages(
    subject: models.Model, code: str, phones: Iterable[str], **data: Any
) -> list[Notice]:
    """Put the same message to many phones into the outbox, in their order."""
    _check(code)
    sms = Notice.Channel.SMS
    rows = [_row(subject, code, sms, None, phone, data) for phone in phones]
    return Notice.objects.bulk_create(rows, batch_size=500)


def _check(code: str) -> None:
    if code not in _TEXTS:
        raise ValueError(f"Register the notice {code} with its sentence first.")


def _ways(people: dict[int, Person], reach: Reach) -> list[tuple[str, Person]]:
    """Return where each colleague is told: in-app, and where it was switched on."""
    ways: list[tuple[str, Person]] = [
        (Notice.Channel.INBOX, person) for person in people.values()
    ]
    if not people or reach == Reach.INBOX:
        return ways
    if settings.MAIL_READY:
        mailed = User.objects.filter(person__in=people, mail=User.Mail.AT_ONCE)
        ids = mailed.exclude(email=None).order_by("pk")
        ways += [
            (Notice.Channel.EMAIL, people[pk])
            for pk in ids.values_list("person_id", flat=True)
            if pk is not None
        ]
    town_id = next(iter(people.values())).town_id
    robot = Town.objects.filter(pk=town_id).exclude(robot=None)
    if reach == Reach.EVERYWHERE and robot.exists():
        ways += [(Notice.Channel.WEBHOOK, person) for person in people.values()]
    return ways


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


def _about(subject: models.Model) -> models.QuerySet[Notice]:
    return Notice.objects.filter(
        subject_kind=subject._meta.label_lower, subject_id=subject.pk
    )


def forget_addresses(subject: models.Model) -> int:
    """Drop the telephones of notices about a thing; what waits or failed stays so."""
    about = _about(subject).exclude(address=None)
    about.exclude(state=Notice.State.SENT).update(
        state=Notice.State.DROPPED, last_error="erased", leased_until=None
    )
    return about.update(address=None)


def forget_titles(subject: models.Model, title: str) -> int:
    """Put another title where notices about a thing name it in a person's words."""
    told = [one for one in _about(subject) if "title" in one.data]
    for one in told:
        one.data["title"] = title
    return Notice.objects.bulk_update(told, ["data"], batch_size=200)
