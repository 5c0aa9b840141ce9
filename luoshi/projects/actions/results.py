"""Counting, and publishing what was decided upon the count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from luoshi.commitments.actions.base import required
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.projects import rules
from luoshi.projects.actions.ballots import sheets_due
from luoshi.projects.actions.base import lock_election, lock_project, move_project
from luoshi.projects.actions.proposals import check_public
from luoshi.projects.counting import count
from luoshi.projects.models import (
    CastBallot,
    Decision,
    DecisionLine,
    Election,
    Result,
)
from luoshi.projects.models.projects import State
from luoshi.projects.models.voting import random_key

DECIDING = (Election.Kind.DEPUTIES, Election.Kind.VILLAGE)


@transaction.atomic(durable=True)
def count_vote(election_id: int, *, missing: int = 0, actor: Staff) -> Result:
    """Count a closed vote once; `missing` sheets were handed out and not in the box."""
    election = lock_election(election_id, Election.State.CLOSED)
    if not rules.may_run_vote(actor, election):
        raise NotAllowed("projects.not_yours")
    _take_sheets(election, missing)
    told = count(election)
    if election.present is not None and told.ballots > election.present:
        raise Refusal(
            "projects.more_ballots", count=told.ballots, present=election.present
        )
    result = Result.objects.create(
        town_id=election.town_id,
        election=election,
        counted_at=now(),
        counted_by=actor.person,
        **vars(told),
    )
    election.state = Election.State.COUNTED
    election.save(update_fields=["state"])
    record(
        election,
        "projects.vote_counted",
        actor=actor,
        count=told.ballots,
        missing=missing,
        digest=told.digest,
    )
    return result


def _take_sheets(election: Election, missing: int) -> None:
    """Put the sheets on which two people agree among the ballots, all in one order."""
    due = sheets_due(election)
    sheets = list(election.sheets.all())
    waiting = [one.number for one in sheets if not one.agreed]
    if waiting:
        shown = "、".join(map(str, waiting[:10]))
        raise Refusal("projects.sheets_differ", numbers=shown)
    if missing < 0 or len(sheets) + missing != due:
        raise Refusal("projects.sheets_few", typed=len(sheets), due=due)
    if not sheets:
        return
    rows = list(CastBallot.objects.filter(election=election))
    rows += [
        CastBallot(
            pk=random_key(),
            town_id=election.town_id,
            election=election,
            named=one.first["named"],
            points=one.first["points"],
        )
        for one in sheets
        if one.first is not None
    ]
    # Written anew together, so that paper does not lie behind the rest.
    CastBallot.objects.filter(election=election).delete()
    rows.sort(key=lambda one: one.pk)
    CastBallot.objects.bulk_create(rows, batch_size=500)


@dataclass(frozen=True)
class Decided:
    """A decision as it is published: which are built, and why if the count said no."""

    number: str
    words: str
    decided_on: date
    chosen: list[str] = field(default_factory=list)
    why: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic(durable=True)
def publish_decision(election_id: int, decided: Decided, *, actor: Staff) -> Decision:
    """Publish what was decided beside what the count said; each departure says why."""
    election = lock_election(election_id, Election.State.COUNTED)
    cycle = election.cycle
    if cycle is None or election.kind not in DECIDING:
        raise Refusal("projects.decides_nothing")
    if not rules.may_decide(actor, cycle):
        raise NotAllowed("projects.not_yours")
    if decided.decided_on > today():
        raise Refusal("projects.day_to_come")
    number = required(decided.number, "projects.number_missing")[:60]
    if Decision.objects.filter(number=number).exists():
        raise Refusal("projects.number_there", number=number)
    words = required(decided.words, "projects.words_missing")
    check_public(words)
    decision = Decision.objects.create(
        town_id=election.town_id,
        election=election,
        number=number,
        words=words,
        decided_on=decided.decided_on,
        published_at=now(),
        published_by=actor.person,
    )
    spent = _write_lines(election, decision, decided)
    if spent > cycle.budget:
        raise Refusal("projects.decided_dear")
    record(
        election,
        "projects.decided",
        actor=actor,
        number=number,
        chosen=list(decided.chosen),
        counted=election.result.winners,
    )
    return decision


def _write_lines(election: Election, decision: Decision, decided: Decided) -> int:
    """Write each candidate's line and move its project; return what they cost."""
    winners, spent = set(election.result.winners), 0
    listed = list(election.candidates.order_by("project_id"))
    unknown = set(decided.chosen) - {one.key for one in listed}
    if unknown:
        raise Refusal("projects.ballot_unknown", keys="、".join(sorted(unknown))[:100])
    for one in listed:
        counted, chosen = one.key in winners, one.key in decided.chosen
        why = decided.why.get(one.key, "").strip()[:300]
        if counted != chosen:
            required(why, "projects.departure_unfounded")
            check_public(why)
        DecisionLine.objects.create(
            town_id=election.town_id,
            decision=decision,
            candidate=one,
            counted=counted,
            chosen=chosen,
            why=why if counted != chosen else "",
        )
        spent += one.cost if chosen else 0
        if one.project_id is not None:
            _follow(one.project_id, chosen, one.cost)
    return spent


def _follow(project_id: int, chosen: bool, cost: int) -> None:
    """Let a project be what was decided; what is being built stays so."""
    project = lock_project(project_id)
    if project.state in (State.BUILDING, State.DONE, State.STOPPED):
        if not chosen:
            raise Refusal("projects.built_already", title=project.title)
        return
    if chosen and project.state != State.CHOSEN:
        project.approved_cost = project.decided_cost = cost
        move_project(project, "choose", "approved_cost", "decided_cost")
    elif not chosen and project.state != State.NOT_CHOSEN:
        project.approved_cost = project.decided_cost = None
        move_project(project, "pass_over", "approved_cost", "decided_cost")
