"""Reads of answers: what comes next for somebody, what somebody said, who answered."""

from dataclasses import dataclass
from random import Random, SystemRandom

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from luoshi.consultations.actions.answering import key_of
from luoshi.consultations.models import (
    Consultation,
    Reaction,
    Reply,
    Statement,
    Voter,
)
from luoshi.consultations.order import draw_order
from luoshi.consultations.queries import shown_statements
from luoshi.core.models import Village

# So many come with a page, so that a phone without signal goes on for a while.
AHEAD = 15


@dataclass(frozen=True)
class Next:
    """What somebody is asked next, and how much there is."""

    statements: list[Statement]
    left: int
    given: int


def voter_of(consultation: Consultation, code: str) -> Voter | None:
    """Return whose answers lie under a code, if there are any."""
    if not code:
        return None
    key = key_of(consultation, code)
    return Voter.objects.filter(consultation=consultation, key=key).first()


def next_for(
    consultation: Consultation, voter: Voter | None, chance: Random | None = None
) -> Next:
    """Draw what somebody has not reacted to yet."""
    rows = shown_statements(consultation)
    given = 0
    if voter is not None:
        done = Reaction.objects.filter(voter=voter)
        given = done.count()
        rows = rows.exclude(pk__in=done.values("statement"))
    found = {one.pk: one for one in rows}
    seen = {pk: one.reactions for pk, one in found.items()}
    order = draw_order(seen, consultation.pull, chance or SystemRandom())
    return Next([found[pk] for pk in order[:AHEAD]], len(found), given)


def reactions_of(voter: Voter) -> list[Reaction]:
    """Return what somebody said of each statement, in the statements' order."""
    rows = voter.reactions.select_related("statement")
    return list(rows.order_by("statement__number"))


def that_say_anything(voters: QuerySet[Voter]) -> QuerySet[Voter]:
    """Return those that react to a statement, tell how they live, or are a sheet.

    A statement written on a phone is tied to nobody, so that who does no more than
    write one is not among them.
    """
    own = {"voter": OuterRef("pk")}
    reacted = Exists(Reaction.objects.filter(**own))
    lives = Exists(Reply.objects.filter(**own))
    return voters.filter(Q(reacted) | Q(lives) | Q(sheet__isnull=False))


def people_who_answered(consultation: Consultation) -> QuerySet[Voter]:
    """Return the sets of answers that say anything, each once."""
    return that_say_anything(consultation.voters.all())


def sheet_of(consultation: Consultation, number: int) -> Voter | None:
    """Return the answers of a sheet, if it is typed in."""
    return consultation.voters.filter(sheet=number).first()


def sheets_in(consultation: Consultation) -> list[Voter]:
    """Return the sheets that are typed in, by their numbers."""
    rows = consultation.voters.exclude(sheet=None).select_related("village")
    return list(rows.annotate(marks=Count("reactions")).order_by("sheet"))


def by_channel(consultation: Consultation) -> list[tuple[str, int]]:
    """Return how many answered on each way, the commonest first."""
    rows = people_who_answered(consultation).order_by().values("channel")
    counts = {row["channel"]: row["n"] for row in rows.annotate(n=Count("pk"))}
    named = [(str(Voter.Channel(one).label), n) for one, n in counts.items()]
    return sorted(named, key=lambda told: (-told[1], told[0]))


def villages_asked(consultation: Consultation) -> list[Village]:
    """Return the villages that it concerns; none for the whole town."""
    return list(consultation.villages.all())
