"""What the page of figures shows: rates with their denominators, each with its list."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _s
from django.utils.translation import gettext_lazy as _

from luoshi.cases.figures.above import count_above
from luoshi.cases.figures.behind import Asked, Number
from luoshi.cases.figures.conditions import (
    ABOVE,
    BY_CLOSING,
    BY_RECEIPT,
    CLOSED,
    HANDS,
    LEFT,
    NOW,
    STARTED,
)
from luoshi.cases.figures.counts import SECONDS, Counts, count_now
from luoshi.cases.figures.months import by_month, by_month_received
from luoshi.cases.figures.periods import Period, period_named
from luoshi.core.clock import now
from luoshi.core.models import Organisation, Town, Village
from luoshi.core.villages import (
    current_villages,
    former_by_head,
    people_by_village,
    with_former,
)
from luoshi.ui.charts import Columns, columns
from luoshi.ui.wording import thousands

# Fewer are counted and not rated: one matter would move the rate by a tenth.
LEAST = 10


@dataclass(frozen=True)
class Rate:
    """A share of a whole; `percent` is None where fewer than ten are counted."""

    name: Promise
    formula: Promise
    part: Number
    whole: Number
    left_out: list[tuple[Promise, Number]]

    @property
    def percent(self) -> int | None:
        """Return the share in percent."""
        if self.whole.value < LEAST:
            return None
        return round(100 * self.part.value / self.whole.value)


@dataclass(frozen=True)
class Line:
    """An office, a village or a month with its numbers."""

    name: str
    numbers: dict[str, Number]
    in_time: int | None
    solved: int | None
    satisfied: int | None
    # Mean hours in an office's hands for each matter; None without any.
    hours: int | None = None
    people: int | None = None
    per_thousand: float | None = None


@dataclass(frozen=True)
class Page:
    """All figures of one period, by one day: of the closing, or of the first word."""

    period: Period
    by: str
    counted_at: datetime
    numbers: dict[str, Number]
    rates: list[Rate]
    response: Rate
    offices: list[Line]
    villages: list[Line]
    months: list[Line]

    @property
    def last_day(self) -> datetime:
        """Return the last moment that is counted: of the period, or now."""
        return min(self.counted_at, self.period.until - timedelta(seconds=1))

    @property
    def chart(self) -> Columns:
        """Return the columns of what came in and what was closed."""
        return columns(
            [line.name[5:].lstrip("0") for line in self.months],
            [line.numbers["received"].value for line in self.months],
            [line.numbers["closed"].value for line in self.months],
        )

    @property
    def ended(self) -> list[tuple[Promise, Number]]:
        """Return how many ended in each way; together they are all that closed."""
        return [(word, self.numbers[name]) for name, word in ENDED.items()]

    @property
    def finding(self) -> str:
        """Say in a sentence what the chart shows."""
        came = sum(line.numbers["received"].value for line in self.months)
        done = sum(line.numbers["closed"].value for line in self.months)
        return _s("In twelve months %(came)s came in and %(done)s were closed.") % {
            "came": thousands(came),
            "done": thousands(done),
        }


# How matters ended, in the order in which it is always told.
ENDED: dict[str, Promise] = {
    "solved": _("Solved"),
    "partly": _("Partly solved"),
    "not_solved": _("Not solved"),
    "nobody": _("Nobody was reached, or no call-back came"),
    "not_asked": _("Nobody had to be asked"),
    "passed_on": _("Passed to who is responsible"),
    "refused": _("By the rules it cannot be done"),
    "withdrawn": _("Withdrawn by the person who asked"),
    "lawful": _("Moved to a lawful route"),
}
LEFT_OUT: dict[str, Promise] = {
    "passed_on": _("passed to who is responsible"),
    "refused": _("by the rules it cannot be done"),
    "withdrawn": _("withdrawn by the person who asked"),
    "lawful": _("moved to a lawful route"),
    "unanswered": _("closed without a result handed in"),
    "nobody": _("nobody was reached, or no call-back came"),
    "no_callback": _("of these: no call-back came"),
    "not_asked": _("nobody had to be asked"),
    "history": _("brought over from before"),
    "merged": _("done together with another"),
    "parts": _("parts of another matter"),
}
SHOWN = ("received", "closed", "open", "late", HANDS)


class _Maker:
    """Makes numbers of one group: an office, a village, or the town."""

    def __init__(
        self,
        counts: Counter[str],
        period: Period,
        office: int | None = None,
        village: int | None = None,
        by: str = BY_CLOSING,
    ) -> None:
        self.counts, self.period = counts, period
        self.office, self.village, self.by = office, village, by

    def number(self, what: str) -> Number:
        asked = Asked(what, self.period, self.office, self.village, by=self.by)
        return Number(self.counts[what], asked)

    def percent(self, part: str, whole: str) -> int | None:
        all_of = self.counts[whole]
        return round(100 * self.counts[part] / all_of) if all_of >= LEAST else None

    def rate(self, name: Promise, formula: Promise, names: list[str]) -> Rate:
        part, whole, *others = names
        left_out = [(LEFT_OUT[one], self.number(one)) for one in others]
        return Rate(name, formula, self.number(part), self.number(whole), left_out)

    def line(self, name: str, **more: object) -> Line:
        hands = self.counts[HANDS]
        hours = round(self.counts[SECONDS] / 3600 / hands) if hands else None
        return Line(
            name,
            {one: self.number(one) for one in SHOWN},
            self.percent("in_time", "answered"),
            self.percent("solved", "judged"),
            self.percent("satisfied", "rated"),
            hours,
            **more,  # type: ignore[arg-type]
        )


def figures_page(town: Town, name: str, by: str = BY_CLOSING) -> Page:
    """Return the figures of a period of the filter."""
    period, twelve = period_named(name), period_named("twelve")
    # Every period of the filter lies within the last twelve months.
    received = by == BY_RECEIPT
    each = by_month_received(twelve) if received else by_month(town, twelve)
    standing = count_now()
    counts = Counts().plus(each[month] for month in period.months)
    total = counts.sum() + standing.sum() + Counter(count_above(period))
    town_maker = _Maker(total, period, by=by)
    names = [*CLOSED, *STARTED, *LEFT, *NOW, *ABOVE]
    apart = ["refused", "withdrawn", "lawful", "history", "merged", "parts"]
    silent = ["nobody", "no_callback"]
    rates = [
        town_maker.rate(
            _("Answered in time"),
            _("handed in by the due day ÷ all that was handed in"),
            ["in_time", "answered", "passed_on", "unanswered", *apart],
        ),
        town_maker.rate(
            _("Solved"),
            _("“solved” in the words of who asked ÷ all who gave a verdict"),
            ["solved", "judged", *silent, "not_asked", "passed_on", *apart],
        ),
        town_maker.rate(
            _("Satisfied"),
            _("“satisfied” in the words of who asked ÷ all who said how it was"),
            ["satisfied", "rated", *silent, "not_asked", "passed_on", *apart],
        ),
    ]
    response = town_maker.rate(
        _("Answered when asked"),
        _("gave a verdict ÷ were asked for one"),
        ["judged", "asked"],
    )
    return Page(
        *(period, by, now()),
        {one: town_maker.number(one) for one in names},
        rates,
        response,
        _offices(counts, standing, period, by),
        _villages(counts, standing, period, by),
        _months(each, by),
    )


def _offices(counts: Counts, standing: Counts, period: Period, by: str) -> list[Line]:
    """Return a line for each office that has any, in the offices' own order."""
    found, open_ones = counts.by_office(), standing.by_office()
    lines = []
    for office in Organisation.objects.all():
        total = found.get(office.pk, Counter()) + open_ones.get(office.pk, Counter())
        if total:
            lines.append(
                _Maker(total, period, office=office.pk, by=by).line(office.name)
            )
    return lines


