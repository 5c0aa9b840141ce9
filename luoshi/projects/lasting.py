"""What lasts and what only shows: of one project, and of a year's list."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.core.models import Town
from luoshi.engines import appraisal
from luoshi.engines.appraisal import (
    YEARS_BACK,
    Appraisal,
    Comparison,
    Flip,
    Profile,
    Ranges,
    Swing,
)
from luoshi.projects.models import Cycle, Figure, LabelRelease, Project, Source
from luoshi.projects.models.projects import State
from luoshi.projects.plans import facts_of, plan_of
from luoshi.projects.queries import Row, public_projects, rows_of
from luoshi.projects.usual import method_of, references_of
from luoshi.ui.charts import Columns, columns
from luoshi.ui.wording import money

CHOSEN = (State.CHOSEN, State.BUILDING, State.DONE, State.STOPPED)
ASSUMPTIONS = {
    "people": gettext_lazy("People who use it a day"),
    "days": gettext_lazy("Days of use in a year"),
    "worth": gettext_lazy("What one use is worth to a person"),
    "saved": gettext_lazy("What a household saves a year"),
    "households": gettext_lazy("Households that it reaches"),
    "years": gettext_lazy("Years that it serves"),
    "fades": gettext_lazy("Use that is lost each year"),
    "build": gettext_lazy("Cost of building"),
    "upkeep": gettext_lazy("Upkeep in a year"),
    "rate": gettext_lazy("Discount rate"),
}
IN_FEN = ("worth", "saved", "build", "upkeep")
IN_PERCENT = ("fades", "rate")
LABELS = {
    "lasting": gettext_lazy("It lasts"),
    "showy": gettext_lazy("It shows"),
    "mixed": gettext_lazy("It lasts and shows"),
    "unknown": gettext_lazy("Too little is known to say"),
}
SHARES = {
    "after_five": gettext_lazy("Benefit that comes after five years of use"),
    "funded": gettext_lazy("Money for what has its upkeep paid"),
    "asked": gettext_lazy("Money for what residents asked for"),
    "appearance": gettext_lazy("Money for how things look"),
}


def percent(share: Fraction | None) -> str:
    """Write a share in whole hundredths."""
    if share is None:
        return _("not known yet")
    return f"{round(share * 100)}%"


def said(name: str, value: Fraction, way: Fraction = Fraction(0)) -> str:
    """Write a value of an assumption; a turning point is rounded the way it went."""
    if name in IN_PERCENT:
        return f"{float(value * 100):.1f}%"
    if name in IN_FEN:
        return str(money(_whole(value, way)))
    return f"{_whole(value, way):,}"


def _whole(value: Fraction, way: Fraction) -> int:
    if way > 0:
        return -(-value.numerator // value.denominator)
    if way < 0:
        return value.numerator // value.denominator
    return round(value)


@dataclass(frozen=True)
class Told:
    """One assumption with its bounds and what comes of them, in words."""

    label: str
    low: str
    central: str
    high: str
    net_low: int
    net_high: int


@dataclass(frozen=True)
class Sight:
    """One project: its figure, if enough is known, and the facts beside it."""

    row: Row
    figure: Figure | None
    appraisal: Appraisal | None
    ranges: Ranges | None
    profile: Profile | None
    # Whether this reader may read the label.
    labelled: bool

    @property
    def brings(self) -> str:
        """Say what each yuan spent brings, with two decimals."""
        if self.appraisal is None:
            return ""
        return f"{float(self.appraisal.per_yuan + 1):.2f}"

    @property
    def benefit(self) -> int | None:
        """Return the benefit in fen, with weights as they are."""
        one = self.appraisal
        return None if one is None else one.benefit + one.extra

    @property
    def household(self) -> int | None:
        """Return the net benefit for each household, in fen."""
        if self.appraisal is None or self.appraisal.per_household is None:
            return None
        return round(self.appraisal.per_household)

    @property
    def weight(self) -> str:
        """Say how often a benefit to a household in hardship counts, if it is on."""
        weight = self.appraisal.weight if self.appraisal else None
        return f"{float(weight):g}" if weight else ""

    @property
    def rate(self) -> str:
        """Say the discount rate."""
        return percent(self.appraisal.rate) if self.appraisal else ""

    @property
    def after_five(self) -> str:
        """Say which share of the benefit comes after five years of use."""
        return percent(self.profile.facts.after_five if self.profile else None)

    @property
    def appearance(self) -> str:
        """Say which share of the money goes into how it looks."""
        return percent(self.profile.facts.appearance if self.profile else None)

    @property
    def label(self) -> str:
        """Return the label in words; nothing for who may not read it."""
        if not self.labelled or self.profile is None:
            return ""
        return str(LABELS[self.profile.label])

    @property
    def swings(self) -> list[Told]:
        """Return the assumptions, the one that moves the figure most first."""
        swings = self.ranges.swings if self.ranges else ()
        return [_told(one) for one in swings if one.width]


def _told(swing: Swing) -> Told:
    name, span = swing.assumption, swing.span
    low, central, high = (
        said(name, part) for part in (span.low, span.central, span.high)
    )
    label = str(ASSUMPTIONS[name])
    return Told(label, low, central, high, swing.low, swing.high)


def sight_of(row: Row, *, labelled: bool) -> Sight:
    """Return what is shown of how one project lasts."""
    return _sights([row], row.project.town, labelled)[0]


def _sights(rows: Iterable[Row], town: Town, labelled: bool) -> list[Sight]:
    rows = list(rows)
    figures = {
        one.project_id: one
        for one in Figure.objects.filter(project__in=[row.project for row in rows])
    }
    method, usual = method_of(town), references_of(town)
    found = []
    for row in rows:
        figure = figures.get(row.project.pk)
        plan = plan_of(row.project, figure, usual[figure.kind]) if figure else None
        facts = facts_of(row.project, figure, plan, _asked(row))
        found.append(
            Sight(
                row,
                figure,
                appraisal.appraise(plan, method) if plan else None,
                appraisal.ranges(plan, method) if plan else None,
                appraisal.profile(facts) if facts else None,
                labelled,
            )
        )
    return found


def figure_of(project: Project) -> Figure | None:
    """Return what the figure of a project rests on, if it was told."""
    return Figure.objects.filter(project=project).first()


def _asked(row: Row) -> int:
    """Count who asked for it; an office that proposes its own work does not."""
    heard = [one for one in row.sources if one.kind != Source.Kind.DEPARTMENT]
    return row.supporters + len(heard)


def labels_released(cycle: Cycle) -> bool:
    """Tell whether everybody may read the labels of a round."""
    return LabelRelease.objects.filter(cycle=cycle).exists()


@dataclass(frozen=True)
class Year:
    """One year's list in the table beside the chart."""

    year: int
    money: int
    things: int
    people: int
    shares: list[str]
    showy: str


