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
    """One candidate in the result, in the order in which it was chosen."""

    candidate: Candidate
    votes: int
    chosen: bool
    words: str
    cost: str


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
    lines = [
        Line(
            listed[step["key"]],
            step["votes"],
            True,
            _step(election, step, listed),
            amount(election, listed[step["key"]].cost),
        )
        for step in result.steps
    ]
    lost = sorted(
        (key for key in listed if key in result.losses),
        key=lambda key: (-result.votes[key], listed[key].position),
    )
    lines += [
        Line(
            listed[key],
            result.votes[key],
            False,
            _loss(election, result.losses[key]),
            amount(election, listed[key].cost),
        )
        for key in lost
    ]
    return lines


def _step(
    election: Election, step: Mapping[str, Any], listed: Mapping[str, Candidate]
) -> str:
    told = {
        "votes": step["votes"],
        "left": amount(election, step["left"]),
        "every": election.deputies,
    }
    if election.rule == Election.Rule.MAJORITY:
        words = pgettext(
            "deputies",
            "%(votes)d of %(every)d deputies are for it: more than half.",
        )
    elif step.get("full") or step.get("emptied"):
        told |= {
            "full": step["full"],
            "emptied": step["emptied"],
            "price": amount(election, round(step["price"])),
        }
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
        said = f"{said} {level % {'others': others}}"
    return said


def _loss(election: Election, loss: Mapping[str, Any]) -> str:
    words = {
        "too_dear": _("It costs more than all the money that there is."),
        "no_votes": _("Nobody named it."),
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
    """Say in two sentences how the rule counts."""
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
    }[rule(election.rule)]
