"""The register on a map: what the filters leave, to scale, with the list beside it."""

from collections import Counter
from dataclasses import dataclass

from luoshi.core.actors import Staff
from luoshi.upkeep.drawing import Frame, Scale, frame_of, places_in
from luoshi.upkeep.models import Asset
from luoshi.upkeep.queries.register import Chosen, every_asset

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
    """The map: its marks, lines below dots, the villages' names, and its scale."""

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
    framed = frame_of(one.geometry for one in placed if one.geometry)
    if framed is None:
        return Drawing([], [], None, left_out)
    frame, scale = framed
    marks = [_mark(one, frame) for one in placed]
    # A line over a dot would hide it.
    marks.sort(key=lambda mark: not mark.points)
    return Drawing(marks, _names(marks), scale, left_out)


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