@dataclass(frozen=True)
class RoundSight:
    """A round's list by what each yuan brings, beside those of five years before."""

    cycle: Cycle
    ranked: list[Sight]
    # Of which too little is known for a figure.
    unknown: list[Sight]
    flip: str
    comparison: Comparison
    labelled: bool
    decided: bool

    @property
    def heads(self) -> list[str]:
        """Return what each share is called."""
        return [str(one) for one in SHARES.values()]

    @property
    def years(self) -> list[Year]:
        """Return the years of the table, the oldest first."""
        return [
            Year(
                one.year,
                one.money,
                one.things,
                one.people,
                [percent(one.share(name)) for name in SHARES],
                percent(one.label_share("showy")),
            )
            for one in (*self.comparison.before, self.comparison.this)
        ]

    @property
    def verdict(self) -> str:
        """Say in one sentence how this year's list stands beside those before."""
        count = len(self.comparison.before)
        sentences = {
            "worse": _(
                "This year's list lasts less than those of the years before (%(n)d)."
            ),
            "better": _(
                "This year's list lasts longer than those of the years before (%(n)d)."
            ),
            "same": _(
                "This year's list lasts about as long as those of the years before "
                "(%(n)d)."
            ),
            "unknown": _("Too little is known of the years before (%(n)d)."),
            "none_before": _("There is no list of a year before to compare with."),
        }
        return sentences[self.comparison.turn] % {"n": count}

    @property
    def changes(self) -> list[str]:
        """Say what got worse, and then what got better."""
        turns = {
            "worse": _("Worse: %(what)s is %(now)s, before it was %(before)s."),
            "better": _("Better: %(what)s is %(now)s, before it was %(before)s."),
        }
        return [
            sentence
            % {
                "what": SHARES[one.name],
                "now": percent(one.now),
                "before": percent(one.before),
            }
            for turn, sentence in turns.items()
            for one in self.comparison.changes
            if one.turn == turn
        ]

    @property
    def charts(self) -> list[tuple[Columns, str, str, str]]:
        """Return two charts with their finding and the names of their series."""
        return [
            self._chart("after_five", "funded", _("What lasts, and has its upkeep")),
            self._chart("asked", "appearance", _("What was asked for, and what shows")),
        ]

    def _chart(
        self, first: str, second: str, what: str
    ) -> tuple[Columns, str, str, str]:
        every = (*self.comparison.before, self.comparison.this)
        one, other = (
            [round((year.share(name) or 0) * 100) for year in every]
            for name in (first, second)
        )
        finding = _(
            "%(what)s, %(year)d: %(first)d and %(second)d of each hundred yuan"
        ) % {
            "what": what,
            "year": self.comparison.this.year,
            "first": one[-1],
            "second": other[-1],
        }
        chart = columns([str(year.year) for year in every], one, other)
        return chart, finding, str(SHARES[first]), str(SHARES[second])


