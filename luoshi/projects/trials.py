"""A vote tried before it opens: trial ballots travel in the page, are counted, gone."""

import json
import random
from collections.abc import Sequence

from luoshi.core.refusals import Refusal
from luoshi.projects import counting, explaining
from luoshi.projects.actions.ballots import Marks, check_marks
from luoshi.projects.models import Election, Result

MOST, BY_CHANCE = 200, 20
Form = Election.Form


def read_box(election: Election, text: str, keys: Sequence[str]) -> list[Marks]:
    """Return the trial ballots that a page sent back; refuse what no ballot says."""
    try:
        told = json.loads(text or "[]")
        ballots = [Marks(list(named), list(points)) for named, points in told]
        for marks in ballots:
            check_marks(election, marks, keys)
    except (ValueError, TypeError, RecursionError) as error:
        raise Refusal("projects.trial_broken") from error
    if len(ballots) > MOST:
        raise Refusal("projects.trial_full", most=MOST)
    return ballots


def write_box(ballots: Sequence[Marks]) -> str:
    """Return trial ballots as the next page sends them back."""
    return json.dumps([[one.named, one.points] for one in ballots])


def by_chance(
    election: Election, keys: Sequence[str], chance: random.Random
) -> list[Marks]:
    """Return ballots as voters might fill them in, each within its bounds."""
    return [_one(election, keys, chance) for _ballot in range(BY_CHANCE)]


def _one(election: Election, keys: Sequence[str], chance: random.Random) -> Marks:
    most = min(election.most or len(keys), len(keys))
    named = chance.sample(list(keys), chance.randint(1, most))
    if election.form != Form.POINTS:
        return Marks(named)
    named = named[: election.points or 1]
    given = (election.points or 1) // len(named)
    return Marks(named, [given] * len(named))


def counted(election: Election, ballots: Sequence[Marks]) -> list[explaining.Line]:
    """Count trial ballots by the vote's rule, and write nothing down."""
    rows = [(one.named, one.points) for one in ballots]
    # Held by the vote in memory alone, for the sentences to be made from.
    Result(election=election, **vars(counting.count(election, rows)))
    return explaining.lines_of(election)
