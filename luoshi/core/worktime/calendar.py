"""Which days are workdays: statutory holidays, make-up days, a town's own days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache

import chinese_calendar

from luoshi.core.clock import SHANGHAI

Hours = tuple[tuple[time, time], ...]
OFFICE: Hours = ((time(8, 30), time(12)), (time(14), time(17, 30)))


class DayKind(StrEnum):
    """Why a day counts or does not."""

    WORKDAY = "workday"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    TOWN_WORKS = "town_works"
    TOWN_RESTS = "town_rests"


@lru_cache(maxsize=20_000)
def _state_day(day: date) -> tuple[DayKind, bool]:
    """Return what the state's calendar says of a day, and whether it knows the year."""
    weekday = day.weekday() < 5
    try:
        works = chinese_calendar.is_workday(day)
    except NotImplementedError:
        return (DayKind.WORKDAY if weekday else DayKind.WEEKEND), False
    if works:
        return (DayKind.WORKDAY if weekday else DayKind.MAKE_UP), True
    return (DayKind.HOLIDAY if weekday else DayKind.WEEKEND), True


@dataclass(frozen=True)
class Calendar:
    """The state's workdays with a town's own days and office hours (China time)."""

    overrides: Mapping[date, bool] = field(default_factory=dict)
    office: Hours = OFFICE

    def day_kind(self, day: date) -> DayKind:
        """Return what sort of day it is."""
        if day in self.overrides:
            works = self.overrides[day]
            return DayKind.TOWN_WORKS if works else DayKind.TOWN_RESTS
        return _state_day(day)[0]

    def is_workday(self, day: date) -> bool:
        """Tell whether the town works on a day."""
        return self.day_kind(day) in (
            DayKind.WORKDAY,
            DayKind.MAKE_UP,
            DayKind.TOWN_WORKS,
        )

    def is_provisional(self, day: date) -> bool:
        """Tell whether the holidays of the day's year are not announced yet."""
        return day not in self.overrides and not _state_day(day)[1]

    def is_open(self, at: datetime) -> bool:
        """Tell whether the offices are open at a moment."""
        here = at.astimezone(SHANGHAI)
        hours = any(opens <= here.time() < closes for opens, closes in self.office)
        return hours and self.is_workday(here.date())

    @property
    def opens(self) -> time:
        """Return when the office opens in the morning."""
        return self.office[0][0]

    @property
    def closes(self) -> time:
        """Return when the office closes."""
        return self.office[-1][1]
