"""From the last answer to the decision: nothing is published that is not answered."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_scopes import scope

from luoshi.commitments.actions.base import people_with
from luoshi.commitments.terms import calendar_of
from luoshi.consultations import rules
from luoshi.consultations.actions.base import in_public, lock, lock_with
from luoshi.consultations.actions.trying import check_tried
from luoshi.consultations.models import Answer, Consultation, Statement, StepDone
from luoshi.consultations.queries import to_answer, unanswered
from luoshi.core.actors import SCHEDULER, Actor, Staff
from luoshi.core.clock import now, today
from luoshi.core.models import Town
from luoshi.core.notices import leave_notices
from luoshi.core.refusals import Refusal
from luoshi.core.roles import LEADER
from luoshi.core.trail import record

State = Consultation.State


@transaction.atomic(durable=True)
def close_consultation(consultation_id: int, *, why: str, actor: Actor) -> Consultation:
    """Take no more answers; before its day only with a reason that everybody reads."""
    found = lock(consultation_id, rules.may_close, actor)
    if found.closes_at is not None and now() < found.closes_at:
        why = in_public(why, "consultations.early_why")
        found.shorter_why = why[:300]
        found.closes_at = now()
        found.save(update_fields=["shorter_why", "closes_at"])
    return _close(found, actor, why)


def _close(found: Consultation, actor: Actor, why: str = "") -> Consultation:
    found.state, found.closed_at = State.CLOSED, now()
    found.version += 1
    found.save(update_fields=["state", "closed_at", "version"])
    record(found, "consultations.closed", actor=actor, words=why)
    assert found.commitment is not None
    people = {found.made_by, found.commitment.owner}
    leave_notices(
        found,
        "consultations.closed",
        {one for one in people if one != actor.person},
        number=found.commitment.number,
        title=found.title,
        count=to_answer(found).count(),
    )
    return found


def close_where_due() -> int:
    """Close in each town what has reached its day; return how many."""
    count = 0
    for town in Town.objects.all():
        with scope(town=town):
            due = Consultation.objects.filter(state=State.OPEN, closes_at__lte=now())
            for pk in list(due.values_list("pk", flat=True)):
                count += _close_one(pk)
    return count


@transaction.atomic(durable=True)
def _close_one(consultation_id: int) -> bool:
    rows = Consultation.objects.select_for_update(of=("self",))
    related = rows.select_related("made_by", "commitment")
    found = related.filter(pk=consultation_id, state=State.OPEN).first()
    if found is None:
        return False
    _close(found, SCHEDULER)
    return True


@transaction.atomic(durable=True)
def answer_statement(
    statement_id: int, *, outcome: str, why: str, actor: Actor
) -> Answer:
    """Say what was done with a statement, and why; can be bettered until published."""
    consultation, said = lock_with(statement_id, rules.may_answer, actor)
    if said.state not in (Statement.State.PUBLISHED, Statement.State.REPLACED):
        raise Refusal("consultations.not_there")
    if outcome not in Answer.Outcome.values:
        raise Refusal("consultations.outcome_missing")
    why = in_public(why, "consultations.why_missing")
    known = Answer.objects.filter(statement=said).first()
    before = known.outcome if known else ""
    answer = known or Answer(town_id=consultation.town_id, statement=said)
    answer.outcome, answer.why = outcome, why
    answer.at, answer.by = now(), rules.staff_in(actor).person
    if known:
        answer.save(update_fields=["outcome", "why", "at", "by"])
    else:
        answer.save(force_insert=True)
    record(
        said,
        "consultations.answered",
        actor=actor,
        words=why,
        number=said.number,
        outcome=(before, outcome),
    )
    return answer


@transaction.atomic(durable=True)
def record_step(
    step_id: int,
    *,
    begun_on: date | None = None,
    done_on: date,
    words: str,
    actor: Actor,
) -> StepDone:
    """Write down that a step of the track was taken, when and by what paper."""
    row = StepDone.objects.filter(pk=step_id).values_list("consultation_id")
    found = lock(row[0][0] if row else 0, rules.may_record_step, actor)
    step = StepDone.objects.select_for_update().get(pk=step_id)
    if done_on > today():
        raise Refusal("consultations.step_ahead")
    if step.workdays:
        _check_workdays(found, step, begun_on, done_on)
    if begun_on is not None and begun_on > done_on:
        raise Refusal("consultations.step_order")
    step.words = in_public(words, "consultations.step_paper")[:300]
    step.begun_on, step.done_on = begun_on, done_on
    step.recorded_at, step.recorded_by = now(), rules.staff_in(actor).person
    fields = ["words", "begun_on", "done_on", "recorded_at", "recorded_by"]
    step.save(update_fields=fields)
    record(
        found,
        "consultations.step_taken",
        actor=actor,
        words=step.words,
        step=step.told,
        done_on=done_on,
    )
    return step


def _check_workdays(
    found: Consultation, step: StepDone, begun_on: date | None, done_on: date
) -> None:
    if begun_on is None:
        raise Refusal("consultations.step_begun", days=step.workdays)
    calendar = calendar_of(found.town)
    span = range((done_on - begun_on).days + 1)
    days = sum(calendar.is_workday(begun_on + timedelta(days=one)) for one in span)
    if days < step.workdays:
        raise Refusal("consultations.step_short", days=days, least=step.workdays)


@transaction.atomic(durable=True)
def publish_decision(
    consultation_id: int, *, decision: str, version: int, actor: Actor
) -> Consultation:
    """Publish what was decided with every answer; what is owed blocks it."""
    found = lock(consultation_id, rules.may_publish, actor, version)
    staff: Staff = rules.staff_in(actor)
    _check_answered(found)
    found.decision = in_public(decision, "consultations.decision_missing")
    found.state, found.published_at = State.PUBLISHED, now()
    found.published_by, found.version = staff.person, found.version + 1
    fields = ["state", "decision", "published_at", "published_by", "version"]
    found.save(update_fields=fields)
    record(found, "consultations.published", actor=actor, title=found.title)
    assert found.commitment is not None
    leave_notices(
        found,
        "consultations.published",
        {found.made_by, found.commitment.owner} - {staff.person},
        number=found.commitment.number,
        title=found.title,
    )
    return found


def _check_answered(found: Consultation) -> None:
    unseen = (Statement.State.WAITING, Statement.State.HELD)
    waiting = found.statements.filter(state__in=unseen).count()
    if waiting:
        raise Refusal("consultations.not_looked_at", count=waiting)
    owed = list(unanswered(found))
    if owed:
        numbers = "、".join(str(one.number) for one in owed)
        raise Refusal("consultations.unanswered", count=len(owed), numbers=numbers)
    missing = found.steps.filter(done_on=None)
    if missing:
        steps = "、".join(_(step.name) for step in missing)
        raise Refusal("consultations.steps_missing", steps=steps)
    check_tried(found)


@transaction.atomic(durable=True)
def stop_consultation(consultation_id: int, *, why: str, actor: Actor) -> Consultation:
    """Stop one that should not go on; who answered reads why."""
    found = lock(consultation_id, rules.may_stop, actor)
    found.stopped_why = in_public(why, "commitments.reason_missing")[:300]
    before, found.state = found.state, State.STOPPED
    found.version += 1
    found.save(update_fields=["state", "stopped_why", "version"])
    record(found, "consultations.stopped", actor=actor, words=why, was=before)
    return found


def remind_to_ask_again() -> int:
    """Tell once, a year after the decision, that the same people can be asked again."""
    count = 0
    for town in Town.objects.all():
        with scope(town=town):
            for pk in list(_due_again().values_list("pk", flat=True)):
                count += _remind_one(pk)
    return count


def _due_again() -> QuerySet[Consultation]:
    old = now() - timedelta(days=365)
    rows = Consultation.objects.filter(state=State.PUBLISHED, published_at__lte=old)
    return rows.filter(evaluations=None, again_told_at=None)


@transaction.atomic(durable=True)
def _remind_one(consultation_id: int) -> bool:
    rows = Consultation.objects.select_for_update(of=("self",))
    related = rows.select_related("made_by", "commitment__owner")
    found = related.filter(pk=consultation_id, again_told_at=None).first()
    if found is None:
        return False
    found.again_told_at = now()
    found.save(update_fields=["again_told_at"])
    record(found, "consultations.to_ask_again", actor=SCHEDULER)
    assert found.commitment is not None
    people = [found.made_by, found.commitment.owner, *people_with(LEADER)]
    leave_notices(
        found,
        "consultations.to_ask_again",
        {one.pk: one for one in people}.values(),
        number=found.commitment.number,
        title=found.title,
    )
    return True