def round_of(cycle: Cycle, *, labelled: bool) -> RoundSight:
    """Return a round's list, what would turn its order, and the lists before it."""
    cycles = Cycle.objects.filter(
        town=cycle.town,
        village=cycle.village_id,
        year__range=(cycle.year - YEARS_BACK, cycle.year),
    )
    rows = rows_of(
        public_projects(cycle.town)
        .filter(cycle__in=cycles, state__in=(*CHOSEN, State.CANDIDATE))
        .order_by("number")
    )
    by_year: dict[int, list[Sight]] = {one.year: [] for one in cycles}
    for sight in _sights(rows, cycle.town, labelled):
        by_year[sight.row.project.cycle.year].append(sight)
    mine, decided = _list(by_year[cycle.year])
    known = {one.appraisal.plan.id: one for one in mine if one.appraisal}
    plans = [one.appraisal.plan for one in known.values() if one.appraisal]
    ranking = appraisal.rank(plans, method_of(cycle.town))
    balances = [
        appraisal.balance(
            year, [one.profile.facts for one in _list(sights)[0] if one.profile]
        )
        for year, sights in sorted(by_year.items())
    ]
    return RoundSight(
        cycle,
        [known[name] for name in ranking.order],
        [one for one in mine if not one.appraisal],
        _flip_said(ranking.flip, known),
        appraisal.compare(balances[-1], balances[:-1]),
        labelled,
        decided,
    )


def _list(sights: list[Sight]) -> tuple[list[Sight], bool]:
    """Return a year's list: what was chosen, or else what may be chosen."""
    chosen = [one for one in sights if one.row.project.state in CHOSEN]
    return (chosen, True) if chosen else (sights, False)


def _flip_said(flip: Flip | None, sights: dict[str, Sight]) -> str:
    """Say which one assumption would turn the order, and from where on."""
    if flip is None:
        if len(sights) < 2:
            return ""
        return _("No single assumption turns this order within its bounds.")
    told = {
        "what": ASSUMPTIONS[flip.assumption],
        "usual": said(flip.assumption, flip.central),
        "value": said(flip.assumption, flip.value, flip.way),
        "over": sights[flip.over].row.project.title,
        "under": sights[flip.under].row.project.title,
    }
    if not flip.plan:
        return (
            _(
                "What turns the order soonest: the discount rate. At %(value)s, not "
                "%(usual)s, “%(over)s” stands before “%(under)s”."
            )
            % told
        )
    told["plan"] = sights[flip.plan].row.project.title
    return (
        _(
            "What turns the order soonest: %(what)s of “%(plan)s”. At %(value)s, not "
            "%(usual)s, “%(over)s” stands before “%(under)s”."
        )
        % told
    )
