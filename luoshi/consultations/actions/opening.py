"""Letting a consultation begin: what must be there first, and who owes the answer."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.cases.actions import Own, open_own_within
from luoshi.cases.models import Case
from luoshi.commitments.actions.base import receiver_in
from luoshi.commitments.models import Commitment, Kind
from luoshi.consultations import rules
from luoshi.consultations.actions.base import in_public, lock
from luoshi.consultations.models import Consultation
from luoshi.consultations.tracks import OPEN, track_of
from luoshi.core.actors import Actor, Staff
from luoshi.core.clock import SHANGHAI, now, today
from luoshi.core.notices import leave_notices
from luoshi.core.refusals import Refusal
from luoshi.core.trail import record

# So many days after the last answer, what people said is answered.
ANSWER_DAYS = 30


@transaction.atomic(durable=True)
def open_for_answers(
    consultation_id: int,
    *,
    until: date,
    shorter_why: str = "",
    version: int,
    actor: Actor,
) -> Consultation:
    """Let people answer until the end of a day; from now on an answer is owed."""
    found = lock(consultation_id, rules.may_open, actor, version)
    staff = rules.staff_in(actor)
    _check_ready(found)
    found.shorter_why = _check_days(found, until, shorter_why)
    found.commitment = _owe_answer(found, until, staff)
    found.state, found.opens_at = Consultation.State.OPEN, now()
    found.closes_at = end_of(until)
    found.version += 1
    fields = ["state", "opens_at", "closes_at", "shorter_why", "commitment", "version"]
    found.save(update_fields=fields)
    record(
        found,
        "consultations.opened",
        actor=actor,
        words=found.shorter_why,
        until=until,
        title=found.title,
    )
    leave_notices(
        found,
        "consultations.opened",
        {found.made_by, found.commitment.owner} - {staff.person},
        number=found.commitment.number,
        title=found.title,
        until=until.isoformat(),
    )
    return found


def end_of(day: date) -> datetime:
    """Return the moment at which a day in China ends."""
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)


def _check_ready(consultation: Consultation) -> None:
    if not consultation.draft and not consultation.statements.exists():
        raise Refusal("consultations.draft_or_options")
    missing = consultation.steps.filter(before=OPEN, done_on=None)
    if missing:
        steps = "、".join(_(step.name) for step in missing)
        raise Refusal("consultations.steps_missing", steps=steps)


def _check_days(consultation: Consultation, until: date, why: str) -> str:
    """Return the public reason for fewer days; refuse too many, and none."""
    track, days = track_of(consultation.town, consultation.track), until - today()
    if days.days < 1:
        raise Refusal("consultations.day_past")
    if track.most_days is not None and days.days > track.most_days:
        raise Refusal("consultations.days_many", most=track.most_days)
    if days.days >= track.days:
        return ""
    if not why.strip():
        raise Refusal("consultations.days_few", least=track.days)
    return in_public(why, "commitments.reason_missing")[:300]


def _owe_answer(found: Consultation, until: date, actor: Staff) -> Commitment:
    """Open the commitment to answer in the hands of the office that asks."""
    own = Own(
        kind=Kind.CONSULTATION,
        channel=Case.Channel.ASKED,
        title=found.title,
        words=_(
            "What people said on “%(question)s” is answered, each with the reason, "
            "and the decision is published with the answers."
        )
        % {"question": found.question},
        organisation=found.office,
        person=receiver_in(found.office),
        until=until + timedelta(days=ANSWER_DAYS),
    )
    return open_own_within(own, actor=actor)
