"""What every action does the same way: lock, check, move, pass on, tell."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import TextField
from django.db.models.functions import Cast

from luoshi.commitments.actions.standing import keep_standing
from luoshi.commitments.adapters import adapter_of
from luoshi.commitments.hooks import tell_changed
from luoshi.commitments.models import Commitment, Hop, State
from luoshi.commitments.moves import MOVES, WAITS, allows
from luoshi.core.actors import Actor, Staff
from luoshi.core.clock import now
from luoshi.core.models import Organisation, Person, Tenure
from luoshi.core.notices import Reach, leave_notices
from luoshi.core.refusals import Conflict, NotAllowed, Refusal
from luoshi.core.roles import HANDLER, VILLAGE_OFFICER
from luoshi.core.trail import record

Rule = Callable[[Staff, Commitment], bool]
# A notice's code, who is told, and how far it goes.
News = tuple[str, Iterable[Person], Reach]
GIVEN = "commitments.given_to_you"


def lock_commitment(commitment_id: int, version: int | None = None) -> Commitment:
    """Return the commitment under a row lock; `Conflict` if it moved on since.

    What is sealed is nobody's to change here.
    """
    rows = Commitment.objects.select_for_update().filter(pk=commitment_id)
    commitment = rows.first()
    if commitment is None:
        raise NotAllowed("commitments.not_yours")
    if version is not None and commitment.version != version:
        raise Conflict("commitments.changed_meanwhile")
    return commitment


def check(rule: Rule, actor: Actor, commitment: Commitment, move: str) -> None:
    """Refuse what the table or the rule does not allow."""
    if not allows(move, commitment.state):
        raise Refusal("commitments.not_from_here", state=commitment.get_state_display())
    asked = commitment.approvals.filter(given_at=None) if move in WAITS else None
    if asked and (waiting := asked.select_related("person").first()):
        raise Refusal("commitments.waits_for_word", person=waiting.person.name)
    if not isinstance(actor, Staff) or not rule(actor, commitment):
        raise NotAllowed("commitments.not_yours")


def move_commitment(commitment: Commitment, name: str, *fields: str) -> None:
    """Move a locked commitment along the table and save the named fields."""
    if not allows(name, commitment.state):
        raise Refusal("commitments.not_from_here", state=commitment.get_state_display())
    target = MOVES[name].target
    if target is not None:
        commitment.state = target
    standing = keep_standing(commitment, name)
    commitment.version += 1
    commitment.save(update_fields=["state", "version", *fields, *standing])
    tell_changed(commitment)
    adapter_of(commitment).on_moved(commitment, name)


def put_in_hands(
    commitment: Commitment, organisation: Organisation, person: Person, at: datetime
) -> tuple[str, ...]:
    """Close the present hop and open the next; return the owner fields set."""
    commitment.owner_organisation, commitment.owner = organisation, person
    fields = ("owner_organisation", "owner")
    if commitment.approvals.filter(given_at=None).exists():
        # It lies with whoever is asked for a word, and comes back to this owner.
        return fields
    commitment.hops.filter(until__isnull=True).update(until=at)
    Hop.objects.create(
        town_id=commitment.town_id,
        commitment=commitment,
        organisation=organisation,
        person=person,
        since=at,
    )
    return fields


def person_of(actor: Actor) -> Person:
    """Return the person who acts; only staff get this far."""
    if not isinstance(actor, Staff):
        raise NotAllowed("commitments.not_yours")
    return actor.person


def receiver_in(organisation: Organisation, person_id: int | None = None) -> Person:
    """Return who receives for an office: the named person, or the first in charge."""
    tenures = Tenure.objects.filter(
        post__organisation=organisation,
        until__isnull=True,
        person__left_at__isnull=True,
    ).select_related("person", "post")
    if person_id is not None:
        tenures = tenures.filter(person_id=person_id)
    ranked = sorted(
        tenures,
        key=lambda tenure: (
            not {HANDLER, VILLAGE_OFFICER}.intersection(tenure.post.roles),
            tenure.pk,
        ),
    )
    if not ranked:
        raise Refusal("commitments.nobody_there", office=organisation.name)
    return ranked[0].person


def tenures_with(role: str) -> list[Tenure]:
    """Return the open tenures of posts that give a role, the oldest first."""
    # As text, for SQLite cannot ask whether a JSON list holds a value; role names
    # have no quotes, so that none is part of another.
    tenures = Tenure.objects.annotate(
        roles_text=Cast("post__roles", TextField())
    ).filter(until__isnull=True, roles_text__contains=f'"{role}"')
    return list(tenures.select_related("person", "post__organisation").order_by("pk"))


def people_with(role: str, overseeing: int | None = None) -> list[Person]:
    """Return who holds a role now; only those who oversee an office, if any do."""
    tenures = tenures_with(role)
    if overseeing is not None:
        closer = [
            tenure
            for tenure in tenures
            if tenure.post.oversees.filter(pk=overseeing).exists()
        ]
        tenures = closer or tenures
    return list({tenure.person_id: tenure.person for tenure in tenures}.values())


def people_of(organisation_id: int) -> list[Person]:
    """Return who works in an office now."""
    people = Person.objects.filter(
        tenures__post__organisation=organisation_id,
        tenures__until__isnull=True,
        left_at=None,
    )
    return list(people.distinct().order_by("pk"))


def tell(
    commitment: Commitment,
    code: str,
    *people: Person,
    actor: Actor,
    reach: Reach = Reach.EVERYWHERE,
) -> None:
    """Leave one notice for each person but the one who acts."""
    tell_each(commitment, (code, people, reach), actor=actor)


def tell_each(commitment: Commitment, *news: News, actor: Actor, **more: str) -> None:
    """Tell several groups of one event: who is in two hears the first news only."""
    told = {actor.person.pk} if actor.person else set()
    for code, people, reach in news:
        fresh = {one.pk: one for one in people if one.pk not in told}
        told |= fresh.keys()
        leave_notices(
            commitment,
            code,
            fresh.values(),
            reach=reach,
            number=commitment.number,
            title=commitment.title,
            **more,
        )


def tell_transfer(
    commitment: Commitment, *news: News, actor: Actor, code: str = GIVEN
) -> None:
    """Tell who has it now, and the office's other people, so that nobody waits."""
    at_desk = commitment.state == State.RECEIVED
    others = [] if at_desk else people_of(commitment.owner_organisation_id)
    tell_each(
        commitment,
        *news,
        (code, [commitment.owner], Reach.EVERYWHERE),
        ("commitments.to_your_office", others, Reach.OWN),
        actor=actor,
        holder=commitment.owner.name,
    )


def tell_whole(part: Commitment, code: str, *, actor: Actor) -> None:
    """Write into the whole's trail what became of its part; of a whole, nothing."""
    whole = part.parent
    if whole is None:
        return
    office = part.owner_organisation.name
    record(whole, code, actor=actor, office=office, number=part.number)
    tell(whole, code, whole.owner, actor=actor)


def check_no_part_open(commitment: Commitment) -> None:
    """Refuse to go on without what other offices still do of it."""
    if commitment.children.exclude(state=State.CLOSED).exists():
        raise Refusal("commitments.children_open")


def required(text: str, code: str) -> str:
    """Return the trimmed text; refuse where nothing was said."""
    text = text.strip()
    if not text:
        raise Refusal(code)
    return text


def moment() -> datetime:
    """Return the one instant at which an action happens."""
    return now()
