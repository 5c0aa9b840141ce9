"""A plan as staff read it: a year's works, what comes later, what a change costs."""

from dataclasses import dataclass, field

from django.db.models import Case, F, IntegerField, Min, QuerySet, Value, When
from django.utils.translation import gettext as _

from luoshi.core.actors import Staff
from luoshi.core.clock import today
from luoshi.core.models import Village
from luoshi.core.villages import family_of
from luoshi.engines.planning import Balance, VillageShare, balance
from luoshi.upkeep import rules
from luoshi.upkeep.models import Asset, PlannedWork, Treatment, UpkeepPlan
from luoshi.upkeep.plans.changing import Effect, Standing
from luoshi.upkeep.plans.frozen import NO_VILLAGE
from luoshi.upkeep.plans.wording import (
    next_money_said,
    proof_said,
    put_off_said,
    why_said,
    why_works,
)
from luoshi.upkeep.queries.paid import YearMoney, money_by_year
from luoshi.upkeep.queries.register import grade_said

A_PAGE = 50
State = UpkeepPlan.State
# What costs and changes most comes first.
ORDER = Case(
    *(
        When(treatment=one, then=Value(at))
        for at, one in enumerate(reversed(Treatment))
    ),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class Wanted:
    """Which part of a plan is shown: works of a year, or what has none in it."""

    year: int
    # "works", "later" or "never".
    show: str = "works"
    village: int = 0
    kind: int = 0
    treatment: str = ""
    first: int = 0


@dataclass(frozen=True)
class WorkRow:
    """One facility in a plan's list: its works in the year, or when they come."""

    asset: Asset
    grade: str
    why: str
    work: PlannedWork | None = None
    # The gain of all its works within the plan.
    gain: float = 0.0
    next_year: int | None = None


@dataclass(frozen=True)
class YearLine:
    """A year's money: what there is, what is planned, contracted, paid, and left."""

    year: int
    budget: int
    money: YearMoney

    @property
    def left(self) -> int:
        """Return what the year has left."""
        return self.budget - self.money.planned


@dataclass(frozen=True)
class PlanPage:
    """Everything that a plan's page shows."""

    plan: UpkeepPlan
    wanted: Wanted
    rows: list[WorkRow]
    total: int
    more: int | None
    years: list[YearLine]
    proof: str
    next_money: str
    put_off: str
    # Works of the year that are not given out yet.
    open_works: int
    ungraded: int
    no_care: int
    no_people: int

    @property
    def line(self) -> YearLine:
        """Return the money of the year shown."""
        return self.years[self.wanted.year - self.plan.first_year]


@dataclass(frozen=True)
class ChoiceRow:
    """One thing that could be done instead, and what that comes to."""

    effect: Effect
    key: str
    treatment: str
    year: int | None
    # What the year has left afterwards; below zero it does not fit.
    left: int
    missing: int


@dataclass(frozen=True)
class AssetInPlan:
    """One facility in a plan: its works, why, and what could be done instead."""

    plan: UpkeepPlan
    asset: Asset
    grade: str
    why: str
    gain: float
    works: list[PlannedWork]
    out_of: PlannedWork | None = None
    choices: list[ChoiceRow] = field(default_factory=list)


def plans_visible_to(staff: Staff) -> QuerySet[UpkeepPlan]:
    """Return the town's plans for who works with the register."""
    rows = UpkeepPlan.objects.filter(town=staff.town)
    return rows if staff.has(*rules.SEE) else rows.none()


def newest_plan(staff: Staff) -> UpkeepPlan | None:
    """Return the plan to begin with: what is being made, else what holds."""
    rows = plans_visible_to(staff).exclude(state=State.REPLACED)
    return rows.defer("frozen").order_by("-pk").first()


def plans_beside(plan: UpkeepPlan, staff: Staff) -> list[UpkeepPlan]:
    """Return the other plans: the one that holds or waits, and those before."""
    rows = plans_visible_to(staff).exclude(pk=plan.pk).exclude(made_at=None)
    return list(rows.defer("frozen", "told").order_by("-pk")[:5])


def plan_that_holds() -> UpkeepPlan | None:
    """Return the approved plan, without what was frozen of it."""
    rows = UpkeepPlan.objects.filter(state=State.APPROVED)
    return rows.defer("frozen", "told").first()


def plan_page(plan: UpkeepPlan, wanted: Wanted) -> PlanPage:
    """Return a plan's page; the gain is that of the works as they stand now."""
    standing = Standing.of(plan)
    rows, total = _rows(standing, wanted)
    last = wanted.first + A_PAGE
    money = money_by_year(plan)
    works = PlannedWork.objects.filter(plan=plan, year=wanted.year, job=None)
    return PlanPage(
        plan,
        wanted,
        rows,
        total,
        last if last < total else None,
        [YearLine(year, plan.budget_of(year), money[year]) for year in plan.years],
        proof_said(plan, standing.course.value),
        next_money_said(plan, wanted.year),
        put_off_said(plan),
        works.count(),
        *(plan.frozen[name] for name in ("ungraded", "no_care", "no_people")),
    )


def _rows(standing: Standing, wanted: Wanted) -> tuple[list[WorkRow], int]:
    if wanted.show == "works":
        return _works(standing, wanted)
    return _others(standing, wanted)


def _works(standing: Standing, wanted: Wanted) -> tuple[list[WorkRow], int]:
    plan = standing.plan
    rows = PlannedWork.objects.filter(plan=plan, year=wanted.year)
    if wanted.kind:
        rows = rows.filter(asset__kind=wanted.kind)
    if wanted.village:
        rows = rows.filter(asset__village__in=family_of(wanted.village))
    if wanted.treatment:
        rows = rows.filter(treatment=wanted.treatment)
    total = rows.count()
    found = rows.select_related("asset__kind", "asset__village", "job__case")
    ordered = found.order_by(ORDER, "-cost_fen", "pk")
    shown = list(ordered[wanted.first : wanted.first + A_PAGE])
    begun = _begun(plan, [one.asset_id for one in shown])
    return [
        WorkRow(
            one.asset,
            grade_said(one.asset, one.asset.grade),
            why_works(plan, one, begun[one.asset_id]),
            one,
            _gain(standing, one.asset_id),
        )
        for one in shown
    ], total


def _begun(plan: UpkeepPlan, assets: list[int]) -> dict[int, int]:
    rows = PlannedWork.objects.filter(plan=plan, asset__in=assets).order_by()
    return dict(rows.values_list("asset").annotate(first=Min("year")))


def _gain(standing: Standing, asset_id: int) -> float:
    return float(standing.course.gain[standing.place[asset_id]])


def _others(standing: Standing, wanted: Wanted) -> tuple[list[WorkRow], int]:
    """Return what has no works in the year: those of later years, or of none."""
    busy: dict[int, list[int]] = {}
    for asset, year, _treatment, _cost in standing.works:
        busy.setdefault(asset, []).append(year)
    picked = [
        pk
        for pk in standing.place
        if wanted.year not in busy.get(pk, [])
        and (pk in busy) == (wanted.show == "later")
    ]
    rows = Asset.objects.filter(pk__in=picked)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.village:
        rows = rows.filter(village__in=family_of(wanted.village))
    total = rows.count()
    ordered = rows.select_related("kind", "village").order_by(
        F("grade").desc(), "kind__position", "number"
    )
    shown = ordered[wanted.first : wanted.first + A_PAGE]
    return [_other(standing, one, busy.get(one.pk, []), wanted) for one in shown], total


def _other(
    standing: Standing, asset: Asset, years: list[int], wanted: Wanted
) -> WorkRow:
    plan = standing.plan
    later = [year for year in years if year > wanted.year]
    done = [year for year in years if year < wanted.year]
    if done:
        why = _("Its works of %(year)s hold.") % {"year": max(done)}
    else:
        why = why_said(plan, plan.told["why"].get(str(asset.pk)))
    return WorkRow(
        asset,
        grade_said(asset, asset.grade),
        why,
        gain=_gain(standing, asset.pk),
        next_year=min(later, default=None),
    )


def asset_in_plan(
    plan: UpkeepPlan, asset: Asset, out_of: int | None = None
) -> AssetInPlan | None:
    """Return a facility in a plan with every choice; None where it is not in it."""
    standing = Standing.of(plan)
    if asset.pk not in standing.place:
        return None
    rows = PlannedWork.objects.filter(plan=plan, asset=asset).select_related(
        "job__case"
    )
    works = list(rows.order_by("year"))
    chosen = next((one for one in works if one.year == out_of and not one.job_id), None)
    alone = standing.alone(asset.pk)
    choices = [
        _choice(standing, one)
        for one in alone.choices(chosen.year if chosen else None)
        if _possible(plan, one)
    ]
    return AssetInPlan(
        plan,
        asset,
        grade_said(asset, asset.grade),
        why_said(plan, plan.told["why"].get(str(asset.pk))),
        _gain(standing, asset.pk),
        works,
        chosen,
        choices,
    )


def _possible(plan: UpkeepPlan, effect: Effect) -> bool:
    """Leave out what an approved plan does not let anybody do."""
    if plan.state != State.APPROVED:
        return True
    change = effect.change
    moved = change.out_of is not None and change.into is not None
    return moved and (change.into or 0) >= today().year


def _choice(standing: Standing, effect: Effect) -> ChoiceRow:
    change = effect.change
    year = change.into
    left = 0
    if year is not None:
        before = sum(
            cost
            for asset, at, _code, cost in standing.works
            if asset == change.asset_id and at == year
        )
        left = standing.left[year] + before - effect.costs[year][1]
    key = f"{change.treatment}:{change.out_of or ''}:{year or ''}"
    return ChoiceRow(
        effect,
        key,
        str(Treatment(change.treatment).label),
        year,
        left,
        max(effect.over.values(), default=0),
    )


def balance_of(plan: UpkeepPlan) -> tuple[Balance, list[tuple[str, VillageShare]]]:
    """Return how a plan is spread over villages, in the town's own order of them."""
    told = balance(Standing.of(plan).course)
    shares = {int(one.village): one for one in told.villages}
    names = {one.pk: one.name for one in Village.objects.order_by("position", "pk")}
    names[NO_VILLAGE] = _("In no village")
    return told, [(names[pk], shares[pk]) for pk in names if pk in shares]
