"""Handing over: everything when somebody leaves, or what goes with a post."""

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from luoshi.commitments.actions.asking import lay_with
from luoshi.commitments.actions.base import move_commitment, people_of, put_in_hands
from luoshi.commitments.models import Approval, Commitment, State, Support
from luoshi.commitments.models.commitment import Visibility
from luoshi.commitments.queries.approvals import ids_waiting_for
from luoshi.core.actors import Actor
from luoshi.core.clock import now
from luoshi.core.hooks import PostChange
from luoshi.core.models import Organisation, Person
from luoshi.core.notices import Reach, leave_notices
from luoshi.core.refusals import Refusal
from luoshi.core.roles import INSPECTOR, LEADER
from luoshi.core.trail import record


def open_of(person: Person) -> int:
    """Count what a person answers for and is not closed, and words asked for."""
    return _open_ones(person).count() + len(ids_waiting_for(person))


def _open_ones(person: Person):
    return Commitment.objects.filter(owner=person).exclude(state=State.CLOSED)


@transaction.atomic(savepoint=False)
def hand_over_everything(giver: Person, taker: Person, actor: Actor) -> int:
    """Put all that somebody answers for into another's hands; clocks keep running."""
    office = Organisation.objects.filter(
        posts__tenures__person=taker, posts__tenures__until=None
    ).first()
    if office is None:
        raise Refusal("commitments.nobody_there", office=taker.name)
    open_ones = list(_open_ones(giver).select_for_update().order_by("pk"))
    for commitment in open_ones:
        _put_into(commitment, office, taker, actor)
    asked = Approval.objects.filter(pk__in=ids_waiting_for(giver))
    words = _move_words(asked, office, taker, actor)
    _tell_heap(giver, taker, office, len(open_ones) + words, actor)
    return len(open_ones) + words


def _move_words(
    words: QuerySet[Approval], office: Organisation, taker: Person, actor: Actor
) -> int:
    """Let who comes give the words that are waited for."""
    waiting = list(words.select_related("commitment").order_by("pk"))
    for approval in waiting:
        approval.person = taker
        approval.save(update_fields=["person"])
        lay_with(approval.commitment, office, taker, now())
        code = "commitments.word_moved"
        record(approval.commitment, code, actor=actor, person=taker.name)
    return len(waiting)


def _put_into(
    commitment: Commitment, office: Organisation, taker: Person, actor: Actor
) -> None:
    """Close one stretch and open the next; the clock runs on."""
    fields = put_in_hands(commitment, office, taker, now())
    move_commitment(commitment, "leave", *fields)
    record(commitment, "commitments.handed_over", actor=actor, person=taker.name)


def matters_of_post(change: PostChange) -> QuerySet[Commitment]:
    """Return the open matters that go over with a post."""
    rows = _open_ones(change.giver)
    if change.leaves:
        return rows.exclude(owner_organisation__in=change.elsewhere)
    return rows.filter(owner_organisation=change.post.organisation_id)


def help_of_post(change: PostChange) -> QuerySet[Support]:
    """Return the help that was asked of who gives, and has no last answer."""
    rows = Support.objects.filter(person=change.giver).filter(
        Q(answered_at=None) | Q(interim=True)
    )
    rows = rows.exclude(commitment__state=State.CLOSED)
    rows = rows.exclude(commitment__visibility=Visibility.SEALED)
    if change.leaves:
        return rows.exclude(organisation__in=change.elsewhere)
    return rows.filter(organisation=change.post.organisation_id)


def hand_matters_over(change: PostChange, actor: Actor) -> int:
    """Give a post's open matters to who comes, each with its trail and its clock."""
    taker, office = _taker(change), change.office
    open_ones = list(matters_of_post(change).select_for_update().order_by("pk"))
    for commitment in open_ones:
        _put_into(commitment, office, taker, actor)
    _tell_heap(change.giver, taker, office, len(open_ones), actor)
    return len(open_ones)


def hand_help_over(change: PostChange, actor: Actor) -> int:
    """Let who comes answer what others asked for; the day stays."""
    taker = _taker(change)
    asked = list(help_of_post(change).select_related("commitment").order_by("pk"))
    for support in asked:
        support.person, support.organisation = taker, change.office
        support.save(update_fields=["person", "organisation"])
        record(
            support.commitment,
            "commitments.help_handed_over",
            actor=actor,
            giver=change.giver.name,
            taker=taker.name,
        )
    return len(asked)


def words_of_post(change: PostChange) -> QuerySet[Approval]:
    """Return the words that are waited for from who gives."""
    rows = Approval.objects.filter(given_at=None, person=change.giver)
    rows = rows.exclude(commitment__visibility=Visibility.SEALED)
    if change.leaves:
        return rows.exclude(office__in=change.elsewhere)
    return rows.filter(office=change.post.organisation_id)


def hand_words_over(change: PostChange, actor: Actor) -> int:
    """Let who comes give the words that were asked of who gives."""
    office = change.office
    return _move_words(words_of_post(change), office, _taker(change), actor)


def _taker(change: PostChange) -> Person:
    assert change.taker is not None
    return change.taker


def not_to_accept(change: PostChange) -> list[str]:
    """Name what waits for acceptance that who comes may not give: own work."""
    if not {INSPECTOR, LEADER}.intersection(change.post.roles):
        return []
    theirs = Q(owner=change.giver) | Q(owner=change.taker) | Q(done_by=change.taker)
    if change.taker is None:
        theirs = Q(owner=change.giver)
    waiting = Commitment.objects.filter(theirs, state=State.SUBMITTED)
    return [
        _("%(number)s %(title)s waits for acceptance by somebody else.")
        % {"number": one.number, "title": one.title}
        for one in waiting.exclude(visibility=Visibility.SEALED).order_by("pk")
    ]


def _tell_heap(
    giver: Person, taker: Person, office: Organisation, count: int, actor: Actor
) -> None:
    """Tell of a heap once, and not of each matter in it."""
    if not count or giver == taker:
        return
    acting = actor.person.pk if actor.person else None
    told: dict[str, Any] = {
        "count": count,
        "giver": giver.name,
        "holder": taker.name,
    }
    if taker.pk != acting:
        leave_notices(giver, "commitments.heap_to_you", [taker], **told)
    known = (acting, taker.pk, giver.pk)
    others = [one for one in people_of(office.pk) if one.pk not in known]
    told["reach"] = Reach.OWN
    leave_notices(giver, "commitments.heap_to_office", others, **told)
