"""What is shown of how one project lasts: its figure, and the facts beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.core.models import Town
from luoshi.engines import appraisal
from luoshi.engines.appraisal import Appraisal, Profile, Ranges, Swing
from luoshi.projects.lasting.words import ASSUMPTIONS, LABELS, percent, said
from luoshi.projects.models import Cycle, Figure, LabelRelease, Project, Source
from luoshi.projects.plans import facts_of, plan_of
from luoshi.projects.queries import Row
from luoshi.projects.usual import method_of, references_of


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
    def loss(self) -> int:
        """Return by how much it costs each household more than it brings, in fen."""
        return max(0, -(self.household or 0))

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
    return sights_of([row], row.project.town, labelled)[0]


def sights_of(rows: Iterable[Row], town: Town, labelled: bool) -> list[Sight]:
    """Return what is shown of several projects of a town."""
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
