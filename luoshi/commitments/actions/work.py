"""Taking, doing, helping, handing in, accepting and sending back."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from luoshi.commitments import rules
from luoshi.commitments.actions.asking import ask_within, next_stage
from luoshi.commitments.actions.base import (
    check,
    check_no_part_open,
    lock_commitment,
    move_commitment,
    people_of,
    person_of,
    put_in_hands,
    receiver_in,
    required,
    tell,
    tell_each,
    tell_whole,
)
from luoshi.commitments.actions.drawing import draw_within
from luoshi.commitments.actions.ending import end_within
from luoshi.commitments.actions.parts import reviewers_of
from luoshi.commitments.adapters import Judge, judge_of
from luoshi.commitments.models import (
    Commitment,
    Ending,
    Evidence,
    Review,
    Sample,
    Stage,
    State,
    Support,
)
from luoshi.commitments.terms import calendar_of, span_of
from luoshi.core.actors import Actor, Staff
from luoshi.core.clock import now
from luoshi.core.files import keep_files
from luoshi.core.models import Organisation
from luoshi.core.notices import Reach
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.core.worktime import due_at

Uploads = Iterable[UploadedFile]


@transaction.atomic(durable=True)
def take_commitment(
    commitment_id: int, *, actor: Actor, version: int | None = None
) -> Commitment:
    """Take what was given to one's office; from now on this person answers."""
    commitment = lock_commitment(commitment_id, version)
    check(rules.may_take, actor, commitment, "take")
    person = person_of(actor)
    fields: tuple[str, ...] = ()
    if person.pk != commitment.owner_id:
        fields = put_in_hands(commitment, commitment.owner_organisation, person, now())
    move_commitment(commitment, "take", *fields)
    record(commitment, "commitments.taken", actor=actor)
    colleagues = people_of(commitment.owner_organisation_id)
    took = ("commitments.colleague_took", colleagues, Reach.OWN)
    tell_each(commitment, took, actor=actor, holder=person.name)
    return commitment


@transaction.atomic(durable=True)
def report_progress(
    commitment_id: int,
    *,
    words: str,
    actor: Actor,
    uploads: Uploads = (),
    version: int | None = None,
) -> Commitment:
    """Say what was done or found on the way; the resident reads it."""
    commitment = lock_commitment(commitment_id, version)
    check(rules.may_work, actor, commitment, "progress")
    words = required(words, "commitments.words_missing")
    move_commitment(commitment, "progress")
    entry = record(commitment, "commitments.progress", actor=actor, words=words)
    keep_files(uploads, owner=commitment, purpose=f"step-{entry.pk}", actor=actor)
    return commitment


@transaction.atomic(durable=True)
def ask_support(
    commitment_id: int,
    *,
    organisation_id: int,
    asked: str,
    workdays: int,
    actor: Actor,
) -> Commitment:
    """Ask another office for help, with a clock of its own."""
    commitment = lock_commitment(commitment_id)
    check(rules.may_work, actor, commitment, "ask_support")
    asked = required(asked, "commitments.words_missing")
    if not 1 <= workdays <= 30:
        raise Refusal("commitments.support_days")
    organisation = Organisation.objects.get(pk=organisation_id, closed_at=None)
    if organisation.pk == commitment.owner_organisation_id:
        raise Refusal("commitments.other_office_missing")
    receiver = receiver_in(organisation)
    ends = due_at(now(), span_of((workdays, "workdays")), calendar_of(commitment.town))
    Support.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        organisation=organisation,
        person=receiver,
        asked=asked,
        asked_by=person_of(actor),
        asked_at=now(),
        due_at=ends,
    )
    move_commitment(commitment, "ask_support")
    record(
        commitment,
        "commitments.support_asked",
        actor=actor,
        words=asked,
        office=organisation.name,
    )
    tell(commitment, "commitments.support_asked", receiver, actor=actor)
    return commitment


@transaction.atomic(durable=True)
def answer_support(
    support_id: int, *, answer: str, interim: bool, actor: Actor
) -> Support:
    """Answer the owner, or say why not yet."""
    commitment_id = Support.objects.values_list("commitment_id", flat=True).get(
        pk=support_id
    )
    commitment = lock_commitment(commitment_id)
    support = Support.objects.select_related("organisation").get(pk=support_id)
    if (
        not isinstance(actor, Staff)
        or support.organisation_id not in actor.organisations
    ):
        raise NotAllowed("commitments.not_yours")
    if support.answered_at and not support.interim:
        raise Refusal("commitments.answered_already")
    support.answer = required(answer, "commitments.words_missing")
    support.answered_at, support.interim = now(), interim
    support.save(update_fields=["answer", "answered_at", "interim"])
    code = "commitments.support_interim" if interim else "commitments.support_given"
    record(
        commitment,
        code,
        actor=actor,
        words=support.answer,
        office=support.organisation.name,
    )
    tell(commitment, "commitments.support_answered", commitment.owner, actor=actor)
    return support


