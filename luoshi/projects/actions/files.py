"""A vote brought in from a file in Pabulib's format, and counted as any other."""

from django.db import transaction

from luoshi.commitments.actions.base import required
from luoshi.core.actors import Staff
from luoshi.core.clock import now, today
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record
from luoshi.engines import voting
from luoshi.engines.voting import pabulib
from luoshi.engines.voting.elections import CUMULATIVE, ORDINAL, SCORING
from luoshi.projects import rules
from luoshi.projects.actions.elections import rule_for
from luoshi.projects.models import Candidate, CastBallot, Election
from luoshi.projects.models.voting import random_key

MOST_BYTES, MOST_ID = 20 * 1024 * 1024, 40
FORMS = {
    ORDINAL: Election.Form.RANKING,
    CUMULATIVE: Election.Form.POINTS,
    SCORING: Election.Form.POINTS,
}


@transaction.atomic(durable=True)
def bring_vote(data: bytes, *, title: str, rule: str, actor: Staff) -> Election:
    """Bring a vote in; a file that does not keep its own limits is refused."""
    if not rules.may_bring(actor):
        raise NotAllowed("projects.not_yours")
    if len(data) > MOST_BYTES:
        raise Refusal("projects.file_large")
    try:
        read = pabulib.read(data)
        # Points that nothing can count are refused here, not when they are counted.
        parts = read.scores.unit
    except voting.VotingError as error:
        raise Refusal("projects.file_wrong", why=str(error)) from error
    if any(len(one.id) > MOST_ID for one in read.projects):
        raise Refusal(
            "projects.file_wrong", why=f"an id of more than {MOST_ID} letters"
        )
    if parts > 1:
        raise Refusal("projects.file_wrong", why="points in parts of one")
    form = FORMS.get(read.vote_type, Election.Form.APPROVAL)
    election = Election.objects.create(
        town=actor.town,
        kind=Election.Kind.FILE,
        title=required(title, "projects.title_missing")[:120],
        form=form,
        rule=rule_for(form, rule),
        who=Election.Who.ADULT,
        budget=read.budget,
        unit=read.unit,
        closes_on=today(),
        closed_at=now(),
        state=Election.State.CLOSED,
    )
    Candidate.objects.bulk_create(
        Candidate(
            town=actor.town,
            election=election,
            key=one.id[:40],
            position=place,
            name=(one.name or one.id)[:200],
            cost=one.cost,
        )
        for place, one in enumerate(read.projects, 1)
    )
    _bring_ballots(election, read)
    record(
        election,
        "projects.vote_brought",
        actor=actor,
        title=election.title,
        count=read.ballots,
    )
    return election


def _bring_ballots(election: Election, read: voting.Election) -> None:
    """Write the ballots under new random keys; whoever cast them is left out."""
    keys = sorted({random_key() for _ballot in range(read.ballots)})
    while len(keys) < read.ballots:
        keys = sorted({*keys, random_key()})
    names = [one.id for one in read.projects]
    starts, named = read.start.tolist(), read.named.tolist()
    CastBallot.objects.bulk_create(
        (
            CastBallot(
                pk=key,
                town_id=election.town_id,
                election=election,
                named=[names[at] for at in named[begin:end]],
                points=(
                    [int(one) for one in read.points[begin:end]] if read.points else []
                ),
            )
            for key, begin, end in zip(keys, starts, starts[1:], strict=False)
        ),
        batch_size=2000,
    )
