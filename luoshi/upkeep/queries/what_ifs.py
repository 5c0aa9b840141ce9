"""A plan beside what else could be done: less and more money, and the two habits."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from luoshi.engines.planning import Outlook, outlook
from luoshi.ui.charts import Columns, columns
from luoshi.ui.wording import WAN, money
from luoshi.upkeep.models import PlannedWork, UpkeepPlan
from luoshi.upkeep.plans.changing import Standing
from luoshi.upkeep.plans.picture import Picture, panel
from luoshi.upkeep.queries.paid import YearMoney, money_by_year

FIVE = 5
NAMED = 5


@dataclass(frozen=True)
class WhatIf:
    """One way of spending the money, and what comes of it."""

    name: str
    outlook: Outlook
    # Of a hundred of the plan's own gain.
    share: int

    @property
    def end(self) -> float:
        """Return the mean grade at the end."""
        return self.outlook.grade[-1]

    @property
    def backlog(self) -> int:
        """Return what mending all in grade 4 and 5 would cost at the end."""
        return self.outlook.backlog[-1]

    @property
    def spent(self) -> int:
        """Return the money of all years."""
        return sum(self.outlook.spent)


@dataclass(frozen=True)
class WhatIfs:
    """All ways beside each other, as a picture and as a table."""

    plan: UpkeepPlan
    ways: list[WhatIf]
    picture: Picture
    finding: str


@dataclass(frozen=True)
class FiveYear:
    """One of the next five years as a leader sees it."""

    year: int
    budget: int
    money: YearMoney
    grade: float
    backlog: int
    # The dearest works, and how many there are in all.
    works: list[PlannedWork]
    mended: int
    routine: int


@dataclass(frozen=True)
class FiveYears:
    """Five years of a plan: money, condition, and what is done."""

    plan: UpkeepPlan
    years: list[FiveYear]
    chart: Columns
    finding: str


def names() -> dict[str, str]:
    """Return what each way is called."""
    return {
        "plan": _("The plan"),
        "less": _("20% less money"),
        "more": _("20% more money"),
        "worst_first": _("Worst first"),
        "showy_first": _("What is seen first"),
    }


def what_ifs_of(plan: UpkeepPlan) -> WhatIfs:
    """Return a plan as it stands now beside the what-ifs computed with it."""
    kept = plan.told["outlooks"]
    found = {"plan": outlook(Standing.of(plan).course)}
    found |= {name: Outlook(**told) for name, told in kept.items()}
    value = found["plan"].value
    ways = [
        WhatIf(
            name, found[code], round(100 * found[code].value / value) if value else 0
        )
        for code, name in names().items()
    ]
    worst = found["worst_first"]
    told = {
        "last": plan.last_year,
        "plan": f"{found['plan'].grade[-1]:.1f}",
        "worst": f"{worst.grade[-1]:.1f}",
    }
    finding = _(
        "In %(last)s the mean grade is %(plan)s with the plan, and %(worst)s if the "
        "same money always goes to the worst first."
    )
    return WhatIfs(plan, ways, _picture(plan, found), finding % told)


def _picture(plan: UpkeepPlan, found: dict[str, Outlook]) -> Picture:
    years, called = list(plan.years), names()
    grade = {code: (called[code], one.grade) for code, one in found.items()}
    backlog = {
        code: (called[code], [fen / WAN for fen in one.backlog])
        for code, one in found.items()
    }
    total = {
        code: (called[code], _summed(one.spent, WAN)) for code, one in found.items()
    }
    left = max(max(values) for _name, values in backlog.values()) or 1
    most = max(values[-1] for _name, values in total.values()) or 1
    mean, mend = _("Mean grade, 1 is best"), _("What is left to mend, 10,000 yuan")
    spent, span = _("Money spent so far, 10,000 yuan"), (0, left)
    return Picture(
        [
            panel(0, mean, years, grade, ends=("1", "5"), span=(1, 5), down=True),
            panel(1, mend, years, backlog, ends=(f"{left:,.0f}", "0"), span=span),
            panel(2, spent, years, total, ends=(f"{most:,.0f}", "0"), span=(0, most)),
        ]
    )


def _summed(spent: tuple[int, ...], unit: int) -> list[float]:
    told, total = [], 0
    for one in spent:
        total += one
        told.append(total / unit)
    return told


def five_years_of(plan: UpkeepPlan) -> FiveYears:
    """Return the plan's first five years, for who answers for them."""
    seen = outlook(Standing.of(plan).course)
    spent = money_by_year(plan)
    years = [
        _year(plan, year, seen, at, spent[year])
        for at, year in enumerate(list(plan.years)[:FIVE])
    ]
    chart = columns(
        [str(one.year) for one in years],
        [one.money.planned for one in years],
        [one.money.paid for one in years],
    )
    told = {
        "planned": money(sum(one.money.planned for one in years)),
        "paid": money(sum(one.money.paid for one in years)),
        "first": years[0].year,
        "last": years[-1].year,
    }
    finding = _("%(first)s to %(last)s: %(planned)s planned, %(paid)s paid so far.")
    return FiveYears(plan, years, chart, finding % told)


def _year(
    plan: UpkeepPlan, year: int, seen: Outlook, at: int, spent: YearMoney
) -> FiveYear:
    rows = PlannedWork.objects.filter(plan=plan, year=year)
    mended = rows.exclude(treatment="routine")
    dearest = mended.select_related("asset__village").order_by("-cost_fen", "pk")
    return FiveYear(
        year,
        plan.budget_of(year),
        spent,
        seen.grade[at],
        seen.backlog[at],
        list(dearest[:NAMED]),
        mended.count(),
        rows.filter(treatment="routine").count(),
    )
