"""Parts: one matter for several offices; one leads, each part has its own clock."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from luoshi.commitments import rules
from luoshi.commitments.actions.base import (
    check,
    lock_commitment,
    move_commitment,
    people_with,
    receiver_in,
    required,
    tell,
    tell_whole,
)
from luoshi.commitments.actions.ending import end_within
from luoshi.commitments.hooks import tell_changed
from luoshi.commitments.models import Commitment, Ending, Hop, Pause, State
from luoshi.commitments.models.commitment import Visibility
from luoshi.commitments.terms import (
    apply_due,
    count_due,
    span_of,
    whole_term,
    within_whole,
)
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.models import Organisation, Person
from luoshi.core.refusals import Refusal
from luoshi.core.roles import INSPECTOR
from luoshi.core.trail import record
from luoshi.core.worktime import Span, Unit

MOST_DAYS = 60


@transaction.atomic(savepoint=False)
def open_part_within(
    lead_id: int,
    *,
    organisation_id: int,
    title: str,
    asked: str,
    actor: Actor,
    workdays: int | None = None,
    version: int | None = None,
) -> Commitment:
    """Give another office a part; without workdays it is due with the whole."""
    lead = lock_commitment(lead_id, version)
    check(rules.may_add_part, actor, lead, "add_part")
    title = required(title, "commitments.part_title_missing")[:120]
    asked = required(asked, "commitments.words_missing")
    organisation = Organisation.objects.get(pk=organisation_id, closed_at=None)
    if organisation.pk == lead.owner_organisation_id:
        raise Refusal("commitments.other_office_missing")
    if lead.due_at <= now():
        raise Refusal("commitments.part_late_already")
    part = _new_part(lead, title, organisation, workdays)
    _save_part(part)
    move_commitment(lead, "add_part")
    office = organisation.name
    record(
        lead,
        "commitments.part_added",
        actor=actor,
        words=f"{title}\n{asked}",
        office=office,
        number=part.number,
    )
    record(
        part,
        "commitments.part_given",
        actor=actor,
        office=office,
        person=part.owner.name,
        due_at=part.due_at,
    )
    tell(part, "commitments.given_to_you", part.owner, actor=actor)
    tell(lead, "commitments.part_added", lead.owner, actor=actor)
    return part


def _new_part(
    lead: Commitment, title: str, organisation: Organisation, workdays: int | None
) -> Commitment:
    """Return a part, not yet saved; those who see the whole see it, nobody else."""
    sealed = lead.visibility == Visibility.SEALED
    term, at = _term(lead, workdays), now()
    part = Commitment(
        town=lead.town,
        kind=lead.kind,
        number=f"{lead.number}-{lead.children.count() + 1}",
        title=title,
        village=lead.village,
        category=lead.category,
        visibility=Visibility.SEALED if sealed else Visibility.INTERNAL,
        urgent=lead.urgent,
        state=State.ASSIGNED,
        owner_organisation=organisation,
        owner=receiver_in(organisation),
        # The resident waits since the first word; the part is counted from today.
        started_at=lead.started_at,
        counted_from=at,
        assigned_at=at,
        term_amount=term.amount,
        term_unit=term.unit,
        parent=lead,
    )
    due = count_due(lead.town, at, term)
    if workdays is not None and due.due_at > lead.due_at:
        raise Refusal("commitments.part_after_whole")
    due = within_whole(due, part)
    part.yellow_at, part.due_at = due.yellow_at, due.due_at
    return part


def _term(lead: Commitment, workdays: int | None) -> Span:
    """Return the part's own term, or the whole's where none was named."""
    if workdays is None:
        return whole_term(lead)
    if not 1 <= workdays <= MOST_DAYS:
        raise Refusal("commitments.part_days", most=MOST_DAYS)
    return span_of((workdays, Unit.WORKDAYS))


def _save_part(part: Commitment) -> None:
    part.save(force_insert=True)
    Hop.objects.create(
        town_id=part.town_id,
        commitment=part,
        organisation=part.owner_organisation,
        person=part.owner,
        since=part.counted_from,
    )
    tell_changed(part)


@transaction.atomic(durable=True)
def drop_part(
    commitment_id: int, *, reason: str, actor: Actor, version: int | None = None
) -> Commitment:
    """Say that a part is no longer needed; the whole goes on without it."""
    part = lock_commitment(commitment_id, version)
    check(rules.may_drop_part, actor, part, "drop_part")
    reason = required(reason, "commitments.reason_missing")
    end_within(part, "drop_part", Ending.DROPPED, words=reason)
    record(part, "commitments.dropped", actor=actor, words=reason)
    tell_whole(part, "commitments.part_dropped", actor=actor)
    tell(part, "commitments.dropped", part.owner, actor=actor)
    return part


def reviewers_of(commitment: Commitment) -> list[Person]:
    """Return who is told that there is something to accept."""
    whole = commitment.parent
    # Who did it accepts it nowhere, so that then an inspector must.
    if whole is None or whole.owner_id in (commitment.done_by_id, commitment.owner_id):
        return people_with(INSPECTOR)
    return [whole.owner]


@transaction.atomic(savepoint=False)
def keep_parts_within(lead: Commitment, *, actor: Actor) -> None:
    """Count the open parts anew after the whole's day moved: none is due later."""
    parts = lead.children.select_for_update().exclude(state=State.CLOSED)
    # What stands for an emergency is counted when that is over.
    stands = Pause.objects.filter(
        commitment=OuterRef("pk"), until=None, emergency__isnull=False
    )
    parts = parts.filter(~Exists(stands))
    for part in parts.order_by("pk"):
        part.parent, before = lead, part.due_at
        fields = apply_due(part)
        if part.due_at == before:
            continue
        part.version += 1
        part.save(update_fields=[*fields, "version"])
        tell_changed(part)
        dues = (before, part.due_at)
        record(part, "commitments.part_day_moved", actor=actor, due_at=dues)
        tell(part, "commitments.part_day_moved", part.owner, actor=actor)
