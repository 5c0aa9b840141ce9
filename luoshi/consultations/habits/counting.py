"""What people say of how they live and can give, as far as it may be shown."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from luoshi.consultations.habits.hiding import LEAST, in_steps, shown_groups
from luoshi.consultations.habits.people import Grid, grid_of, said_by
from luoshi.consultations.models import Consultation, Reply, Voter
from luoshi.consultations.queries import takes_answers
from luoshi.core.models import Village
from luoshi.engines.weighting import Share, Weights, effective_size, shares

# With fewer by effective size, weighing blurs more than it mends.
LEAST_WEIGHED = 30
# What a group cannot give is said the louder the more of it cannot.
MANY, MOST = 1 / 4, 1 / 2


@dataclass(frozen=True)
class Ticked:
    """One thing that could be ticked, by how many it was."""

    text: str
    share: Share

    @property
    def hundredths(self) -> int:
        """Return the raw share of a hundred."""
        return round(100 * self.share.raw)

    @property
    def weighed(self) -> int:
        """Return the weighed share of a hundred."""
        return round(100 * self.share.weighed)

    @property
    def low(self) -> int:
        """Return the lower end of the margin, of a hundred."""
        return round(100 * self.share.low)

    @property
    def high(self) -> int:
        """Return the upper end of the margin, of a hundred."""
        return round(100 * self.share.high)


@dataclass(frozen=True)
class Here:
    """What a village's answers say: how often each thing was ticked, of how many."""

    village: Village
    of: int
    counts: list[int]


@dataclass(frozen=True)
class Counted:
    """One question with its answers; without `lines` there are too few to show."""

    text: str
    of: int
    several: bool = False
    lines: list[Ticked] = field(default_factory=list)
    # How many evenly drawn answers would tell as much; none where nothing is weighed.
    effective: int | None = None
    here: list[Here] = field(default_factory=list)
    hidden: list[Village] = field(default_factory=list)

    @property
    def by_village(self) -> list[tuple[Village, int, list[tuple[str, int]]]]:
        """Return each village shown with what was ticked there, of how many."""
        texts = [line.text for line in self.lines]
        return [
            (one.village, one.of, list(zip(texts, one.counts, strict=True)))
            for one in self.here
        ]


@dataclass(frozen=True)
class Burden:
    """What the measure costs a household of a village, and how many can give it."""

    village: Village
    fen: int
    # The sum that people were asked about.
    asked_fen: int
    # None where the answers are too few to show.
    of: int | None = None
    cannot: int = 0

    @property
    def usual(self) -> bool:
        """Tell whether it is the sum that people were asked about."""
        return self.fen == self.asked_fen

    @property
    def beyond(self) -> bool:
        """Tell whether it is more: for whom the sum was tight, it is too much."""
        return self.fen > self.asked_fen

    @property
    def level(self) -> str:
        """Say how large a part cannot give it: most, many, some, nobody or unknown."""
        if not self.of:
            return "unknown"
        part = self.cannot / self.of
        if part > MOST:
            return "most"
        if part >= MANY:
            return "many"
        return "some" if self.cannot else "nobody"


@dataclass(frozen=True)
class Results:
    """All questions with their answers."""

    # How many replied; how many of them are counted while more come in.
    replies: int
    counted: int
    settled: bool
    can: Counted | None
    form: Counted | None
    questions: list[Counted]
    burdens: list[Burden]

    @property
    def every(self) -> list[Counted]:
        """Return the questions in the order in which they are asked."""
        first = [one for one in (self.can, self.form) if one is not None]
        return [*self.questions, *first]

    @property
    def told_burdens(self) -> list[Burden]:
        """Return villages of which something is known, or where the cost is another."""
        return [one for one in self.burdens if one not in self.silent]

    @property
    def silent(self) -> list[Burden]:
        """Return villages from which too few answered, at the cost asked about."""
        return [one for one in self.burdens if one.level == "unknown" and one.usual]

    @property
    def silent_names(self) -> list[str]:
        """Return the names of villages from which too few answered."""
        return [str(one.village) for one in self.silent]

    @property
    def loudest(self) -> list[Burden]:
        """Return where it asks more than a part of the people can give."""
        return [one for one in self.burdens if one.level in ("most", "many")]


