"""Reads of consultations: who sees which, what everybody reads."""

from collections import Counter

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.commitments.models.commitment import Visibility
from luoshi.consultations import rules
from luoshi.consultations.models import Consultation, Link, Statement
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.models import Town

State = Consultation.State
# What everybody reads; a draft and what was stopped before it opened is nobody's.
PUBLIC = (State.OPEN, State.CLOSED, State.PUBLISHED, State.STOPPED)
UNSEEN = (Statement.State.WAITING, Statement.State.HELD)


def consultations_visible_to(staff: Staff) -> QuerySet[Consultation]:
    """Return all to who works with them; others read what is public."""
    rows = Consultation.objects.filter(town=staff.town)
    return rows if staff.has(*rules.SEE) else rows.none()


def public_consultations(town: Town) -> QuerySet[Consultation]:
    """Return what was opened once: everybody reads it for ever."""
    rows = Consultation.objects.filter(town=town, state__in=PUBLIC)
    return rows.exclude(opens_at=None)


def open_now(town: Town) -> list[Consultation]:
    """Return what takes answers now, the one that closes first before others."""
    rows = public_consultations(town).filter(state=State.OPEN)
    return list(rows.order_by("closes_at", "pk"))


def shown_statements(consultation: Consultation) -> QuerySet[Statement]:
    """Return what people react to, in the order in which it was said."""
    return consultation.statements.filter(state=Statement.State.PUBLISHED)


def public_statements(consultation: Consultation) -> QuerySet[Statement]:
    """Return what everybody reads: published ones, and those said anew since."""
    states = (Statement.State.PUBLISHED, Statement.State.REPLACED)
    return consultation.statements.filter(state__in=states)


def waiting_statements(staff: Staff) -> QuerySet[Statement]:
    """Return what waits for a look, of who looks at it."""
    rows = Statement.objects.filter(
        state__in=UNSEEN, consultation__state__in=(State.OPEN, State.CLOSED)
    )
    return rows if staff.has(*rules.MODERATE) else rows.none()


def to_answer(consultation: Consultation) -> QuerySet[Statement]:
    """Return what must be answered: of one mind are as many as the threshold.

    Of a resident's statement these are who agree, of the town's who disagree. One
    that was said anew is answered too, for people reacted to its words.
    """
    many = consultation.threshold
    resident = Q(origin=Statement.Origin.RESIDENT, agree__gte=many)
    town = ~Q(origin=Statement.Origin.RESIDENT) & Q(disagree__gte=many)
    return public_statements(consultation).filter(resident | town).order_by("number")


def unanswered(consultation: Consultation) -> QuerySet[Statement]:
    """Return what must be answered and is not yet."""
    return to_answer(consultation).filter(answer=None)


def consultations_of(staff: Staff, commitment_id: int) -> list[Consultation]:
    """Return the consultations of which a commitment is the answer, or a tie."""
    tied = Link.objects.filter(consultation=OuterRef("pk"), commitment=commitment_id)
    rows = consultations_visible_to(staff)
    rows = rows.filter(Q(commitment=commitment_id) | Exists(tied))
    return list(rows.order_by("-pk"))


def consultations_of_topic(staff: Staff, topic_id: int) -> list[Consultation]:
    """Return the consultations that ask about a topic."""
    rows = consultations_visible_to(staff).filter(topic=topic_id)
    return list(rows.order_by("-pk"))


def public_lists(town: Town) -> tuple[list[Consultation], list[Consultation]]:
    """Return what takes answers now, and the newest of what was asked before."""
    earlier = public_consultations(town).exclude(state=State.OPEN)
    return open_now(town), list(earlier.order_by("-pk")[:50])


def options_of(consultation: Consultation) -> list[Statement]:
    """Return the town's options, in their order."""
    rows = public_statements(consultation).filter(origin=Statement.Origin.OPTION)
    return list(rows.order_by("number"))


def takes_answers(consultation: Consultation) -> bool:
    """Tell whether people can answer now."""
    closes = consultation.closes_at
    return consultation.state == State.OPEN and closes is not None and now() < closes


def counts_still(consultation: Consultation) -> bool:
    """Tell whether answers can still be withdrawn: until the decision is public."""
    return consultation.state in (State.OPEN, State.CLOSED)


def public_links(consultation: Consultation) -> list[Link]:
    """Return the matters that came of it and that everybody may read."""
    rows = consultation.links.select_related("commitment")
    rows = rows.filter(commitment__visibility=Visibility.PUBLIC)
    return list(rows.order_by("pk"))


def public_evaluations(consultation: Consultation) -> list[Consultation]:
    """Return where the same people were asked again, if everybody may read it."""
    rows = public_consultations(consultation.town).filter(evaluates=consultation)
    return list(rows.order_by("pk"))


def refused_by_reason(consultation: Consultation) -> list[tuple[str, int]]:
    """Return how many statements were not published, by the published reasons."""
    rows = consultation.statements.filter(state=Statement.State.REFUSED)
    counts = Counter(rows.order_by().values_list("reason", flat=True))
    return [
        (str(Statement.Reason(one).label), count) for one, count in counts.most_common()
    ]


def waiting_count(consultation: Consultation) -> int:
    """Return how many statements were not looked at yet."""
    return consultation.statements.filter(state__in=UNSEEN).count()
