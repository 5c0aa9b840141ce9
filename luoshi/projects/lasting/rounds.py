"""A year's list by what each yuan brings, beside those of the five years before."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from luoshi.engines import appraisal
from luoshi.engines.appraisal import YEARS_BACK, Comparison, Facts, Flip
from luoshi.projects.lasting.earlier import earlier_facts
from luoshi.projects.lasting.sights import Sight, sights_of
from luoshi.projects.lasting.words import ASSUMPTIONS, SHARES, percent, said
from luoshi.projects.models import Cycle
from luoshi.projects.models.projects import State
from luoshi.projects.queries import public_projects, rows_of
from luoshi.projects.usual import method_of, references_of
from luoshi.ui.charts import Columns, columns

CHOSEN = (State.CHOSEN, State.BUILDING, State.DONE, State.STOPPED)


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
    # Years that were written down later, from the town's own records.
    remembered: list[int]

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
    for sight in sights_of(rows, cycle.town, labelled):
        by_year[sight.row.project.cycle.year].append(sight)
    mine, decided = _list(by_year[cycle.year])
    known = {one.appraisal.plan.id: one for one in mine if one.appraisal}
    plans = [one.appraisal.plan for one in known.values() if one.appraisal]
    ranking = appraisal.rank(plans, method_of(cycle.town))
    facts = {
        year: [one.profile.facts for one in _list(sights)[0] if one.profile]
        for year, sights in by_year.items()
    }
    before = _remembered(cycle) if cycle.village_id is None else {}
    balances = [
        appraisal.balance(year, things)
        for year, things in sorted((before | facts).items())
    ]
    return RoundSight(
        cycle,
        [known[name] for name in ranking.order],
        [one for one in mine if not one.appraisal],
        _flip_said(ranking.flip, known),
        appraisal.compare(balances[-1], balances[:-1]),
        labelled,
        decided,
        sorted(before.keys() - facts.keys()),
    )


def _remembered(cycle: Cycle) -> dict[int, list[Facts]]:
    """Return what is known of earlier years' lists, which had no round here."""
    years = range(cycle.year - YEARS_BACK, cycle.year)
    return earlier_facts(cycle.town, years, references_of(cycle.town))


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
