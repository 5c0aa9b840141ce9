"""What every action on consultations does the same way."""

from collections.abc import Callable

from luoshi.commitments.actions.base import required
from luoshi.consultations.models import Consultation, Statement
from luoshi.consultations.wording import MOST_STATEMENT, tidy
from luoshi.core.actors import Actor, Staff
from luoshi.core.clock import now
from luoshi.core.refusals import Conflict, NotAllowed, Refusal
from luoshi.pledges.actions.proposals import check_public

Rule = Callable[[Staff, Consultation], bool]


def lock(
    consultation_id: int, rule: Rule, actor: Actor, version: int | None = None
) -> Consultation:
    """Return one under a row lock, for who may do this with it as it is now."""
    rows = Consultation.objects.select_for_update(of=("self",))
    related = rows.select_related("town", "office", "made_by", "commitment")
    found = related.filter(pk=consultation_id).first()
    if found is None or not isinstance(actor, Staff) or not rule(actor, found):
        raise NotAllowed("consultations.not_yours")
    if version is not None and found.version != version:
        raise Conflict("consultations.changed_meanwhile")
    return found


def lock_with(
    statement_id: int, rule: Rule, actor: Actor
) -> tuple[Consultation, Statement]:
    """Return a statement and its consultation under locks, the latter first."""
    row = Statement.objects.filter(pk=statement_id).values_list("consultation_id")
    consultation = lock(row[0][0] if row else 0, rule, actor)
    statement = Statement.objects.select_for_update().get(pk=statement_id)
    return consultation, statement


def in_public(text: str, code: str) -> str:
    """Return a text that everybody reads; refuse one that leads to a person."""
    text = required(text, code)
    check_public(text)
    return text


def one_statement(text: str) -> str:
    """Return the tidied words of a statement; refuse none and too many."""
    words = tidy(text)
    if not words:
        raise Refusal("consultations.nothing_said")
    if len(words) > MOST_STATEMENT:
        raise Refusal("consultations.too_long", count=len(words), most=MOST_STATEMENT)
    return words


def add_within(
    consultation: Consultation, text: str, origin: str, state: str, **more: object
) -> Statement:
    """Add a statement under the next number; the consultation is locked."""
    last = consultation.statements.order_by("-number").first()
    published = state == Statement.State.PUBLISHED
    return Statement.objects.create(
        town_id=consultation.town_id,
        consultation=consultation,
        number=last.number + 1 if last else 1,
        text=text,
        origin=origin,
        state=state,
        said_at=now(),
        published_at=now() if published else None,
        **more,
    )
