"""How long an answer to deputies and members may take: a town's rule."""

from calendar import monthrange
from datetime import date
from typing import Any

from luoshi.core.models import Town
from luoshi.core.worktime import Span, Unit
from luoshi.pledges.models import Proposal

# In `Town.rules["proposals"]` a town may write other months, source and day of force.
DEFAULT_RULE: dict[str, Any] = {
    "months": 3,
    "hard_months": 6,
    "source": "代表法：自交办之日起3个月内答复，涉及面广、处理难度大的6个月内",
    "since": "2015-08-29",
}


def rule_of_proposals(town: Town) -> dict[str, Any]:
    """Return the months, their source and the day since which they hold."""
    return DEFAULT_RULE | town.rules.get("proposals", {})


def term_of_proposal(proposal: Proposal) -> Span:
    """Return its term in days: the same day so many months later."""
    rule = rule_of_proposals(proposal.town)
    months = int(rule["hard_months" if proposal.hard else "months"])
    ends = months_later(proposal.handed_on, months)
    return Span((ends - proposal.handed_on).days, Unit.DAYS)


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
