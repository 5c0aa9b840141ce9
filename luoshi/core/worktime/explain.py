"""How a due date was counted, line by line, and how long is left, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from luoshi.core.clock import SHANGHAI
from luoshi.core.worktime.calendar import Calendar, DayKind
from luoshi.core.worktime.deadlines import Pause, Span, Unit, counted_days, due_at

KIND_WORDS: dict[DayKind, Promise | str] = {
    DayKind.WORKDAY: gettext_lazy("workday"),
    DayKind.MAKE_UP: gettext_lazy("make-up workday"),
    DayKind.WEEKEND: gettext_lazy("weekend"),
    DayKind.HOLIDAY: gettext_lazy("public holiday"),
    DayKind.TOWN_WORKS: gettext_lazy("workday by the town's own calendar"),
    DayKind.TOWN_RESTS: gettext_lazy("day off by the town's own calendar"),
}


@dataclass(frozen=True)
class Line:
    """One day of the count; `running` is how many units are counted by then."""

    day: date
    counts: bool
    reason: Promise | str
    running: int
    provisional: bool


def explain(
    start: datetime, span: Span, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> list[Line]:
    """Return the days from the start's to the due day; empty for terms in hours."""
    if span.unit in (Unit.HOURS, Unit.OFFICE_HOURS):
        return []
    pauses = list(pauses)
    last = due_at(start, span, calendar, pauses).astimezone(SHANGHAI).date()
    first = start.astimezone(SHANGHAI).date()
    lines = [
        Line(first, False, gettext_lazy("the day it came in is not counted"), 0, False)
    ]
    running = 0
    for day, counts, paused in counted_days(start, span, calendar, pauses):
        if day > last:
            break
        counts = counts and running < span.amount
        running += counts
        reason = (
            gettext_lazy("paused") if paused else KIND_WORDS[calendar.day_kind(day)]
        )
        lines.append(Line(day, counts, reason, running, calendar.is_provisional(day)))
    return lines


def workdays_between(first: date, last: date, calendar: Calendar) -> int:
    """Count the workdays after `first` up to and with `last`."""
    days = (last - first).days
    return sum(
        calendar.is_workday(first + timedelta(days=offset))
        for offset in range(1, min(days, 400) + 1)
    )


def left_text(now: datetime, due: datetime, calendar: Calendar) -> str:
    """Say how long is left or by how much it is overdue."""
    here, there = now.astimezone(SHANGHAI).date(), due.astimezone(SHANGHAI).date()
    if now > due and here == there:
        return _("overdue since today")
    if now > due:
        days = max((here - there).days, 1)
        return ngettext("%(count)d day overdue", "%(count)d days overdue", days) % {
            "count": days
        }
    if here == there:
        hours = int((due - now) / timedelta(hours=1))
        if hours >= 8:
            return _("due today")
        if hours < 1:
            return _("less than an hour left")
        return ngettext("%(count)d hour left", "%(count)d hours left", hours) % {
            "count": hours
        }
    days = workdays_between(here, there, calendar)
    if days == 0:
        return _("due on a day off")
    return ngettext("%(count)d workday left", "%(count)d workdays left", days) % {
        "count": days
    }
