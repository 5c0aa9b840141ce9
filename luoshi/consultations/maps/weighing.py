"""What people say of statements, weighed to who lives there: counted with the map."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from luoshi.consultations.habits.counting import LEAST_WEIGHED
from luoshi.consultations.habits.hiding import LEAST
from luoshi.consultations.habits.people import Said, grid_of, said_by
from luoshi.consultations.models import Consultation, MapKept, Voter
from luoshi.consultations.queries import takes_answers
from luoshi.engines.opinion import Votes
from luoshi.engines.weighting import Share, effective_size, shares

# Weights that differ by less say nothing of who lives where.
EVEN = 1e-6


@dataclass(frozen=True)
class Part:
    """How many of a hundred, and between what bounds."""

    of_hundred: int
    low: int
    high: int


@dataclass(frozen=True)
class Sides:
    """Who agrees and who disagrees with a statement, weighed."""

    agree: Part
    disagree: Part


@dataclass(frozen=True)
class Weighing:
    """All that is weighed, and how many drawn by lot would tell as much."""

    effective: int
    sides: dict[int, Sides]


def weigh_votes(consultation: Consultation, votes: Votes) -> dict[str, Any]:
    """Weigh the reactions to each statement; nothing where it would tell nothing.

    Who says neither village, sex nor age is moved by none of them.
    """
    grid = grid_of(consultation)
    weights = grid.weights(_said(consultation, votes))
    if weights is None or np.ptp(weights.values) < EVEN:
        return {}
    if weights.effective < LEAST_WEIGHED:
        return {}
    people = int(grid.people.sum())
    order = np.argsort(votes.column, kind="stable")
    ends = np.searchsorted(votes.column[order], np.arange(len(votes.statements) + 1))
    found = {}
    for column, statement in enumerate(votes.statements):
        at = order[ends[column] : ends[column + 1]]
        values = weights.values[votes.row[at]]
        if len(at) < LEAST or effective_size(values) < LEAST_WEIGHED:
            continue
        chosen = np.stack([votes.value[at] == 1, votes.value[at] == -1], 1)
        told = shares(chosen, values, people=people)
        found[str(statement)] = [_hundredths(one) for one in told]
    return {"effective": int(weights.effective), "statements": found}


def _said(consultation: Consultation, votes: Votes) -> list[Said]:
    rows = Voter.objects.filter(consultation=consultation).select_related("reply")
    known = {one.voter_id: one for one in said_by(rows)}
    return [known.get(pk) or Said(pk, None, "", None) for pk in votes.voters]


def _hundredths(one: Share) -> list[int]:
    return [round(100 * part) for part in (one.weighed, one.low, one.high)]


def weighing_of(consultation: Consultation) -> Weighing | None:
    """Return what was weighed, once nobody answers any more.

    While answers come in, a share that moves would tell where the newest is from.
    """
    if takes_answers(consultation):
        return None
    rows = MapKept.objects.filter(consultation=consultation)
    told = rows.values_list("weighed", flat=True).first()
    if not told:
        return None
    sides = {
        int(pk): Sides(Part(*agree), Part(*disagree))
        for pk, (agree, disagree) in told["statements"].items()
    }
    return Weighing(told["effective"], sides)
