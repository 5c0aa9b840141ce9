"""What people said: which statements most agree to, and which divide."""

from dataclasses import dataclass, field
from math import sqrt

from django.utils.translation import gettext as _

from luoshi.consultations.answers import by_channel, people_who_answered
from luoshi.consultations.maps.weighing import Sides, weighing_of
from luoshi.consultations.models import Answer, Consultation, Statement
from luoshi.consultations.queries import public_statements

# Fewer reactions say nothing of what people think.
LEAST = 5
MOST_OF_THEM = 2 / 3
Z = 1.6449  # one-sided 95 %


@dataclass(frozen=True)
class Told:
    """One statement with what came of it."""

    statement: Statement
    answer: Answer | None
    # To who lives there; only once nobody answers any more.
    weighed: Sides | None = None

    @property
    def shares(self) -> list[int]:
        """Return agree, disagree, unsure in hundredths that make a hundred."""
        one = self.statement
        return hundredths([one.agree, one.disagree, one.unsure])

    @property
    def from_right(self) -> int:
        """Return where the share of those who disagree begins, from the left."""
        return 100 - self.shares[1]


@dataclass(frozen=True)
class Results:
    """What people said, and how many they are."""

    people: int
    reactions: int
    ways: list[tuple[str, int]]
    # How many drawn by lot would tell as much; none where nothing is weighed.
    effective: int | None = None
    agreed: list[Told] = field(default_factory=list)
    rejected: list[Told] = field(default_factory=list)
    divided: list[Told] = field(default_factory=list)
    few: list[Told] = field(default_factory=list)

    @property
    def answered(self) -> dict[str, list[Told]]:
        """Return what has an answer, by what was done with it."""
        every = [*self.agreed, *self.rejected, *self.divided, *self.few]
        found: dict[str, list[Told]] = {}
        for outcome in Answer.Outcome:
            of = [o for o in every if o.answer and o.answer.outcome == outcome]
            found[outcome] = sorted(of, key=lambda one: one.statement.number)
        return found

    @property
    def said_and_done(self) -> list[tuple[str, str, list[Told]]]:
        """Return what you said and what the town did, by what came of it."""
        titles = {
            Answer.Outcome.ADOPTED: _("You said it, and it is done"),
            Answer.Outcome.PARTLY: _("You said it, and a part of it is done"),
            Answer.Outcome.NOT: _("You said it, and it is not done: why"),
        }
        return [
            (one, titles[Answer.Outcome(one)], of) for one, of in self.answered.items()
        ]


def hundredths(counts: list[int]) -> list[int]:
    """Share a hundred by largest remainders; all noughts where nobody said a word."""
    total = sum(counts)
    if not total:
        return [0 for _one in counts]
    exact = [100 * one / total for one in counts]
    shares = [int(one) for one in exact]
    order = sorted(range(len(counts)), key=lambda at: (shares[at] - exact[at], at))
    for at in order[: 100 - sum(shares)]:
        shares[at] += 1
    return shares


def surely(some: int, of: int) -> float:
    """Return the lower end of Wilson's interval (1927) of a share."""
    if not of:
        return 0.0
    share, z2 = some / of, Z * Z
    middle = share + z2 / (2 * of)
    blur = Z * sqrt((share * (1 - share) + z2 / (4 * of)) / of)
    return (middle - blur) / (1 + z2 / of)


def results_of(consultation: Consultation) -> Results:
    """Sort the statements by what people said of them, the surest first."""
    rows = public_statements(consultation).select_related("answer")
    weighing = weighing_of(consultation)
    sides = weighing.sides if weighing else {}
    told = [Told(one, getattr(one, "answer", None), sides.get(one.pk)) for one in rows]
    people = people_who_answered(consultation).count()
    reactions = sum(one.statement.reactions for one in told)
    effective = weighing.effective if weighing else None
    found = Results(people, reactions, by_channel(consultation), effective)
    for one in told:
        _kind(found, one.statement).append(one)
    found.agreed.sort(key=lambda one: -_surely(one, "agree"))
    found.rejected.sort(key=lambda one: -_surely(one, "disagree"))
    found.divided.sort(key=lambda one: -one.statement.reactions)
    return found


def _surely(told: Told, side: str) -> float:
    return surely(getattr(told.statement, side), told.statement.reactions)


def _kind(found: Results, one: Statement) -> list[Told]:
    if one.reactions < LEAST:
        return found.few
    if one.agree >= MOST_OF_THEM * one.reactions:
        return found.agreed
    if one.disagree >= MOST_OF_THEM * one.reactions:
        return found.rejected
    return found.divided
