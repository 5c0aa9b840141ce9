"""A vote: set up, opened, its codes given out, closed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from luoshi.cases.codes import fresh_code
from luoshi.commitments.actions.base import required
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.models import Person
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.secrets import keyed_hash
from luoshi.core.trail import record
from luoshi.projects import rules
from luoshi.projects.actions.base import lock_cycle, lock_election
from luoshi.projects.models import (
    Ballot,
    Batch,
    Booth,
    Candidate,
    CastBallot,
    Code,
    Cycle,
    Election,
    Project,
    Stage,
)
from luoshi.projects.models.projects import State
from luoshi.projects.models.voting import BY_POINTS, WITH_POINTS

# 50 bits: with 3,000 codes given out, one in 370 thousand million guesses hits.
CODE_LENGTH = 10
MOST_SLIPS = 3000
MOST_POINTS = 100
Kind, Form, Rule, Who = Election.Kind, Election.Form, Election.Rule, Election.Who


@dataclass(frozen=True)
class Setting:
    """How a vote goes: who votes, what a ballot may say, how it is counted."""

    cycle_id: int
    kind: str
    title: str
    closes_on: date
    form: str = Form.APPROVAL
    rule: str = Rule.SHARES
    who: str = Who.ADULT
    most: int | None = None
    points: int | None = None
    seats: int | None = None
    deputies: int | None = None


@transaction.atomic(durable=True)
def set_up_vote(setting: Setting, *, actor: Staff) -> Election:
    """Set a vote over the candidates of a round up."""
    cycle = lock_cycle(setting.cycle_id)
    if not rules.may_run(actor, cycle, setting.kind):
        raise NotAllowed("projects.not_yours")
    if cycle.elections.filter(kind=setting.kind).exists():
        raise Refusal("projects.vote_there")
    if setting.closes_on < today():
        raise Refusal("projects.day_past")
    projects = list(cycle.projects.filter(state=State.CANDIDATE).order_by("number"))
    _check_setting(cycle, setting, projects)
    election = Election.objects.create(
        town_id=cycle.town_id,
        cycle=cycle,
        kind=setting.kind,
        title=required(setting.title, "projects.title_missing")[:120],
        form=setting.form,
        rule=rule_for(setting.form, setting.rule),
        who=setting.who,
        most=setting.most if setting.form in (Form.LIMIT, Form.RANKING) else None,
        points=setting.points if setting.form == Form.POINTS else None,
        seats=setting.seats,
        deputies=setting.deputies,
        budget=cycle.budget,
        closes_on=setting.closes_on,
    )
    _list_candidates(election, projects)
    record(election, "projects.vote_set_up", actor=actor, title=election.title)
    return election


def rule_for(form: str, rule: str) -> str:
    """Return the rule as this form of ballot is counted: by points where it has any.

    A ballot with places or points is never counted by a rule that does not weigh them.
    """
    by_points = rule in BY_POINTS.values()
    if form not in WITH_POINTS:
        if by_points:
            raise Refusal("projects.rule_of_points")
        return rule
    if not by_points and rule not in BY_POINTS:
        raise Refusal("projects.rule_weighs_nothing")
    return BY_POINTS.get(rule, rule)


def _check_setting(cycle: Cycle, setting: Setting, projects: list[Project]) -> None:
    """Refuse what the law, or sense, does not allow."""
    if len(projects) < 2:
        raise Refusal("projects.candidates_few")
    # A ranking may go down to the last or stop at a place.
    limited = setting.form == Form.LIMIT or (
        setting.form == Form.RANKING and setting.most is not None
    )
    if limited and not 1 <= (setting.most or 0) <= len(projects):
        raise Refusal("projects.limit_absurd", most=len(projects))
    if setting.form == Form.POINTS and not 1 <= (setting.points or 0) <= MOST_POINTS:
        raise Refusal("projects.limit_absurd", most=MOST_POINTS)
    of_village = cycle.decider == Cycle.Decider.VILLAGE
    if of_village != (setting.kind == Kind.VILLAGE):
        raise Refusal("projects.not_this_vote")
    if setting.kind == Kind.DEPUTIES:
        _check_deputies(cycle, setting, [one.cost or 0 for one in projects])
    elif setting.rule == Rule.MAJORITY or setting.who == Who.DEPUTY:
        raise Refusal("projects.majority_of_deputies")
    elif sum(one.cost or 0 for one in projects) <= cycle.budget:
        raise Refusal("projects.all_fit")


def _check_deputies(cycle: Cycle, setting: Setting, costs: list[int]) -> None:
    """More candidates than are chosen, and whatever is chosen can be paid."""
    if setting.rule != Rule.MAJORITY or setting.who != Who.DEPUTY:
        raise Refusal("projects.majority_of_deputies")
    if setting.form != Form.LIMIT or setting.most != setting.seats:
        raise Refusal("projects.deputies_limit")
    seats = setting.seats or 0
    if not 1 <= seats < len(costs):
        raise Refusal("projects.candidates_more", count=len(costs))
    if not setting.deputies:
        raise Refusal("projects.deputies_missing")
    if sum(sorted(costs, reverse=True)[:seats]) > cycle.budget:
        raise Refusal("projects.seats_dear", seats=seats)


def _list_candidates(election: Election, projects: list[Project]) -> None:
    """Write down what can be chosen as it stands now; the order breaks ties."""
    election.candidates.all().delete()
    Candidate.objects.bulk_create(
        Candidate(
            town_id=election.town_id,
            election=election,
            project=one,
            key=str(one.number),
            position=position,
            name=one.title,
            cost=one.cost or 0,
        )
        for position, one in enumerate(projects, 1)
    )


@transaction.atomic(durable=True)
def drop_vote(election_id: int, *, actor: Staff) -> None:
    """Take a vote that is still being set up away."""
    election = _mine(election_id, actor, Election.State.DRAFT)
    cycle = election.cycle
    if election.batches.exists() or cycle is None:
        raise Refusal("projects.slips_out")
    record(cycle, "projects.vote_dropped", actor=actor, title=election.title)
    election.candidates.all().delete()
    election.booths.all().delete()
    election.delete()


def _mine(election_id: int, actor: Staff, *states: str) -> Election:
    election = lock_election(election_id, *states)
    if not rules.may_run_vote(actor, election):
        raise NotAllowed("projects.not_yours")
    return election


@transaction.atomic(durable=True)
def open_vote(election_id: int, *, actor: Staff) -> Election:
    """Open a vote; from now on nothing of its setting changes."""
    election = _mine(election_id, actor, Election.State.DRAFT)
    cycle = election.cycle
    if cycle is None or cycle.stage != Stage.Name.DECIDE:
        raise Refusal("projects.not_deciding")
    projects = list(cycle.projects.filter(state=State.CANDIDATE).order_by("number"))
    setting = Setting(
        cycle.pk,
        *(election.kind, election.title, election.closes_on, election.form),
        *(election.rule, election.who, election.most, election.points),
        *(election.seats, election.deputies),
    )
    _check_setting(cycle, setting, projects)
    _list_candidates(election, projects)
    election.budget = cycle.budget
    election.state, election.opened_at = Election.State.OPEN, now()
    election.save(update_fields=["state", "opened_at", "budget"])
    record(election, "projects.vote_opened", actor=actor, count=len(projects))
    return election


def hash_of_code(code: str, town_id: int) -> str:
    """Return by what a code is found; the code itself is kept nowhere."""
    return keyed_hash(code, town_id=town_id, purpose="projects:code")


@transaction.atomic(durable=True)
def make_slips(
    election_id: int, *, count: int, village_id: int | None, actor: Staff
) -> tuple[Batch, list[str]]:
    """Make codes for slips; they are shown once, to be printed, and kept nowhere."""
    election = _mine(election_id, actor, Election.State.DRAFT, Election.State.OPEN)
    if not 1 <= count <= MOST_SLIPS:
        raise Refusal("projects.slips_absurd", most=MOST_SLIPS)
    _check_right(election, count)
    batch = Batch.objects.create(
        town_id=election.town_id,
        election=election,
        village_id=village_id,
        count=count,
        printed_at=now(),
        printed_by=actor.person,
    )
    codes = [fresh_code(CODE_LENGTH) for _number in range(count)]
    # In the order of the hashes, which tells nothing of the order on the paper.
    hashes = sorted(hash_of_code(code, election.town_id) for code in codes)
    Code.objects.bulk_create(
        (Code(town_id=election.town_id, batch=batch, code_hash=one) for one in hashes),
        batch_size=500,
    )
    record(election, "projects.slips_made", actor=actor, count=count)
    return batch, codes


def _check_right(election: Election, count: int) -> None:
    """There are no more slips for deputies than there are deputies."""
    if election.kind != Kind.DEPUTIES:
        return
    out = Code.objects.filter(batch__election=election, batch__void_at=None).count()
    if out + count > (election.deputies or 0):
        raise Refusal("projects.slips_more_than_deputies", out=out)


@transaction.atomic(durable=True)
def void_slips(batch_id: int, *, actor: Staff) -> Batch:
    """Say that the unused slips of a batch hold no more; what was cast stays cast."""
    batch = Batch.objects.select_for_update(of=("self",)).filter(pk=batch_id).first()
    if batch is None:
        raise NotAllowed("projects.not_yours")
    election = _mine(batch.election_id, actor, "draft", "open")
    if batch.void_at is not None:
        raise Refusal("projects.void_already")
    batch.void_at = now()
    batch.save(update_fields=["void_at"])
    record(election, "projects.slips_void", actor=actor, count=batch.count)
    return batch


@dataclass(frozen=True)
class Place:
    """A booth: where, who is there, from when till when."""

    village_id: int
    place: str
    officer_id: int
    opens_at: datetime
    closes_at: datetime


@transaction.atomic(durable=True)
def add_booth(election_id: int, place: Place, *, actor: Staff) -> Booth:
    """Write down where people vote on paper or with help, and who is there."""
    election = _mine(election_id, actor, Election.State.DRAFT, Election.State.OPEN)
    if place.closes_at <= place.opens_at:
        raise Refusal("projects.hours_in_order")
    booth = Booth.objects.create(
        town_id=election.town_id,
        election=election,
        village_id=place.village_id,
        place=required(place.place, "projects.place_missing")[:80],
        officer=Person.objects.get(pk=place.officer_id),
        opens_at=place.opens_at,
        closes_at=place.closes_at,
    )
    record(election, "projects.booth_added", actor=actor, place=booth.place)
    return booth


@transaction.atomic(durable=True)
def drop_booth(booth_id: int, *, actor: Staff) -> None:
    """Take a booth off, such as one with the wrong hour; it is added anew."""
    booth = Booth.objects.filter(pk=booth_id).first()
    if booth is None:
        raise NotAllowed("projects.not_yours")
    election = _mine(booth.election_id, actor, "draft", "open")
    record(election, "projects.booth_dropped", actor=actor, place=booth.place)
    booth.delete()


@transaction.atomic(durable=True)
def close_vote(
    election_id: int, *, present: int | None = None, actor: Staff
) -> Election:
    """Close a vote: ballots are written anew by chance, the first table emptied."""
    election = _mine(election_id, actor, Election.State.OPEN)
    if election.kind == Kind.DEPUTIES:
        election.present = _quorum(election, present)
    elif today() < election.closes_on:
        raise Refusal("projects.closes_later", day=f"{election.closes_on:%Y-%m-%d}")
    election.state, election.closed_at = Election.State.CLOSED, now()
    election.save(update_fields=["state", "closed_at", "present"])
    moved = _move_ballots(election)
    record(election, "projects.vote_closed", actor=actor, count=moved)
    return election


def _quorum(election: Election, present: int | None) -> int:
    """Return how many deputies are present: two thirds of all at least."""
    every = election.deputies or 0
    if present is None or not 0 <= present <= every:
        raise Refusal("projects.present_absurd", most=every)
    if 3 * present < 2 * every:
        raise Refusal("projects.no_quorum", present=present, every=every)
    return present


def _move_ballots(election: Election) -> int:
    """Copy the ballots in the order of their random keys, and empty the first table."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # What is deleted is overwritten with zeros in the file.
            cursor.execute("PRAGMA secure_delete = ON")
    rows = Ballot.objects.filter(election=election).order_by("pk")
    moved = CastBallot.objects.bulk_create(
        (
            CastBallot(
                pk=one.pk,
                town_id=one.town_id,
                election=election,
                named=one.named,
                points=one.points,
            )
            for one in rows
        ),
        batch_size=500,
    )
    rows.delete()
    return len(moved)
