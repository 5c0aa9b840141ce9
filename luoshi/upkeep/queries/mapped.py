"""The register on a map: what the filters leave, to scale, with the list beside it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.core.actors import Staff
from luoshi.core.models import Village
from luoshi.core.queries import villages
from luoshi.core.villages import family_of
from luoshi.upkeep.drawing import Frame, Scale, frame_of, places_in, rings_in
from luoshi.upkeep.models import Asset, VillageOutline
from luoshi.upkeep.queries.register import Chosen, every_asset, grade_said

MOST_DRAWN = 3_000


@dataclass(frozen=True)
class Mark:
    """One facility in the drawing: a dot, or a line through several points."""

    asset: Asset
    x: float
    y: float
    # Empty for a dot.
    points: str = ""


@dataclass(frozen=True)
class Name:
    """A village's name, in the middle of what it has."""

    key: int
    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """The map: its marks, lines below dots, the villages, and its scale."""

    # The villages' outlines, as an SVG path draws them.
    areas: list[str]
    marks: list[Mark]
    names: list[Name]
    scale: Scale | None
    # Known by words alone, or more than are drawn at once.
    left_out: int


def drawing_of(staff: Staff, chosen: Chosen) -> Drawing:
    """Draw what the filters leave and what has a place on the map."""
    rows = every_asset(staff, chosen)
    placed = list(rows.exclude(geometry=None)[:MOST_DRAWN])
    left_out = rows.count() - len(placed)
    outlines = _outlines(chosen)
    framed = frame_of(
        [one.geometry for one in placed if one.geometry]
        + [one.geometry for one in outlines]
    )
    if framed is None or not placed:
        return Drawing([], [], [], None, left_out)
    frame, scale = framed
    marks = [_mark(one, frame) for one in placed]
    # A line over a dot would hide it.
    marks.sort(key=lambda mark: not mark.points)
    areas = [_area(one, frame) for one in outlines]
    return Drawing(areas, marks, _names(marks), scale, left_out)


def _outlines(chosen: Chosen) -> list[VillageOutline]:
    """Return the outlines of the chosen village, or of all."""
    rows = VillageOutline.objects.filter(village__ended_on=None)
    if chosen.village:
        rows = rows.filter(village__in=family_of(chosen.village))
    return list(rows.select_related("village").order_by("village__position", "pk"))


def _area(outline: VillageOutline, frame: Frame) -> str:
    rings = [
        " L ".join(f"{x} {y}" for x, y in map(frame.point, ring))
        for ring in rings_in(outline.geometry)
    ]
    return " ".join(f"M {ring} Z" for ring in rings)


def villages_outlined() -> list[tuple[Village, bool]]:
    """Return the villages, and whether the outline of each is there."""
    there = set(VillageOutline.objects.values_list("village", flat=True))
    return [(one, one.pk in there) for one in villages()]


def map_of(staff: Staff, chosen: Chosen) -> dict[str, Any]:
    """Return what the filters leave and the outlines, as the large map reads it."""
    rows = every_asset(staff, chosen).exclude(geometry=None)[:MOST_DRAWN]
    placed, outlines = list(rows), _outlines(chosen)
    middles: dict[str, list[float]] = {}
    for one in outlines:
        places = places_in(one.geometry)[1:]
        middles[one.village.name] = [
            round(sum(place[axis] for place in places) / len(places), 6)
            for axis in (0, 1)
        ]
    return {
        "places": _features((one.geometry, _properties(staff, one)) for one in placed),
        "villages": _features(
            (one.geometry, {"name": one.village.name}) for one in outlines
        ),
        "names": [{"name": name, "at": at} for name, at in middles.items()],
    }


def _properties(staff: Staff, asset: Asset) -> dict[str, Any]:
    grade = asset.grade
    told = {"grade": grade_said(asset, grade)}
    return {
        "name": asset.name,
        "kind": asset.kind.name,
        "grade": grade or 0,
        "said": _("grade %(grade)s") % told if grade else "",
        "url": reverse(
            "upkeep:asset", kwargs={"town": staff.town.code, "asset_id": asset.pk}
        ),
    }


def _features(told: Iterable[tuple[Any, dict[str, Any]]]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": geometry, "properties": properties}
            for geometry, properties in told
        ],
    }


def count_grades(drawing: Drawing) -> list[tuple[int | None, int]]:
    """Count what is drawn by its grade; what has none comes last."""
    counts = Counter(mark.asset.grade for mark in drawing.marks)
    return sorted(counts.items(), key=lambda one: (one[0] is None, one[0] or 0))


def _mark(asset: Asset, frame: Frame) -> Mark:
    points = [frame.point(place) for place in places_in(asset.geometry or {})]
    x, y = points[0]
    line = " ".join(f"{one},{two}" for one, two in points) if len(points) > 1 else ""
    return Mark(asset, x, y, line)


def _names(marks: list[Mark]) -> list[Name]:
    places: dict[int, list[Mark]] = {}
    for mark in marks:
        if mark.asset.village_id:
            places.setdefault(mark.asset.village_id, []).append(mark)
    return [
        Name(
            key,
            str(found[0].asset.village),
            round(sum(one.x for one in found) / len(found), 1),
            round(sum(one.y for one in found) / len(found), 1),
        )
        for key, found in places.items()
    ]