@transaction.atomic(durable=True)
def submit_commitment(
    commitment_id: int,
    *,
    words: str,
    actor: Actor,
    uploads: Uploads = (),
    version: int | None = None,
) -> Commitment:
    """Hand in what shows that it is done, for somebody else to accept."""
    commitment = lock_commitment(commitment_id, version)
    check(rules.may_submit, actor, commitment, "submit")
    words = required(words, "commitments.evidence_missing")
    if commitment.supports.filter(answered_at__isnull=True).exists():
        raise Refusal("commitments.support_open")
    check_no_part_open(commitment)
    person = person_of(actor)
    evidence = Evidence.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        words=words,
        by=person,
        at=now(),
        round=commitment.reopened,
    )
    keep_files(uploads, owner=evidence, purpose="after", actor=actor)
    commitment.submitted_at, commitment.done_by = now(), person
    move_commitment(commitment, "submit", "submitted_at", "done_by")
    signing = next_stage(commitment, Stage.SIGN)
    if signing is not None:
        # Not what the resident reads: the answer has not left yet.
        record(commitment, "commitments.written", actor=actor, words=words)
        ask_within(commitment, signing, evidence=evidence, actor=actor)
        return commitment
    record(commitment, "commitments.submitted", actor=actor, words=words)
    tell(commitment, "commitments.to_accept", *reviewers_of(commitment), actor=actor)
    return commitment


@transaction.atomic(durable=True)
def accept_commitment(
    commitment_id: int, *, actor: Actor, words: str = "", version: int | None = None
) -> Commitment:
    """Accept somebody else's work; then the judges are asked, or it closes."""
    commitment = lock_commitment(commitment_id, version)
    check_not_own(actor, commitment)
    check(rules.may_review, actor, commitment, "accept")
    review_within(commitment, actor, accepted=True, words=words)
    commitment.accepted_at, commitment.accepted_by = now(), person_of(actor)
    move_commitment(commitment, "accept", "accepted_at", "accepted_by")
    record(commitment, "commitments.accepted", actor=actor, words=words)
    if judge_of(commitment) == Judge.NONE:
        end_within(commitment, "close", Ending.ACCEPTED)
        tell_whole(commitment, "commitments.part_done", actor=actor)
    else:
        move_commitment(commitment, "ask_judges")
    draw_within(commitment, Sample.Why.WORK)
    tell(commitment, "commitments.accepted", commitment.owner, actor=actor)
    return commitment


def check_not_own(actor: Actor, commitment: Commitment) -> None:
    """Say plainly that nobody accepts their own work."""
    if isinstance(actor, Staff) and rules.did_work(actor, commitment):
        raise NotAllowed("commitments.own_work")


def review_within(
    commitment: Commitment, actor: Actor, *, accepted: bool, words: str
) -> Review:
    """Write down who looked at the work and what came of it."""
    return Review.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        by=person_of(actor),
        at=now(),
        accepted=accepted,
        words=words[:500],
        sampled=commitment.state == State.AWAITING,
    )


@transaction.atomic(durable=True)
def send_back_commitment(
    commitment_id: int, *, reason: str, actor: Actor, version: int | None = None
) -> Commitment:
    """Send handed-in or sampled work back to be done again."""
    commitment = lock_commitment(commitment_id, version)
    check_not_own(actor, commitment)
    rule = rules.may_sample if commitment.state == State.AWAITING else rules.may_review
    check(rule, actor, commitment, "send_back")
    reason = required(reason, "commitments.reason_missing")
    review_within(commitment, actor, accepted=False, words=reason)
    commitment.samples.filter(why=Sample.Why.WORK, looked_at=None).update(
        found=Sample.Found.BACK,
        words=reason[:500],
        looked_at=now(),
        looked_by=person_of(actor),
    )
    move_commitment(commitment, "send_back")
    record(commitment, "commitments.sent_back", actor=actor, words=reason)
    tell(commitment, "commitments.sent_back", commitment.owner, actor=actor)
    return commitment
