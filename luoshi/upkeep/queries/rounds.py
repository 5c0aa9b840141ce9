"""What is due: a day's list by village, one line an asset."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from luoshi.commitments.models import State
from luoshi.commitments.queries import Light, light_of
from luoshi.core.actors import Staff
from luoshi.core.clock import today
from luoshi.core.models import Village
from luoshi.core.villages import family_of
from luoshi.upkeep.drawing import places_in
from luoshi.upkeep.models import Asset, Defect, Round
from luoshi.upkeep.queries.register import assets_visible_to, grade_said
from luoshi.upkeep.routes import way_through

MOST_LINES = 200
AHEAD_DAYS = (0, 7, 30)


@dataclass(frozen=True)
class Line:
    """One asset that is due, with every rule by which it is."""

    asset: Asset
    grade: str
    due_on: date
    late_days: int
    rules: str


@dataclass(frozen=True)
class VillageLines:
    """What is due in one village: a way that begins with the longest overdue."""

    village: Village | None
    lines: list[Line]


@dataclass(frozen=True)
class DayPage:
    """The round of a day."""

    groups: list[VillageLines]
    # Each village with something due, and how much, for the choice above the list.
    villages: list[tuple[Village | None, int]]
    shown: int
    total: int
    late: int


@dataclass(frozen=True)
class Known:
    """A defect of an asset that is being done already, so that none is told twice."""

    title: str
    light: Light


def _due(staff: Staff, days: int) -> QuerySet[Round]:
    assets = assets_visible_to(staff).filter(retired_on=None)
    rows = Round.objects.filter(
        done_on=None, due_on__lte=today() + timedelta(days=days)
    )
    return rows.filter(asset__in=assets)


def overdue_for(staff: Staff) -> QuerySet[Round]:
    """Return the rounds over their day of what this person's offices keep up."""
    rows = Round.objects.filter(done_on=None, due_on__lt=today())
    mine = Q(asset__keeper__in=staff.organisations) | Q(
        asset__keeper=None, asset__kind__keeper__in=staff.organisations
    )
    return rows.filter(mine)


def own_villages(staff: Staff) -> list[int]:
    """Return the villages whose committee this person works for."""
    rows = Village.objects.filter(ended_on=None, committees__in=staff.organisations)
    return list(rows.distinct().values_list("pk", flat=True))


def day_page(
    staff: Staff, *, village: int = 0, kind: int = 0, days: int = 0
) -> DayPage:
    """Return what is due by a day, by village; rules of one asset share a line."""
    every = _due(staff, days)
    if kind:
        every = every.filter(asset__kind=kind)
    rows = every
    if village:
        rows = rows.filter(asset__village__in=family_of(village))
    found = list(
        rows.select_related("rule", "asset__kind", "asset__village").order_by(
            "due_on", "asset__number", "pk"
        )
    )
    by_asset: dict[int, list[Round]] = {}
    for one in found:
        by_asset.setdefault(one.asset_id, []).append(one)
    lines = [_line(rounds) for rounds in by_asset.values()]
    shown = lines[:MOST_LINES]
    return DayPage(
        groups=_grouped(shown),
        villages=_counted(every),
        shown=len(shown),
        total=len(lines),
        late=sum(1 for line in lines if line.late_days > 0),
    )


def _line(rounds: list[Round]) -> Line:
    asset, first = rounds[0].asset, rounds[0].due_on
    names = "、".join(dict.fromkeys(one.rule.name for one in rounds))
    late = (today() - first).days
    return Line(asset, grade_said(asset, asset.grade), first, late, names)


def _grouped(lines: list[Line]) -> list[VillageLines]:
    groups: dict[int, VillageLines] = {}
    for line in lines:
        village = line.asset.village
        key = village.pk if village else 0
        groups.setdefault(key, VillageLines(village, [])).lines.append(line)
    ways = [
        VillageLines(one.village, [one.lines[at] for at in way_through(_places(one))])
        for one in groups.values()
    ]
    return sorted(
        ways,
        key=lambda one: (one.village is None, one.village and one.village.position),
    )


def _places(group: VillageLines) -> list[list[float] | None]:
    """Return where each begins; none of what is known by words alone."""
    found = (line.asset.geometry for line in group.lines)
    return [places_in(geometry)[0] if geometry else None for geometry in found]


def _counted(rows: QuerySet[Round]) -> list[tuple[Village | None, int]]:
    counts: dict[int | None, set[int]] = {}
    for village, asset in rows.values_list("asset__village", "asset").distinct():
        counts.setdefault(village, set()).add(asset)
    known = {one.pk: one for one in Village.objects.all()}
    told = [
        (known.get(pk) if pk else None, len(assets)) for pk, assets in counts.items()
    ]
    return sorted(told, key=lambda one: (one[0] is None, one[0] and one[0].position))


def known_defects(asset: Asset) -> list[Known]:
    """Return what is being done about an asset; sealed matters are not told of."""
    rows = (
        Defect.objects.filter(asset=asset)
        .exclude(case__commitment__state=State.CLOSED)
        .exclude(case__visibility="sealed")
        .select_related("case__commitment__town")
        .order_by("-pk")
    )
    return [Known(one.case.subject, light_of(one.case.commitment)) for one in rows[:10]]
