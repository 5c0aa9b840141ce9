"""Months in China, and runs of them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

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

    def name_of(self, month: date) -> str:
        """Write one of its months as an address does."""
        return f"{month:%Y-%m}"

    @property
    def months(self) -> list[date]:
        """Return its months in order."""
        count = (self.last.year - self.first.year) * 12
        count += self.last.month - self.first.month
        return [step(self.first, by) for by in range(count + 1)]


@dataclass(frozen=True)
class Days:
    """A run of whole days, both ends with it: a city's month may end on the 25th."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        """Return its first moment."""
        return datetime.combine(self.first, time(), SHANGHAI)

    @property
    def until(self) -> datetime:
        """Return the first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), SHANGHAI)

    def name_of(self, day: date) -> str:
        """Write one of its days as an address does."""
        return day.isoformat()


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


def read_period(first: str, last: str) -> Period | Days | None:
    """Read two months or two days of an address; None if they are none."""
    months = read_month(first), read_month(last)
    if months[0] and months[1]:
        return Period(months[0], months[1]) if months[0] <= months[1] else None
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    sensible = days[0] <= days[1] and days[1].year < date.max.year
    return Days(*days) if sensible else None
