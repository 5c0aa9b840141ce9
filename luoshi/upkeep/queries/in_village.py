"""What everybody sees of a village's facilities: by kind, with what is being mended."""

from dataclasses import dataclass

from django.db.models import Count, Min, Q

from luoshi.commitments.models import State
from luoshi.core.models import Village
from luoshi.core.villages import family_of
from luoshi.upkeep.models import Asset, AssetKind
from luoshi.upkeep.queries.register import grade_said, open_defects

MOST_SHOWN = 300


@dataclass(frozen=True)
class OpenRow:
    """One facility: its grade, how much is being done, and by when the first."""

    asset: Asset
    grade: str
    being_done: int
    due: object


@dataclass(frozen=True)
class VillagePage:
    """A village's facilities by kind, and how many there are of each."""

    village: Village
    kinds: list[tuple[AssetKind, int]]
    chosen: int
    rows: list[OpenRow]
    more: int


def village_page(village: Village, kind: int = 0) -> VillagePage:
    """Return what stands in a village, of one kind or of all."""
    rows = Asset.objects.filter(village__in=family_of(village.pk), retired_on=None)
    counted = dict(rows.order_by().values_list("kind").annotate(n=Count("pk")))
    kinds = [one for one in AssetKind.objects.all() if one.pk in counted]
    if kind in counted:
        rows = rows.filter(kind=kind)
    total = counted[kind] if kind in counted else sum(counted.values())
    found = list(
        rows.select_related("kind").order_by("kind__position", "number")[:MOST_SHOWN]
    )
    doing = _being_done([one.pk for one in found])
    return VillagePage(
        village,
        [(one, counted[one.pk]) for one in kinds],
        kind if kind in counted else 0,
        [
            OpenRow(one, grade_said(one, one.grade), *doing.get(one.pk, (0, None)))
            for one in found
        ],
        total - len(found),
    )


def _being_done(ids: list[int]) -> dict[int, tuple[int, object]]:
    """Count the open matters of facilities; a day is told once somebody has it."""
    given = ~Q(case__commitment__state=State.RECEIVED)
    rows = open_defects().filter(asset__in=ids).order_by().values("asset")
    counted = rows.annotate(
        n=Count("pk"), due=Min("case__commitment__due_at", filter=given)
    )
    return {one["asset"]: (one["n"], one["due"]) for one in counted}
