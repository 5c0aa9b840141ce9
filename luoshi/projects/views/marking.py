"""A ballot as a page: what can be marked, and what was marked, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from luoshi.projects.actions.ballots import Marks
from luoshi.projects.explaining import amount
from luoshi.projects.forms.voting import BallotForm
from luoshi.projects.models import Candidate, Election

BOOTH = "projects_booth"


@dataclass(frozen=True)
class Card:
    """One candidate on a ballot: where it is marked, and what it costs and brings."""

    candidate: Candidate
    cost: str
    box: Any = None
    field: Any = None


@dataclass(frozen=True)
class Marked:
    """What a ballot says of one candidate."""

    candidate: Candidate
    words: str


def cards_of(
    form: BallotForm, election: Election, listed: list[Candidate]
) -> list[Card]:
    """Return the candidates in the order of the ballot, each with its own field."""
    boxes = (
        {one.data["value"]: one for one in form["choice"]}
        if "choice" in form.fields
        else {}
    )
    prefix = "rank_" if election.form == Election.Form.RANKING else "points_"
    return [
        Card(
            one,
            amount(election, one.cost),
            boxes.get(one.key),
            form[f"{prefix}{one.key}"] if f"{prefix}{one.key}" in form.fields else None,
        )
        for one in listed
    ]


def points_left(election: Election, marks: Marks) -> int:
    """Return how many points a ballot has not given; nothing where there are none."""
    return max((election.points or 0) - sum(marks.points), 0)


def ballot_context(
    form: BallotForm, election: Election, listed: list[Candidate]
) -> dict[str, Any]:
    """Return what a ballot shows: its cards, and the money there is for them."""
    return {
        "election": election,
        "form": form,
        "cards": cards_of(form, election, listed),
        "sum": amount(election, sum(one.cost for one in listed)),
        "budget": amount(election, election.budget),
    }


def review_context(
    form: BallotForm, election: Election, listed: list[Candidate]
) -> dict[str, Any]:
    """Return what is looked at before casting: what is marked, and what is not."""
    marks = form.marks()
    return {
        "election": election,
        "form": form,
        "shown": marks_shown(election, marks, listed),
        "left": points_left(election, marks),
        "others": [one.name for one in listed if one.key not in marks.named],
    }


def marks_shown(
    election: Election, marks: Marks, listed: list[Candidate]
) -> list[Marked]:
    """Say what a ballot says, to be looked at before it is cast."""
    by_key = {one.key: one for one in listed}
    shown = []
    for place, key in enumerate(marks.named):
        words = ""
        if election.form == Election.Form.RANKING:
            words = _("Place %(place)d") % {"place": place + 1}
        elif marks.points:
            words = _("%(points)d points") % {"points": marks.points[place]}
        shown.append(Marked(by_key[key], words))
    return shown
