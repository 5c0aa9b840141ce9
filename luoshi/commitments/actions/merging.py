"""Doing one matter together with another, under one head, and undoing that."""

from datetime import datetime
from typing import Any

from django.db import transaction

from luoshi.commitments import rules
from luoshi.commitments.actions.base import (
    check,
    move_commitment,
    people_of,
    person_of,
    tell,
    tell_each,
    tell_transfer,
)
from luoshi.commitments.actions.drawing import draw_within
from luoshi.commitments.actions.parts import keep_parts_within
from luoshi.commitments.actions.standing import keep_standing
from luoshi.commitments.adapters import adapter_of
from luoshi.commitments.hooks import tell_changed
from luoshi.commitments.models import (
    Commitment,
    Ending,
    Hop,
    Merge,
    Sample,
    State,
)
from luoshi.commitments.terms import apply_due
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.models import Person
from luoshi.core.notices import Reach
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record

MOMENTS = (
    *("started_at", "counted_from", "yellow_at", "due_at"),
    *("outside_due_at", "own_due_at"),
)
CLOCK = (*MOMENTS, "outside_system", "term_amount", "term_unit", "extra_amount")
# What a clock has that was kept before there were outside ones.
WITHOUT_OUTSIDE = {"outside_due_at": None, "own_due_at": None, "outside_system": ""}


@transaction.atomic(durable=True)
def merge_commitments(commitment_id: int, *, head_id: int, actor: Actor) -> Merge:
    """Do one matter together with another: one owner, the earlier clock, one answer."""
    merged, head = _lock_both(commitment_id, head_id)
    check(rules.may_merge, actor, merged, "merge")
    _check_head(merged, head)
    at = now()
    merge = Merge.objects.create(
        town_id=merged.town_id,
        merged=merged,
        head=head,
        by=person_of(actor),
        at=at,
        before={"state": merged.state, "own": _own_clock(head)},
    )
    merged.hops.filter(until__isnull=True).update(until=at)
    merged.pauses.filter(until__isnull=True).update(until=at)
    merged.closed_at, merged.ending, merged.paused = at, Ending.MERGED, False
    merged.ending_words = head.number
    move_commitment(merged, "merge", "closed_at", "ending", "ending_words", "paused")
    _keep_clock(head, _earliest(head))
    keep_parts_within(head, actor=actor)
    draw_within(merged, Sample.Why.ENDING)
    record(merged, "commitments.merged", actor=actor, number=head.number)
    record(head, "commitments.took_in", actor=actor, number=merged.number)
    _tell_merged(merge, actor)
    return merge


@transaction.atomic(durable=True)
def undo_merge(merge_id: int, *, actor: Actor) -> Commitment:
    """Let a matter go its own way again, also after a reply; not after a verdict."""
    told = Merge.objects.get(pk=merge_id)
    merged, head = _lock_both(told.merged_id, told.head_id)
    merge = Merge.objects.select_for_update().get(pk=merge_id)
    check(rules.may_undo_merge, actor, merged, "unmerge")
    if merge.undone_at is not None:
        raise Refusal("commitments.undone_before")
    if head.ending == Ending.MERGED:
        raise Refusal("commitments.undo_later_first", number=head.ending_words)
    if head.state == State.CLOSED or head.verdicts.filter(at__gte=merge.at).exists():
        raise Refusal("commitments.undo_too_late")
    untouched = _clock_of(head) == _clock_text(_earliest(head))
    at = now()
    merged.state = merge.before["state"]
    merged.closed_at, merged.ending, merged.ending_words = None, "", ""
    standing = keep_standing(merged, "unmerge")
    merged.version += 1
    merged.save(
        update_fields=[
            *("state", "closed_at", "ending", "ending_words", "version"),
            *standing,
        ]
    )
    tell_changed(merged)
    Hop.objects.create(
        town_id=merged.town_id,
        commitment=merged,
        organisation=merged.owner_organisation,
        person=merged.owner,
        since=at,
    )
    adapter_of(merged).on_moved(merged, "unmerge")
    merge.undone_at, merge.undone_by = at, person_of(actor)
    merge.save(update_fields=["undone_at", "undone_by"])
    _give_clock_back(head, merge, untouched)
    keep_parts_within(head, actor=actor)
    record(merged, "commitments.unmerged", actor=actor, number=head.number)
    record(head, "commitments.let_go", actor=actor, number=merged.number)
    tell(head, "commitments.let_go", *_hands(head), actor=actor)
    tell_transfer(merged, actor=actor)
    return merged


