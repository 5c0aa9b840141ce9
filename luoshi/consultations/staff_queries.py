"""Reads for who works with consultations: lists, the desk, what is still owed."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from luoshi.consultations import rules
from luoshi.consultations.answers import that_say_anything
from luoshi.consultations.models import (
    Answer,
    Consultation,
    Link,
    Statement,
    StepDone,
    Trial,
    Voter,
)
from luoshi.consultations.queries import (
    UNSEEN,
    consultations_visible_to,
    public_statements,
    to_answer,
)
from luoshi.consultations.tracks import RULE, Track, tracks_of
from luoshi.core.actors import Staff
from luoshi.core.models import Town
from luoshi.core.trail import entries_of, sentence_of, words_of

MOST = 50
STORY = 30
# One for each who answers: counted elsewhere, too many to read.
QUIET = (
    *("consultations.began", "consultations.sheet"),
    *("consultations.habits_told", "consultations.habits_sheet"),
)


@dataclass(frozen=True)
class May:
    """What a person may do with a consultation now."""

    change: bool
    open: bool
    moderate: bool
    say: bool
    enter: bool
    close: bool
    answer: bool
    record_step: bool
    publish: bool
    stop: bool
    try_it: bool
    link: bool
    unlink: bool
    ask_again: bool


def may_now(staff: Staff, found: Consultation) -> May:
    """Say what a person may do with a consultation now."""
    return May(
        change=rules.may_change(staff, found),
        open=rules.may_open(staff, found),
        moderate=rules.may_moderate(staff, found),
        say=rules.may_say(staff, found),
        enter=rules.may_enter(staff, found),
        close=rules.may_close(staff, found),
        answer=rules.may_answer(staff, found),
        record_step=rules.may_record_step(staff, found),
        publish=rules.may_publish(staff, found),
        stop=rules.may_stop(staff, found),
        try_it=rules.may_try(staff, found),
        link=rules.may_link(staff, found),
        unlink=rules.may_unlink(staff, found),
        ask_again=rules.may_ask_again(staff, found),
    )


def consultations_for(staff: Staff) -> list[Consultation]:
    """Return the newest, with how many answered and how many statements wait."""
    rows = consultations_visible_to(staff).select_related("office", "evaluates")
    own = {"consultation": OuterRef("pk")}
    unseen = Statement.objects.filter(state__in=UNSEEN, **own)
    voters = that_say_anything(Voter.objects.filter(**own))
    rows = rows.annotate(people=_how_many(voters), waiting=_how_many(unseen))
    return list(rows.order_by("-pk")[:MOST])


def _how_many(rows: QuerySet[Any]) -> Coalesce:
    """Count each consultation's own rows, not their products with one another."""
    counts = rows.order_by().values("consultation").annotate(n=Count("pk"))
    return Coalesce(Subquery(counts.values("n")), 0)


def waiting_of(found: Consultation) -> list[Statement]:
    """Return what waits for a look: what may name somebody first, then the oldest."""
    held_first = Q(state=Statement.State.HELD)
    rows = found.statements.filter(state__in=UNSEEN).annotate(held=held_first)
    return list(rows.order_by("-held", "number"))


def decided_of(found: Consultation) -> QuerySet[Statement]:
    """Return what was decided on, the newest first."""
    rows = found.statements.exclude(state__in=UNSEEN)
    related = rows.select_related("replaces", "decided_by", "replaced_by")
    return related.order_by("-number")


@dataclass(frozen=True)
class Owed:
    """One statement that must be answered, with its answer if there is one."""

    statement: Statement
    answer: Answer | None


@dataclass(frozen=True)
class Desk:
    """What the closing desk shows: what is owed before the decision is public."""

    owed: list[Owed]
    # Answered although nobody has to.
    others: list[Owed]
    steps: list[StepDone]
    trials: list[Trial]
    waiting: int

    @property
    def unanswered(self) -> int:
        """Return how many answers are still owed."""
        return sum(one.answer is None for one in self.owed)

    @property
    def trying(self) -> bool:
        """Tell whether one group is trying it now."""
        return any(one.looked_on is None for one in self.trials)

    @property
    def missing(self) -> int:
        """Return how many steps are not written down yet."""
        return sum(step.done_on is None for step in self.steps)


def desk_of(found: Consultation) -> Desk:
    """Read what is still owed: unanswered ones first, by how many are of one mind."""
    related = to_answer(found).select_related("answer__by")
    owed = [Owed(one, getattr(one, "answer", None)) for one in related]
    owed.sort(key=lambda one: (one.answer is not None, -one.statement.reactions))
    known = {one.statement.pk for one in owed}
    more = public_statements(found).exclude(pk__in=known).select_related("answer__by")
    others = [Owed(one, getattr(one, "answer", None)) for one in more]
    return Desk(
        owed=owed,
        others=others,
        steps=list(found.steps.select_related("recorded_by")),
        trials=list(found.trials.select_related("village")),
        waiting=found.statements.filter(state__in=UNSEEN).count(),
    )


def links_of(found: Consultation) -> list[Link]:
    """Return the matters tied to a consultation."""
    return list(found.links.select_related("commitment").order_by("pk"))


def evaluations_of(found: Consultation) -> list[Consultation]:
    """Return where the same people were asked again."""
    return list(found.evaluations.order_by("pk"))


def story_of(found: Consultation) -> list[tuple]:
    """Return what happened with it, the newest first."""
    entries = [one for one in entries_of(found) if one.code not in QUIET][:STORY]
    return [(one.at, sentence_of(one), words_of(one)) for one in entries]


@dataclass(frozen=True)
class TrackLine:
    """A way to a decision as the town has it, and what goes on it now."""

    track: Track
    # Changed by the town.
    own: bool
    drafts: int
    running: int


def track_lines(town: Town) -> list[TrackLine]:
    """Return the ways with how many are prepared and running on each."""
    states = Consultation.State
    going = Q(state__in=(states.OPEN, states.CLOSED))
    rows = Consultation.objects.filter(town=town).order_by().values("track")
    counts = {
        row["track"]: (row["drafts"], row["running"])
        for row in rows.annotate(
            drafts=Count("pk", filter=Q(state=states.DRAFT)),
            running=Count("pk", filter=going),
        )
    }
    own = town.rules.get(RULE, {})
    return [
        TrackLine(one, one.code in own, *counts.get(one.code, (0, 0)))
        for one in tracks_of(town)
    ]
