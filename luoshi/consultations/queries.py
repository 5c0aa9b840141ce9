"""Reads of consultations: who sees which, what everybody reads."""

from django.db.models import F, Q, QuerySet

from luoshi.consultations import rules
from luoshi.consultations.models import Consultation, Statement
from luoshi.core.actors import Staff
from luoshi.core.models import Town

State = Consultation.State
# What everybody reads; a draft and what was stopped before it opened is nobody's.
PUBLIC = (State.OPEN, State.CLOSED, State.PUBLISHED, State.STOPPED)


def consultations_visible_to(staff: Staff) -> QuerySet[Consultation]:
    """Return all to who works with them; others read what is public."""
    rows = Consultation.objects.filter(town=staff.town)
    return rows if staff.has(*rules.SEE) else rows.none()


def public_consultations(town: Town) -> QuerySet[Consultation]:
    """Return what was opened once: everybody reads it for ever."""
    rows = Consultation.objects.filter(town=town, state__in=PUBLIC)
    return rows.exclude(opens_at=None)


def shown_statements(consultation: Consultation) -> QuerySet[Statement]:
    """Return what people react to, in the order in which it was said."""
    return consultation.statements.filter(state=Statement.State.PUBLISHED)


def public_statements(consultation: Consultation) -> QuerySet[Statement]:
    """Return what everybody reads: published ones, and those said anew since."""
    states = (Statement.State.PUBLISHED, Statement.State.REPLACED)
    return consultation.statements.filter(state__in=states)


def to_answer(consultation: Consultation) -> QuerySet[Statement]:
    """Return what must be answered: of one mind are as many as the threshold.

    Of a resident's statement these are who agree, of the town's who disagree.
    """
    many = consultation.threshold
    resident = Q(origin=Statement.Origin.RESIDENT, agree__gte=many)
    town = ~Q(origin=Statement.Origin.RESIDENT) & Q(disagree__gte=many)
    return shown_statements(consultation).filter(resident | town).order_by("number")


def unanswered(consultation: Consultation) -> QuerySet[Statement]:
    """Return what must be answered and is not yet."""
    return to_answer(consultation).filter(answer=None)


def seen_so_far() -> F:
    """Return how many people reacted to a statement, as a value in a query."""
    return F("agree") + F("disagree") + F("unsure")  # type: ignore[return-value]