def _hands(commitment: Commitment) -> list[Person]:
    """Return the owner, and the office's people once it was given to an office."""
    if commitment.state == State.RECEIVED:
        return [commitment.owner]
    return [commitment.owner, *people_of(commitment.owner_organisation_id)]


def _tell_merged(merge: Merge, actor: Actor) -> None:
    """Tell those who have the head now, then those whose matter went under it."""
    merged, head = merge.merged, merge.head
    before = merge.before["state"]
    losers = [merged.owner]
    if before != State.RECEIVED:
        losers += people_of(merged.owner_organisation_id)
    takers = _hands(head)
    tell(head, "commitments.took_in", *takers, actor=actor)
    told = {one.pk for one in takers}
    gone = [one for one in losers if one.pk not in told]
    news = ("commitments.merged_away", gone, Reach.OWN)
    tell_each(merged, news, actor=actor, head=head.number)


def _lock_both(one_id: int, other_id: int) -> tuple[Commitment, Commitment]:
    """Lock both in the order of their ids: two merges at once cannot lock crosswise."""
    if one_id == other_id:
        raise Refusal("commitments.merge_itself")
    rows = Commitment.objects.select_for_update().filter(pk__in=[one_id, other_id])
    found = {row.pk: row for row in rows.order_by("pk")}
    if len(found) < 2:
        # What is sealed is done together with nothing.
        raise NotAllowed("commitments.not_yours")
    return found[one_id], found[other_id]


def _check_head(merged: Commitment, head: Commitment) -> None:
    """Refuse a head that cannot take another matter in."""
    if head.state == State.CLOSED:
        raise Refusal("commitments.head_closed", number=head.number)
    if head.kind != merged.kind or head.parent_id or head.visibility == "sealed":
        raise Refusal("commitments.head_other_kind", number=head.number)
    if merged.children.exclude(state=State.CLOSED).exists():
        raise Refusal("commitments.parts_stay", number=merged.number)


def _clock_of(commitment: Commitment) -> dict[str, Any]:
    """Return a commitment's clock as JSON can hold it."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name in CLOCK
        for value in [getattr(commitment, name)]
    }


def _clock_text(clock: dict[str, Any]) -> dict[str, Any]:
    whole = WITHOUT_OUTSIDE | clock
    return {name: whole[name] for name in CLOCK}


def _open_into(head: Commitment) -> list[Merge]:
    rows = head.takes_in.filter(undone_at=None).select_related("merged")
    return list(rows.order_by("pk"))


def _own_clock(head: Commitment) -> dict[str, Any]:
    """Return the head's clock as it was before anything was merged into it."""
    before = _open_into(head)
    return before[0].before["own"] if before else _clock_of(head)


def _earliest(head: Commitment, without: Merge | None = None) -> dict[str, Any]:
    """Return the clock that is due first; the first word of all is its beginning."""
    merges = _open_into(head)
    own = merges[0].before["own"] if merges else _clock_of(head)
    clocks = [own] + [_clock_of(one.merged) for one in merges if one != without]
    chosen = min(clocks, key=lambda clock: datetime.fromisoformat(clock["due_at"]))
    starts = [datetime.fromisoformat(clock["started_at"]) for clock in clocks]
    return chosen | {"started_at": min(starts).isoformat()}


def _keep_clock(head: Commitment, clock: dict[str, Any]) -> None:
    _tell_began(head)
    for name, value in _clock_text(clock).items():
        is_moment = value is not None and name in MOMENTS
        setattr(head, name, datetime.fromisoformat(value) if is_moment else value)
    head.version += 1
    head.save(update_fields=[*CLOCK, "version"])
    _tell_began(head)


def _tell_began(head: Commitment) -> None:
    """Tell that a matter begins in the month in which it begins now."""
    head.counted_before = None
    tell_changed(head)


def _give_clock_back(head: Commitment, merge: Merge, untouched: bool) -> None:
    """Give the head the clock of those that stay; keep a term that was set since."""
    clock = _earliest(head) if _open_into(head) else merge.before["own"]
    if untouched:
        _keep_clock(head, clock)
        return
    _tell_began(head)
    head.started_at = datetime.fromisoformat(clock["started_at"])
    fields = ["started_at", "version"]
    if not head.reopened:
        head.counted_from = datetime.fromisoformat(clock["counted_from"])
        fields += ["counted_from", *apply_due(head)]
    head.version += 1
    head.save(update_fields=fields)
    _tell_began(head)
