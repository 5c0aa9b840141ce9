"""What a plan says, in sentences: why now, why later, what the next money brings."""

from math import ceil
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.ui.wording import money
from luoshi.upkeep.models import PlannedWork, UpkeepPlan
from luoshi.upkeep.plans.computing import NO_ROOM, NOTHING_TO_PLAN, REFUSED

WAN_FEN = 1_000_000
FAILURES = {
    NOTHING_TO_PLAN: gettext_lazy(
        "No facility can be planned: each needs a grade, and its kind needs prices."
    ),
    NO_ROOM: gettext_lazy(
        "What villages or kinds are given at the least does not fit. Ask for less."
    ),
    REFUSED: gettext_lazy(
        "The figures contradict each other. Look through the prices of the kinds, "
        "and through lengths and counts in the register."
    ),
}
# With the money that is lost or gained, and where that money would be worth nothing.
WHY = {
    "now": (
        gettext_lazy("Waiting a year loses what %(money)s brings elsewhere."),
        gettext_lazy("Waiting a year loses what it gains now."),
    ),
    "later": (
        gettext_lazy(
            "Begun in %(year)s it gains more; begun at once it would lose what "
            "%(money)s brings elsewhere."
        ),
        gettext_lazy("Begun in %(year)s it gains more than at once."),
    ),
    "not_worth": (
        gettext_lazy("Its money brings more elsewhere, by the worth of %(money)s."),
        gettext_lazy("Its money brings more elsewhere."),
    ),
}
PLAIN = {
    "spare": gettext_lazy("It fits into money that would be left otherwise."),
    "still_good": gettext_lazy("Until %(year)s it is too good for works."),
    "unused": gettext_lazy(
        "The register names nobody who uses it. Write down how many do."
    ),
    "nothing_suits": gettext_lazy("No works would better it within these years."),
    "no_room": gettext_lazy(
        "It is worth its money, but no year has so much left in one piece."
    ),
}


def failure_said(plan: UpkeepPlan) -> str:
    """Return why a plan could not be computed."""
    return str(FAILURES.get(plan.failure, FAILURES[REFUSED]))


def why_said(plan: UpkeepPlan, told: list[Any] | None) -> str:
    """Return the sentence of a kept reason."""
    if not told:
        return ""
    code, year, _loses, fen = told
    values = {
        "year": plan.first_year + (year or 0),
        "money": money(fen) if fen else "",
    }
    if code in WHY:
        return str(WHY[code][0 if fen else 1]) % values
    return str(PLAIN[code]) % values


def why_works(plan: UpkeepPlan, work: PlannedWork, first: int) -> str:
    """Return why works stand in their year; `first` is the asset's first year."""
    if work.moved_why:
        told = {"year": work.promised_year, "why": work.moved_why}
        return _("Moved from %(year)s: %(why)s") % told
    if work.by_hand:
        return _("Put there by hand.")
    if work.year > first:
        told = {"year": first}
        return _("It keeps what the works of %(year)s brought.") % told
    why = plan.told["why"].get(str(work.asset_id))
    planned = why is not None and why[1] is not None
    return why_said(plan, why) if planned else _("Put there by hand.")


def proof_said(plan: UpkeepPlan, value: float) -> str:
    """Return how near to the best a plan is, as certified."""
    bound = plan.told["bound"]
    share = 100 * value / bound if bound > 0 else 100.0
    # Rounded against the plan: a proof does not promise more than it has.
    missing = ceil(max(0.0, 100 - share) * 100) / 100
    if not missing:
        return _("Proved: no plan with this money brings more.")
    said = _("Proved: no plan with this money brings more than %(share)s%% more.")
    return said % {"share": f"{missing:.2f}"}


def next_money_said(plan: UpkeepPlan, year: int) -> str:
    """Return what the next 10,000 yuan of a year bring."""
    at = year - plan.first_year
    prices = plan.told["prices"]
    gain = prices[at] * WAN_FEN
    if gain <= 0:
        return _("More money in %(year)s would bring nothing more.") % {"year": year}
    told = {"year": year, "gain": f"{gain:,.1f}", "money": money(WAN_FEN)}
    said = _(
        "The next %(money)s in %(year)s are worth %(gain)s residents having a facility "
        "in full order for a year."
    )
    return said % told


def put_off_said(plan: UpkeepPlan) -> str:
    """Return what it costs to do nothing in the first year and all later."""
    told = plan.told["put_off"]
    if not told["loses"]:
        return _("Waiting a year with everything loses nothing.")
    values = {
        "year": plan.first_year,
        "next": plan.first_year + 1,
        "loses": f"{told['loses']:,.0f}",
        "money": money(told["money"]) if told["money"] else "",
    }
    if told["money"]:
        said = _(
            "Doing nothing in %(year)s and all of it in %(next)s loses what "
            "%(money)s would bring."
        )
        return said % values
    return (
        _(
            "Doing nothing in %(year)s and all of it in %(next)s loses %(loses)s "
            "residents' years of a facility in full order."
        )
        % values
    )
