"""When an asset is due to be looked at again: pure counting of months and seasons."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Interval:
    """So many months; only within a season, where one is named (0: all the year)."""

    months: int
    season_from: int = 0
    season_to: int = 0

    def holds_in(self, month: int) -> bool:
        """Tell whether a month is in the season; it may go over the new year."""
        first, last = self.season_from, self.season_to
        if not first:
            return True
        if first <= last:
            return first <= month <= last
        return month >= first or month <= last


def months_on(day: date, months: int) -> date:
    """Return the same day so many months on, or the month's last."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def next_due(base: date, interval: Interval) -> date:
    """Return when it is due after a day: in season, or at its first month's end.

    It is always later than the day from which it is counted.
    """
    due = months_on(base, interval.months)
    if interval.holds_in(due.month):
        return due
    year = due.year + (due.month > interval.season_from)
    month = interval.season_from
    return date(year, month, monthrange(year, month)[1])
