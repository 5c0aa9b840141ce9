"""What the page of figures shows: rates with their denominators, each with its list."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _s
from django.utils.translation import gettext_lazy as _

from luoshi.cases.figures.above import ABOVE, above_rows, count_above
from luoshi.cases.figures.conditions import (
    CLOSED,
    HANDS,
    NAMES,
    STARTED,
    matters,
    now_conditions,
)
from luoshi.cases.figures.counts import SECONDS, Counts, count_now
from luoshi.cases.figures.months import by_month
from luoshi.cases.figures.periods import Period, period_named, read_month
from luoshi.commitments.models import Commitment, Hop, State
from luoshi.core.clock import now
from luoshi.core.models import Organisation, Population, Town, Village
from luoshi.ui.charts import Columns, columns
from luoshi.ui.wording import thousands

# Fewer are counted and not rated: one matter would move the rate by a tenth.
LEAST = 10
ROWS = 50


@dataclass(frozen=True)
class Asked:
    """Of what a list is: one of `NAMES`, a period, an office, a village."""

    what: str
    period: Period
    office: int | None = None
    # None: every village; 0: no village was said.
    village: int | None = None

    def query(self) -> str:
        """Return the address's query that asks for the same."""
        told: dict[str, object] = {
            "what": self.what,
            "from": f"{self.period.first:%Y-%m}",
            "to": f"{self.period.last:%Y-%m}",
        }
        if self.office is not None:
            told["office"] = self.office
        if self.village is not None:
            told["village"] = self.village
        return urlencode(told)


@dataclass(frozen=True)
class Number:
    """A number and what its list is asked by."""

    value: int
    asked: Asked


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
    """All figures of one period."""

    period: Period
    numbers: dict[str, Number]
    rates: list[Rate]
    response: Rate
    offices: list[Line]
    villages: list[Line]
    months: list[Line]

    @property
    def chart(self) -> Columns:
        """Return the columns of what came in and what was closed."""
        return columns(
            [line.name[5:].lstrip("0") for line in self.months],
            [line.numbers["received"].value for line in self.months],
            [line.numbers["closed"].value for line in self.months],
        )

    @property
    def finding(self) -> str:
        """Say in a sentence what the chart shows."""
        came = sum(line.numbers["received"].value for line in self.months)
        done = sum(line.numbers["closed"].value for line in self.months)
        return _s("In twelve months %(came)s came in and %(done)s were closed.") % {
            "came": thousands(came),
            "done": thousands(done),
        }


LEFT_OUT: dict[str, Promise] = {
    "passed_on": _("passed to who is responsible"),
    "unanswered": _("closed without a result handed in"),
    "nobody": _("nobody was reached"),
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
    ) -> None:
        self.counts, self.period = counts, period
        self.office, self.village = office, village

    def number(self, what: str) -> Number:
        asked = Asked(what, self.period, self.office, self.village)
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


def figures_page(town: Town, name: str) -> Page:
    """Return the figures of a period of the filter."""
    period, twelve = period_named(name), period_named("twelve")
    # Every period of the filter lies within the last twelve months.
    each, standing = by_month(town, twelve), count_now()
    counts = Counts().plus(each[month] for month in period.months)
    total = counts.sum() + standing.sum() + Counter(count_above(period))
    town_maker = _Maker(total, period)
    names = [*CLOSED, *STARTED, "open", "late", "soon", "promised", *ABOVE]
    apart = ["history", "merged", "parts"]
    rates = [
        town_maker.rate(
            _("Answered in time"),
            _("handed in by the due day ÷ all that was handed in"),
            ["in_time", "answered", "passed_on", "unanswered", *apart],
        ),
        town_maker.rate(
            _("Solved"),
            _("“solved” in the words of who asked ÷ all who gave a verdict"),
            ["solved", "judged", "nobody", "not_asked", "passed_on", *apart],
        ),
        town_maker.rate(
            _("Satisfied"),
            _("“satisfied” in the words of who asked ÷ all who said how it was"),
            ["satisfied", "rated", "nobody", "not_asked", "passed_on", *apart],
        ),
    ]
    response = town_maker.rate(
        _("Answered when asked"),
        _("gave a verdict ÷ were asked for one"),
        ["judged", "asked"],
    )
    return Page(
        period,
        {one: town_maker.number(one) for one in names},
        rates,
        response,
        _offices(counts, standing, period),
        _villages(counts, standing, period),
        _months(each),
    )


