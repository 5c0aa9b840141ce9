"""The daily mail, and what is done about a notice that did not arrive."""

from django.db import transaction
from django_scopes import scope

from luoshi.commitments import rules
from luoshi.commitments.models import Commitment
from luoshi.commitments.models.commitment import LIVE_STATES
from luoshi.commitments.terms import calendar_of
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.models import Notice, Person, Town, User
from luoshi.core.notices import collect_digest, digest_time, try_again
from luoshi.core.notices.digest import untold
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record

KIND = Commitment._meta.label_lower


def leave_digests() -> int:
    """Leave the day's mail for each person who chose it; return how many."""
    count = 0
    for town in Town.objects.all():
        with scope(town=town):
            if now() >= digest_time(town, today()):
                count += _leave_in(town)
    return count


def _leave_in(town: Town) -> int:
    works = calendar_of(town).is_workday(today())
    chose = User.objects.filter(mail=User.Mail.DAILY, person__town=town)
    people = Person.objects.filter(
        account__in=chose.exclude(email=None), left_at=None
    ).exclude(notices__day=today())
    return sum(
        _leave_digest(person)
        for person in people.order_by("pk")
        if works or tells_of_red(person)
    )


@transaction.atomic(durable=True)
def _leave_digest(person: Person) -> int:
    # One at a time: two sweeps of a day find the first one's row.
    Person.objects.select_for_update().get(pk=person.pk)
    return collect_digest(person, today()) is not None


def tells_of_red(person: Person) -> bool:
    """Tell whether anything that waits to be told is overdue now."""
    about = untold(person).filter(subject_kind=KIND).values("subject_id")
    late = Commitment.objects.filter(
        pk__in=about, state__in=LIVE_STATES, paused=False, due_at__lt=now()
    )
    return late.exists()


@transaction.atomic(durable=True)
def send_again(notice_id: int, *, actor: Staff) -> Notice:
    """Put a notice that failed back into the outbox; the receiver's id stays."""
    notice, commitment = _lock_notice(notice_id, actor)
    if notice.person is None and notice.address is None:
        raise Refusal("commitments.notice_erased")
    if not try_again(notice):
        raise Refusal("commitments.notice_moved")
    record(commitment, "commitments.notice_again", actor=actor, channel=notice.channel)
    return notice


@transaction.atomic(durable=True)
def settle_notice(notice_id: int, *, actor: Staff) -> Notice:
    """Say that the person was told another way; the message is not sent any more."""
    notice, commitment = _lock_notice(notice_id, actor)
    moved = Notice.objects.filter(pk=notice.pk, state=Notice.State.FAILED).update(
        state=Notice.State.DROPPED, last_error="told", read_at=now()
    )
    if not moved:
        raise Refusal("commitments.notice_moved")
    record(commitment, "commitments.told_otherwise", actor=actor)
    return notice


def _lock_notice(notice_id: int, actor: Staff) -> tuple[Notice, Commitment]:
    """Return a notice of a matter that this person may see and follow up."""
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice_id)
    about = Commitment.objects.filter(pk=notice.subject_id)
    commitment = about.first() if notice.subject_kind == KIND else None
    if commitment is None or not rules.may_follow_notice(actor, commitment):
        raise NotAllowed("commitments.not_yours")
    return notice, commitment
