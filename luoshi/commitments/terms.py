"""Terms and due dates: how long a commitment may take, and how that is counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.core.cache import cache

from luoshi.commitments.models import Category, Commitment
from luoshi.core.models import DayOverride, Town
from luoshi.core.notices.digest import DEFAULT_AT
from luoshi.core.worktime import Calendar, Pause, Span, Unit, due_at, yellow_at

DEFAULT_RULES: dict[str, Any] = {
    # Source: the reply time promised on the front page; a town may change it.
    "reply": [1, "workdays"],
    # Source: the two-hour tier of practice; what is urgent and comes in at night is
    # dispatched within it. After so many minutes the leader on duty gets it (habit).
    "reply_on_duty": [2, "hours"],
    "leader_after": 30,
    "objection": [1, "workdays"],
    "objection_urgent": [2, "hours"],
    "default_term": [7, "workdays"],
    "default_urgent": [24, "hours"],
    # Of a hundred, how many are looked at again: accepted work, then by the ending.
    # Where residents said how it is, their word is enough; "other" is every other end.
    "samples": {
        **{"work": 10, "solved": 0, "partly": 0, "accepted": 0, "history": 0},
        "other": 20,
    },
    "office": [["08:30", "12:00"], ["14:00", "17:30"]],
}


# An outside clock is known by its end alone: its light turns by the clock on the wall.
YELLOW_PART = 0.7
# A day that was set shows in every process within so many seconds: who answers tonight
# hangs on it.
CALENDAR_S = 10


@dataclass(frozen=True)
class Due:
    """When the light turns yellow and when it is due, both in UTC."""

    yellow_at: datetime
    due_at: datetime


def rule_of(town: Town, name: str) -> Any:
    """Return a town's rule, or the default where it has none."""
    return town.rules.get(name, DEFAULT_RULES[name])


def share_of(town: Town, what: str) -> int:
    """Return how many of a hundred are drawn: accepted "work", or an ending."""
    shares = DEFAULT_RULES["samples"] | rule_of(town, "samples")
    return int(shares.get(what, shares["other"]))


def rules_asked(town: Town) -> dict[str, Any]:
    """Return what an administrator may change: the mail's hour, nights, shares."""
    asked = {what: share_of(town, what) for what in ("work", "solved", "partly")}
    return {
        "digest_at": town.rules.get("digest_at", DEFAULT_AT),
        "leader_after": rule_of(town, "leader_after"),
        **asked,
        "other": share_of(town, "other"),
    }


def span_of(rule: Iterable) -> Span:
    """Turn [amount, unit] into a span."""
    amount, unit = rule
    return Span(amount, Unit(unit))


def calendar_of(town: Town) -> Calendar:
    """Return the town's workday calendar; kept in memory for some seconds."""
    key = f"calendar:{town.pk}"
    calendar = cache.get(key)
    if calendar is None:
        days = DayOverride.objects.values_list("day", "is_workday")
        office = tuple(
            (time.fromisoformat(opens), time.fromisoformat(closes))
            for opens, closes in rule_of(town, "office")
        )
        calendar = Calendar(overrides=dict(days), office=office)
        cache.set(key, calendar, CALENDAR_S)
    return calendar


def term_of(town: Town, category: Category | None, *, urgent: bool) -> Span:
    """Return how long a matter of this category and urgency may take."""
    if category is None:
        return span_of(rule_of(town, "default_urgent" if urgent else "default_term"))
    if urgent:
        return span_of((category.urgent_amount, category.urgent_unit))
    return span_of((category.term_amount, category.term_unit))


def whole_term(commitment: Commitment) -> Span:
    """Return the term with the extension, if there was one."""
    return span_of(
        (commitment.term_amount + commitment.extra_amount, commitment.term_unit)
    )


def pauses_of(commitment: Commitment) -> list[Pause]:
    """Return the times in which the clock of a saved commitment stood still."""
    rows = commitment.pauses.order_by("since").values_list("since", "until")
    return [Pause(since, until) for since, until in rows]


def count_due(
    town: Town, start: datetime, term: Span, pauses: Iterable[Pause] = ()
) -> Due:
    """Count when a term that began at `start` turns yellow and ends."""
    calendar = calendar_of(town)
    known = [pause for pause in pauses if pause.end is not None]
    due = due_at(start, term, calendar, known)
    return Due(
        yellow_at=yellow_at(start, due, calendar, term, pauses=known), due_at=due
    )


def apply_due(commitment: Commitment) -> list[str]:
    """Count the due date anew and set it; return the names of the fields set.

    The main system's day governs from dispatch on, and before it where it is sooner.
    A matter that was reopened after that day counts by its own term.
    """
    due = count_due(
        commitment.town,
        commitment.counted_from,
        whole_term(commitment),
        pauses_of(commitment),
    )
    if commitment.parent_id:
        due = within_whole(due, commitment)
    start, outside = commitment.counted_from, commitment.outside_due_at
    commitment.own_due_at = None
    if outside is not None and start < outside:
        governs = commitment.assigned_at is not None or outside < due.due_at
        if governs:
            commitment.own_due_at = due.due_at
            due = Due(start + (outside - start) * YELLOW_PART, outside)
    commitment.yellow_at, commitment.due_at = due.yellow_at, due.due_at
    return ["yellow_at", "due_at", "own_due_at"]


def within_whole(due: Due, part: Commitment) -> Due:
    """Return a due date no later than the whole's, yet never before the part began."""
    assert part.parent is not None
    latest = max(part.parent.due_at, part.counted_from)
    if due.due_at <= latest:
        return due
    most = part.counted_from + (latest - part.counted_from) * 0.7
    return Due(yellow_at=min(due.yellow_at, most), due_at=latest)