def _offices(counts: Counts, standing: Counts, period: Period) -> list[Line]:
    """Return a line for each office that has any, in the offices' own order."""
    found, open_ones = counts.by_office(), standing.by_office()
    lines = []
    for office in Organisation.objects.all():
        total = found.get(office.pk, Counter()) + open_ones.get(office.pk, Counter())
        if total:
            lines.append(_Maker(total, period, office=office.pk).line(office.name))
    return lines


def _villages(counts: Counts, standing: Counts, period: Period) -> list[Line]:
    """Return a line for each village, with what came in per 1,000 people."""
    found, open_ones = counts.by_village(), standing.by_village()
    people = _people()
    lines = []
    for village in Village.objects.all():
        total = found.get(village.pk, Counter()) + open_ones.get(village.pk, Counter())
        live = people.get(village.pk)
        share = round(1000 * total["received"] / live, 1) if live else None
        maker = _Maker(total, period, village=village.pk)
        lines.append(maker.line(village.name, people=live, per_thousand=share))
    nowhere = found.get(None, Counter()) + open_ones.get(None, Counter())
    if nowhere:
        lines.append(_Maker(nowhere, period, village=0).line(str(_("No village said"))))
    return lines


def _people() -> dict[int, int]:
    """Return how many lived in each village on the latest day known."""
    rows = Population.objects.values("village_id", "on").annotate(total=Sum("people"))
    return {row["village_id"]: row["total"] for row in rows.order_by("on")}


def _months(each: dict[date, Counts]) -> list[Line]:
    """Return the last twelve months, the oldest first."""
    lines = []
    for month, counts in each.items():
        maker = _Maker(counts.sum(), Period(month, month))
        lines.append(maker.line(f"{month:%Y-%m}"))
    return lines


def list_behind(asked: Asked) -> QuerySet[Commitment]:
    """Return the very matters that a number counts."""
    period, rows = asked.period, matters()
    if asked.what in STARTED:
        rows = rows.filter(
            STARTED[asked.what],
            started_at__gte=period.since,
            started_at__lt=period.until,
        )
    elif asked.what in (*CLOSED, HANDS):
        rows = rows.filter(
            CLOSED.get(asked.what, CLOSED["closed"]),
            state=State.CLOSED,
            closed_at__gte=period.since,
            closed_at__lt=period.until,
        )
    elif asked.what in ABOVE:
        rows = above_rows(asked.what, period)
    else:
        rows = rows.filter(now_conditions(now())[asked.what])
    return rows.filter(_of_group(asked))


def _of_group(asked: Asked) -> Q:
    group = Q()
    if asked.office is not None and asked.what == HANDS:
        hops = Hop.objects.filter(commitment=OuterRef("pk"), organisation=asked.office)
        group &= Q(Exists(hops))
    elif asked.office is not None:
        group &= Q(owner_organisation=asked.office)
    elif asked.what == HANDS:
        group &= Q(Exists(Hop.objects.filter(commitment=OuterRef("pk"))))
    if asked.village is not None:
        group &= Q(village=asked.village) if asked.village else Q(village=None)
    return group


def read_asked(told: "dict[str, str]") -> Asked | None:
    """Read an address's query; None where it asks for nothing that is counted."""
    first, last = read_month(told.get("from", "")), read_month(told.get("to", ""))
    if told.get("what") not in NAMES or first is None or last is None or first > last:
        return None
    numbers = {
        name: int(told[name])
        for name in ("office", "village")
        if told.get(name, "").isdigit()
    }
    return Asked(
        told["what"], Period(first, last), numbers.get("office"), numbers.get("village")
    )


def list_page(asked: Asked, after: int = 0) -> tuple[list[Commitment], int]:
    """Return one page of a list, the newest first, and where the next one begins."""
    rows = list_behind(asked)
    if after:
        rows = rows.filter(pk__lt=after)
    found = list(
        rows.select_related("village", "owner_organisation", "owner").order_by("-pk")[
            : ROWS + 1
        ]
    )
    return found[:ROWS], found[ROWS - 1].pk if len(found) > ROWS else 0
