"""Months in China, and runs of them."""

from dataclasses import dataclass
from datetime import date, datetime, time

from luoshi.core.clock import SHANGHAI, today


def first_of(moment: datetime) -> date:
    """Return the first day of the month in China in which a moment lies."""
    return moment.astimezone(SHANGHAI).date().replace(day=1)


def step(month: date, by: int) -> date:
    """Return the month so many months later."""
    count = month.year * 12 + month.month - 1 + by
    return date(count // 12, count % 12 + 1, 1)


def beginning(month: date) -> datetime:
    """Return the first moment of a month."""
    return datetime.combine(month, time(), SHANGHAI)


def this_month() -> date:
    """Return the month in which today lies."""
    return today().replace(day=1)


@dataclass(frozen=True)
class Period:
    """A run of whole months, both ends with it."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        """Return its first moment."""
        return beginning(self.first)

    @property
    def until(self) -> datetime:
        """Return the first moment after it."""
        return beginning(step(self.last, 1))

    @property
    def months(self) -> list[date]:
        """Return its months in order."""
        count = (self.last.year - self.first.year) * 12
        count += self.last.month - self.first.month
        return [step(self.first, by) for by in range(count + 1)]


PERIODS = ("month", "last", "year", "twelve")


def period_named(name: str) -> Period:
    """Return a period of the filter; this month if the name means nothing."""
    month = this_month()
    if name == "last":
        return Period(step(month, -1), step(month, -1))
    if name == "year":
        return Period(month.replace(month=1), month)
    if name == "twelve":
        return Period(step(month, -11), month)
    return Period(month, month)


def read_month(text: str) -> date | None:
    """Read "2026-03"; None if it is no month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
