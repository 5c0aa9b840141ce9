"""Condition over time, what was looked at on time, and what is overdue."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import ExtractYear

from luoshi.core.actors import Staff
from luoshi.core.clock import today
from luoshi.core.queries import villages
from luoshi.core.villages import current_villages, family_of
from luoshi.upkeep.models import Asset, AssetKind, Inspection, Round
from luoshi.upkeep.queries.register import assets_visible_to
from luoshi.upkeep.seasons import months_on

YEARS_SHOWN = 8
BAR = 200


@dataclass(frozen=True)
class Bar:
    """One piece of a stacked bar: the grade, how many, and where it stands."""

    grade: int
    count: int
    x: float
    width: float


@dataclass(frozen=True)
class Line:
    """How things stand with some assets."""

    label: str
    key: int
    assets: int
    graded: int
    bars: list[Bar]
    poor: int
    # Rounds of the last twelve months that were due, and those done by their day.
    due: int
    on_time: int
    late: int

    @property
    def share(self) -> int | None:
        """Return how many of a hundred rounds were done on time; of few, none."""
        return None if self.due < 10 else 100 * self.on_time // self.due


@dataclass(frozen=True)
class ConditionPage:
    """The whole, by kind, by village, and by year."""

    whole: Line
    kinds: list[Line]
    villages: list[Line]
    years: list[Line]


def condition_page(staff: Staff, *, kind: int = 0, village: int = 0) -> ConditionPage:
    """Return how what the town keeps up is, by kind and village, and over the years."""
    assets = assets_visible_to(staff).filter(retired_on=None)
    if kind:
        assets = assets.filter(kind=kind)
    if village:
        assets = assets.filter(village__in=family_of(village))
    grades = _grades(assets)
    rounds = _rounds(assets)
    names = dict(AssetKind.objects.order_by("position").values_list("pk", "name"))
    kinds = [
        _line(name, pk, _of(grades, 0, pk), _of(rounds, 0, pk))
        for pk, name in names.items()
    ]
    return ConditionPage(
        whole=_line("", 0, grades, rounds),
        kinds=[one for one in kinds if one.assets],
        villages=_villages(staff, grades, rounds),
        years=_years(assets),
    )


# (kind, village) -> grade -> assets; (kind, village) -> due, on time, late.
Grades = dict[tuple[int, int | None], dict[int | None, int]]
Rounds = dict[tuple[int, int | None], tuple[int, int, int]]


def _grades(assets: QuerySet[Asset]) -> Grades:
    head, found = current_villages(), Grades()
    rows = assets.order_by().values_list("kind", "village", "grade")
    for kind, village, grade, count in rows.annotate(n=Count("pk")):
        cell = found.setdefault((kind, head.get(village)), {})
        cell[grade] = cell.get(grade, 0) + count
    return found


def _rounds(assets: QuerySet[Asset]) -> Rounds:
    day, head, found = today(), current_villages(), Rounds()
    lately = Q(due_on__gt=months_on(day, -12), due_on__lte=day)
    rows = Round.objects.filter(asset__in=assets).order_by()
    counted = rows.values_list("asset__kind", "asset__village").annotate(
        due=Count("pk", filter=lately),
        kept=Count("pk", filter=lately & Q(done_on__lte=F("due_on"))),
        late=Count("pk", filter=Q(done_on=None, due_on__lt=day)),
    )
    for kind, village, *numbers in counted:
        key = (kind, head.get(village))
        before = found.get(key, (0, 0, 0))
        found[key] = tuple(a + b for a, b in zip(before, numbers, strict=True))  # type: ignore[assignment]
    return found


def _of(cells: dict[Any, Any], place: int, wanted: int | None) -> dict[Any, Any]:
    """Return the cells of one kind (place 0) or one village (place 1)."""
    return {key: told for key, told in cells.items() if key[place] == wanted}


def _line(label: str, key: int, grades: Grades, rounds: Rounds) -> Line:
    counts: dict[int, int] = {}
    assets = 0
    for cell in grades.values():
        for grade, count in cell.items():
            assets += count
            if grade is not None:
                counts[grade] = counts.get(grade, 0) + count
    due, on_time, late = (
        sum(one[place] for one in rounds.values()) for place in range(3)
    )
    graded = sum(counts.values())
    poor = counts.get(4, 0) + counts.get(5, 0)
    return Line(
        *(label, key, assets, graded, bars_of(counts), poor),
        *(due, on_time, late),
    )


def bars_of(counts: dict[int, int]) -> list[Bar]:
    """Place the grades beside each other, light to dark; none for nothing graded."""
    total, x, bars = sum(counts.values()), 0.0, []
    for grade in range(1, 6):
        count = counts.get(grade, 0)
        if count:
            width = BAR * count / total
            bars.append(Bar(grade, count, round(x, 1), round(width, 1)))
            x += width
    return bars


def _villages(staff: Staff, grades: Grades, rounds: Rounds) -> list[Line]:
    """Return the villages in the town's own order: no order by how they stand."""
    lines = [
        _line(one.name, one.pk, _of(grades, 1, one.pk), _of(rounds, 1, one.pk))
        for one in villages()
    ]
    return [one for one in lines if one.assets]


def _years(assets: QuerySet[Asset]) -> list[Line]:
    """Return the last grade that each asset got in a year, of those that got one."""
    first = date(today().year - YEARS_SHOWN + 1, 1, 1)
    looks = Inspection.objects.filter(
        asset__in=assets, grade__isnull=False, on__gte=first
    ).annotate(year=ExtractYear("on"))
    newest = looks.order_by().values("asset", "year").annotate(last=Max("pk"))
    rows = (
        looks.filter(pk__in=newest.values("last"))
        .order_by()
        .values_list("year", "grade")
        .annotate(n=Count("pk"))
    )
    found: dict[int, dict[int, int]] = {}
    for year, grade, count in rows:
        found.setdefault(year, {})[grade] = count
    return [_year(year, found[year]) for year in sorted(found)]


def _year(year: int, counts: dict[int, int]) -> Line:
    graded = sum(counts.values())
    poor = counts.get(4, 0) + counts.get(5, 0)
    return Line(str(year), year, graded, graded, bars_of(counts), poor, 0, 0, 0)
