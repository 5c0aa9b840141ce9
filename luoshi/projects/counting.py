"""Counting a vote by its named rule, each step published and counted again at will."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from itertools import compress
from typing import Any

import numpy as np

from luoshi.engines import voting
from luoshi.engines.voting.elections import APPROVAL, CUMULATIVE, ORDINAL
from luoshi.projects.models import Candidate, CastBallot, Election

Rule = Election.Rule
LEAST_STEPS = 10
Count = Callable[..., voting.Outcome]
# What one ballot names, and its points if any.
Row = tuple[list[str], list[int]]
ENGINES: dict[str, Count] = {
    Rule.GREEDY: voting.greedy_votes,
    Rule.PER_COST: voting.greedy_votes_per_cost,
    Rule.SHARES: partial(voting.equal_shares, utility="cost", completion="add1u"),
    Rule.SHARES_EACH: partial(
        voting.equal_shares, utility="cardinality", completion="add1u"
    ),
    Rule.PHRAGMEN: voting.phragmen,
    Rule.KNAPSACK: voting.knapsack,
    Rule.GREEDY_POINTS: voting.greedy_points,
    Rule.PER_COST_POINTS: voting.greedy_points_per_cost,
    Rule.SHARES_POINTS: partial(
        voting.equal_shares, utility="points_cost", completion="add1u"
    ),
    Rule.SHARES_POINTS_EACH: partial(
        voting.equal_shares, utility="points", completion="add1u"
    ),
}
VOTE_TYPES = {
    Election.Form.RANKING: ORDINAL,
    Election.Form.POINTS: CUMULATIVE,
}


@dataclass(frozen=True)
class Counted:
    """What a count says, as it is kept and compared."""

    ballots: int
    digest: str
    winners: list[str]
    votes: dict[str, int]
    steps: list[dict[str, Any]]
    losses: dict[str, dict[str, Any]]
    leftover: int


def election_of(
    election: Election, trial: Sequence[Row] | None = None
) -> voting.Election:
    """Return a vote's ballots, or trial ones, as the engine and its files have them.

    Voters are numbered in the order of the random keys, which tells nothing.
    """
    listed = list(election.candidates.order_by("position"))
    rows = _kept(election) if trial is None else trial
    projects = [voting.Project(one.key, one.cost, one.name) for one in listed]
    ballots = [named for named, _points in rows]
    unit = _unit_of(election, len(ballots))
    made = voting.Election.of(projects, election.budget, ballots, unit=unit)
    kind = VOTE_TYPES.get(Election.Form(election.form), APPROVAL)
    given = [Decimal(one) for _named, points in rows for one in points]
    return replace(
        made,
        vote_type=kind,
        points=tuple(given) if kind == CUMULATIVE else None,
        meta=_meta(election) | {"one_unit_is_coins": str(unit)},
    )


def _kept(election: Election) -> list[Row]:
    ballots = CastBallot.objects.filter(election=election).order_by("pk")
    return list(ballots.values_list("named", "points"))


def _unit_of(election: Election, ballots: int) -> int:
    """Return how many coins are one unit of the published file: a step of a count.

    Equal shares are raised by one unit at a time. Of a town's own votes it is the
    largest power of ten, one yuan at least, of which a share has ten: with single
    yuan a count of few ballots over much money would take hours.
    """
    if election.kind == Election.Kind.FILE:
        return election.unit
    unit = election.unit
    while unit * 10 * LEAST_STEPS * max(ballots, 1) <= election.budget:
        unit *= 10
    return unit


def _meta(election: Election) -> dict[str, str]:
    told = {"description": election.title, "rule": election.rule}
    if election.kind != Election.Kind.FILE:
        told |= {"country": "China", "unit": election.town.name, "currency": "CNY"}
    if election.most:
        told["max_length"] = str(election.most)
    if election.points:
        told["max_sum_points"] = str(election.points)
    return told


def file_of(election: Election) -> str:
    """Return the published file of the ballots, without anything of a voter."""
    return election_of(election).to_pabulib()


def count(election: Election, trial: Sequence[Row] | None = None) -> Counted:
    """Count a vote by its rule; whoever has the published file counts the same."""
    made = election_of(election, trial)
    digest = hashlib.sha256(made.to_pabulib().encode()).hexdigest()
    votes = {
        one.id: int(number)
        for one, number in zip(made.projects, made.votes, strict=True)
    }
    if election.rule == Rule.MAJORITY:
        found = _majority(election, list(election.candidates.all()), votes)
    else:
        found = _by_engine(election, made, votes)
    return Counted(ballots=made.ballots, digest=digest, votes=votes, **found)


def _majority(
    election: Election, listed: Sequence[Candidate], votes: dict[str, int]
) -> dict[str, Any]:
    """Choose those over half of all deputies, by votes, up to as many as were set."""
    every, seats = election.deputies or 0, election.seats or 0
    costs = {one.key: one.cost for one in listed}
    # Stable: equal votes keep the order of the ballot, which was published before.
    order = sorted(costs, key=lambda key: -votes[key])
    over = [key for key in order if 2 * votes[key] > every]
    winners, left = over[:seats], election.budget
    steps = []
    for key in winners:
        left -= costs[key]
        # The order decided only where an equal one was left out.
        tied = [one for one in over[seats:] if votes[one] == votes[key]]
        steps.append({"key": key, "votes": votes[key], "left": left, "tied": tied})
    losses = {
        key: {"reason": "fewer" if key in over else "not_half", "votes": votes[key]}
        for key in order
        if key not in winners
    }
    return {"winners": winners, "steps": steps, "losses": losses, "leftover": left}


def _by_engine(
    election: Election, made: voting.Election, votes: dict[str, int]
) -> dict[str, Any]:
    """Count by the engine; what nobody wants is not chosen, whatever is left."""
    told = _told_of(election, made, votes)
    wanted = [one for one in made.projects if told[one.id].get("points", 1) > 0]
    wanted = [one for one in wanted if votes[one.id]]
    kept = {one.id for one in wanted}
    losses: dict[str, dict[str, Any]] = {
        one.id: {"reason": "no_votes", **told[one.id]}
        for one in made.projects
        if one.id not in kept
    }
    if not wanted:
        return {
            "winners": [],
            "steps": [],
            "losses": losses,
            "leftover": made.budget,
        }
    smaller = _only(made, wanted)
    # Ties are broken by the order of the ballot, which was published before.
    outcome = ENGINES[election.rule](smaller, ties=[one.id for one in wanted])
    left, steps = made.budget, []
    for one in outcome.rounds:
        project = smaller.projects[one.project]
        left -= project.cost
        steps.append(
            {
                "key": project.id,
                **told[project.id],
                "left": left,
                "tied": [smaller.projects[at].id for at in one.tied],
                "price": float(one.price),
                "full": len(one.full),
                "emptied": len(one.emptied),
            }
        )
    for key, loss in outcome.losses.items():
        losses[key] = {
            "reason": loss.reason,
            "round": loss.round,
            "has": int(loss.has),
            "needs": loss.needs,
            **told[key],
        }
    return {
        "winners": list(outcome.winners),
        "steps": steps,
        "losses": losses,
        "leftover": outcome.leftover,
    }


def _told_of(
    election: Election, made: voting.Election, votes: dict[str, int]
) -> dict[str, dict[str, int]]:
    """Return what is said of each candidate: votes, and points where they count."""
    told = {key: {"votes": number} for key, number in votes.items()}
    if election.weighs:
        for one, points in zip(made.projects, made.scores.total, strict=True):
            told[one.id]["points"] = points
    return told


def _only(made: voting.Election, kept: Sequence[voting.Project]) -> voting.Election:
    """Return an election of these projects alone; every ballot stays."""
    new = {one.id: at for at, one in enumerate(kept)}
    places = np.array([new.get(one.id, -1) for one in made.projects], dtype=np.int64)
    named = places[made.named]
    stays = named >= 0
    points = made.points and tuple(compress(made.points, stays))
    return replace(
        made,
        projects=tuple(kept),
        start=np.concatenate([[0], np.cumsum(stays)])[made.start],
        named=named[stays],
        points=points,
    )


def differences(election: Election) -> list[str]:
    """Count again and name what differs from the kept count; nothing if all is well."""
    kept, fresh = election.result, count(election)
    names = ("ballots", "digest", "winners", "votes", "steps", "losses", "leftover")
    return [name for name in names if getattr(kept, name) != getattr(fresh, name)]