@dataclass(frozen=True)
class _Counting:
    """What counting one question after the other needs."""

    grid: Grid
    voters: list[Voter]
    weights: Weights | None
    settled: bool

    def count(
        self,
        text: str,
        options: list[tuple[str, object]],
        ticked: dict[int, set[object]],
        several: bool = False,
    ) -> Counted:
        """Count one question among those who answered it."""
        at = [i for i, voter in enumerate(self.voters) if ticked.get(voter.pk)]
        if len(at) < LEAST:
            return Counted(text, len(at), several)
        chosen = np.array(
            [[key in ticked[self.voters[i].pk] for _text, key in options] for i in at]
        )
        values = np.ones(len(at))
        effective = None
        if self.weights is not None:
            size = effective_size(self.weights.values[at])
            if size >= LEAST_WEIGHED:
                values, effective = self.weights.values[at], int(size)
        people = int(self.grid.people.sum()) or None
        told = shares(chosen, values, people=people)
        labels = [label for label, _key in options]
        lines = [Ticked(*one) for one in zip(labels, told, strict=True)]
        here, hidden = self._by_village(at, chosen)
        return Counted(text, len(at), several, lines, effective, here, hidden)

    def _by_village(
        self, at: list[int], chosen: np.ndarray
    ) -> tuple[list[Here], list[Village]]:
        """Return villages with their counts, and those of which too few answered."""
        if not self.settled:
            return [], []
        place = self.grid.place
        # Who says no village is a group too: it hides behind others like any.
        where = [place.get(self.voters[i].village_id or 0, -1) for i in at]
        shown = shown_groups(Counter(where))
        here, hidden = [], []
        for number, village in enumerate(self.grid.villages):
            rows = [row for row, one in enumerate(where) if one == number]
            if number in shown:
                counts = [int(n) for n in chosen[rows].sum(0)]
                here.append(Here(village, len(rows), counts))
            elif rows:
                hidden.append(village)
        return here, hidden


def replies_of(consultation: Consultation) -> list[Voter]:
    """Return who replied, in the order of their last word."""
    rows = consultation.voters.filter(reply__isnull=False).select_related("reply")
    related = rows.prefetch_related("reply__choices")
    return list(related.order_by("reply__at", "pk"))


def results_of_habits(consultation: Consultation) -> Results | None:
    """Count what may be shown; None where nothing is asked."""
    asked = getattr(consultation, "questionnaire", None)
    if asked is None:
        return None
    voters = replies_of(consultation)
    settled = not takes_answers(consultation)
    counted = voters if settled else voters[: in_steps(len(voters))]
    grid = grid_of(consultation)
    weights = grid.weights(said_by(counted))
    counting = _Counting(grid, counted, weights, settled)
    can = form = None
    if asked.sum_fen:
        options = _choices(Reply.Can.choices)
        can = counting.count("can", options, _told(counted, "can"))
    if asked.asks_form:
        options = _choices(Reply.Form.choices)
        form = counting.count("form", options, _told(counted, "form"))
    questions = [
        counting.count(
            one.text,
            [(option.text, option.pk) for option in one.options.all()],
            _ticked(counted, {option.pk for option in one.options.all()}),
            one.several,
        )
        for one in asked.questions.prefetch_related("options")
    ]
    burdens = burdens_of(consultation, grid, can) if can is not None else []
    return Results(len(voters), len(counted), settled, can, form, questions, burdens)


def _choices(choices: Iterable[tuple[str, object]]) -> list[tuple[str, object]]:
    return [(str(label), value) for value, label in choices]


def _told(voters: list[Voter], name: str) -> dict[int, set[object]]:
    told = {voter.pk: getattr(voter.reply, name) for voter in voters}
    return {pk: {value} for pk, value in told.items() if value}


def _ticked(voters: list[Voter], options: set[int]) -> dict[int, set[object]]:
    found: dict[int, set[object]] = {}
    for voter in voters:
        chosen = {one.option_id for one in voter.reply.choices.all()} & options
        if chosen:
            found[voter.pk] = set(chosen)
    return found


def loudest_of(consultation: Consultation) -> list[Burden]:
    """Return where the measure asks more than a part of the people can give."""
    asked = getattr(consultation, "questionnaire", None)
    if asked is None or not asked.sum_fen:
        return []
    results = results_of_habits(consultation)
    return results.loudest if results else []


def burdens_of(consultation: Consultation, grid: Grid, can: Counted) -> list[Burden]:
    """Set the cost of each village beside what its people can give."""
    asked = consultation.questionnaire.sum_fen or 0
    own = dict(consultation.costs.values_list("village_id", "fen"))
    here = {one.village.pk: one for one in can.here}
    found = []
    for village in grid.villages:
        burden = Burden(village, own.get(village.pk, asked), asked)
        if told := here.get(village.pk):
            _yes, tight, no = told.counts
            cannot = no + tight if burden.beyond else no
            burden = replace(burden, of=told.of, cannot=cannot)
        found.append(burden)
    return found
