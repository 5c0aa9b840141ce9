"""Says in sentences what each step of a count did, and why the others lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luoshi.projects.models import Candidate, Election
from luoshi.ui.wording import money, thousands


@dataclass(frozen=True)
class Line:
    """One candidate in the result, in the order in which it was chosen.

    `much` of `most` is how long its bar is, and `said` says so: votes, or points.
    """

    candidate: Candidate
    votes: int
    chosen: bool
    words: str
    cost: str
    much: int
    most: int
    said: str


def amount(election: Election, coins: int) -> str:
    """Write an amount of a vote; a file's currency is not known."""
    if election.kind != Election.Kind.FILE:
        return money(coins)
    whole, rest = divmod(coins, election.unit)
    places = len(str(election.unit)) - 1
    return f"{whole:,}.{rest:0{places}d}" if rest else thousands(whole)


def lines_of(election: Election) -> list[Line]:
    """Return each candidate with what the count did with it."""
    result = election.result
    listed = {one.key: one for one in election.candidates.all()}
    told = {step["key"]: step for step in result.steps} | result.losses
    by = "points" if election.weighs else "votes"
    lost = sorted(
        (key for key in listed if key in result.losses),
        key=lambda key: (-told[key][by], listed[key].position),
    )
    most = max((one[by] for one in told.values()), default=0)
    if not election.weighs:
        most = result.ballots
    lines = []
    for key in [*(step["key"] for step in result.steps), *lost]:
        one, chosen = told[key], key not in result.losses
        words = _step(election, one, listed) if chosen else _loss(election, one)
        lines.append(
            Line(
                listed[key],
                one["votes"],
                chosen,
                words,
                amount(election, listed[key].cost),
                max(one[by], 0),
                max(most, 1),
                _much(election, one),
            )
        )
    return lines


def _much(election: Election, told: Mapping[str, Any]) -> str:
    """Say how many votes or points a candidate has."""
    if election.weighs:
        return _("%(points)d points from %(votes)d ballots") % told
    return _("%(n)s votes") % {"n": told["votes"]}


def _step(
    election: Election, step: Mapping[str, Any], listed: Mapping[str, Candidate]
) -> str:
    told = {
        "votes": step["votes"],
        "left": amount(election, step["left"]),
        "every": election.deputies,
        "full": step.get("full"),
        "emptied": step.get("emptied"),
        "price": amount(election, round(step.get("price", 0))),
    }
    if election.rule == Election.Rule.MAJORITY:
        words = pgettext(
            "deputies",
            "%(votes)d of %(every)d deputies are for it: more than half.",
        )
    elif election.weighs:
        words = _points_words(step)
    elif step.get("full") or step.get("emptied"):
        words = (
            _(
                "%(votes)d votes. %(full)d of its supporters pay %(price)s each, "
                "%(emptied)d all that they still have. Then %(left)s is left of the "
                "whole."
            )
            if step["emptied"]
            else _(
                "%(votes)d votes. Its supporters pay %(price)s each. Then %(left)s is "
                "left of the whole."
            )
        )
    else:
        words = _("%(votes)d votes. Then %(left)s is left.")
    said = words % told
    if step["tied"]:
        others = "、".join(listed[key].name for key in step["tied"])
        level = _("It was level with %(others)s; the order on the ballot decided.")
        said = _two(said, level % {"others": others})
    return said


def _two(first: str, second: str) -> str:
    """Put two sentences beside each other."""
    return _("%(first)s %(second)s") % {"first": first, "second": second}


def _points_words(step: Mapping[str, Any]) -> str:
    """Return the sentence of a step that counted points."""
    if not step["full"] and not step["emptied"]:
        return _("Then %(left)s is left.")
    if not step["emptied"]:
        return _(
            "Each of its points pays %(price)s. Then %(left)s is left of the whole."
        )
    return _(
        "On %(full)d ballots each of its points pays %(price)s; %(emptied)d give all "
        "that they still have. Then %(left)s is left of the whole."
    )


def _loss(election: Election, loss: Mapping[str, Any]) -> str:
    words = {
        "too_dear": _("It costs more than all the money that there is."),
        "no_votes": (
            _("Nobody gave it points.")
            if election.weighs and election.form == Election.Form.POINTS
            else _("Nobody named it.")
        ),
        "no_room": _("What was left, %(has)s, was less than it costs."),
        "money_ran_out": _("Its supporters together had only %(has)s left for it."),
        "ended": _("What was left was not enough for it in its turn."),
        "worth_less": _("Others together give more votes for the money."),
        "not_half": pgettext(
            "deputies",
            "%(votes)d of %(every)d deputies are for it: not more than half.",
        ),
        "fewer": _("It is over half, but others have more votes."),
    }
    told = {
        "has": amount(election, loss.get("has", 0)),
        "votes": loss["votes"],
        "every": election.deputies,
    }
    return words[loss["reason"]] % told


def rule_in_words(election: Election) -> str:
    """Say in a few sentences how the rule counts."""
    words = _rules()[Election.Rule(election.rule)]
    if election.weighs and election.form == Election.Form.RANKING:
        places = _(
            "The last project on a ballot gets one point, each place above it one more."
        )
        return _two(places, words)
    return words


def _rules() -> dict[str, str]:
    rule = Election.Rule
    return {
        rule.MAJORITY: pgettext(
            "deputies",
            "Chosen is what more than half of all deputies want; of these the ones "
            "with the most votes, up to the number that was set.",
        ),
        rule.GREEDY: _(
            "One goes down the list by votes and takes what the money still allows."
        ),
        rule.PER_COST: _(
            "One goes down the list by votes for each yuan and takes what the money "
            "still allows."
        ),
        rule.SHARES: _(
            "Each ballot decides over the same share of the money. A project is chosen "
            "when those who named it can pay it together; what each has left goes on "
            "to what else they named. What remains goes by votes."
        ),
        rule.SHARES_EACH: _(
            "Each ballot decides over the same share of the money. A project is chosen "
            "when those who named it can pay it together, the cheapest for each of "
            "them first. What remains goes by votes."
        ),
        rule.PHRAGMEN: _(
            "The cost of what is chosen is shared among those who named it. The next "
            "is always the one that leaves nobody with a large share."
        ),
        rule.KNAPSACK: _(
            "Of all lists that the money allows, the one whose projects have the most "
            "votes together."
        ),
        rule.GREEDY_POINTS: _(
            "One goes down the list by points and takes what the money still allows."
        ),
        rule.PER_COST_POINTS: _(
            "One goes down the list by points for each yuan and takes what the money "
            "still allows."
        ),
        rule.SHARES_POINTS: _(
            "Each ballot decides over the same share of the money. A project is chosen "
            "when those who gave it points can pay it together: who gave it more pays "
            "more. The next is what has the most points of those who still have money. "
            "What remains goes by points."
        ),
        rule.SHARES_POINTS_EACH: _(
            "Each ballot decides over the same share of the money. A project is chosen "
            "when those who gave it points can pay it together: who gave it more pays "
            "more. The next is what costs the least for each point. What remains goes "
            "by points."
        ),
    }