def _villages(counts: Counts, standing: Counts, period: Period, by: str) -> list[Line]:
    """Return a line for each village, with what came in per 1,000 people."""
    # Each month stays as it was; what is part of another now is shown under it.
    current, former = current_villages(), former_by_head()
    found, open_ones = counts.by_village(current), standing.by_village(current)
    people = people_by_village()
    lines = []
    for village in Village.objects.filter(ended_on=None):
        total = found.get(village.pk, Counter()) + open_ones.get(village.pk, Counter())
        live, _on = people.get(village.pk, (None, None))
        share = round(1000 * total["received"] / live, 1) if live else None
        maker = _Maker(total, period, village=village.pk, by=by)
        name = with_former(village.name, former.get(village.pk, []))
        lines.append(maker.line(name, people=live, per_thousand=share))
    nowhere = found.get(None, Counter()) + open_ones.get(None, Counter())
    if nowhere:
        lines.append(
            _Maker(nowhere, period, village=0, by=by).line(str(_("No village said")))
        )
    return lines


def _months(each: dict[date, Counts], by: str) -> list[Line]:
    """Return the last twelve months, the oldest first."""
    lines = []
    for month, counts in each.items():
        maker = _Maker(counts.sum(), Period(month, month), by=by)
        lines.append(maker.line(f"{month:%Y-%m}"))
    return lines
