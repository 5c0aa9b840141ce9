"""A map drawn on the server: facilities of one town, to scale, without any tile.

Within a town the earth is flat enough: degrees become metres by the latitude's cosine.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from luoshi.upkeep.geometry import METRES_A_DEGREE

WIDTH, HEIGHT, EDGE = 720, 600, 24
# A drawing of one lamp shows this much around it.
LEAST_METRES = 400.0
ROUND_METRES = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000)
# A scale is drawn as long as this part of the width at most.
LONGEST_SCALE = 0.3


@dataclass(frozen=True)
class Frame:
    """How places become points of the drawing."""

    west: float
    north: float
    # Of a degree, in units of the drawing.
    across: float
    down: float
    left: float
    top: float

    def point(self, place: Sequence[float]) -> tuple[float, float]:
        """Return where a place lies in the drawing."""
        x = self.left + (place[0] - self.west) * self.across
        y = self.top + (self.north - place[1]) * self.down
        return round(x, 1), round(y, 1)


@dataclass(frozen=True)
class Scale:
    """A bar that says how long so many metres are."""

    metres: int
    width: float


def places_in(geometry: dict[str, Any]) -> list[list[float]]:
    """Return the places of a geometry: one of a point, several of a line or area."""
    if geometry["type"] in ("Polygon", "MultiPolygon"):
        return [place for ring in rings_in(geometry) for place in ring]
    told = geometry["coordinates"]
    return [told] if geometry["type"] == "Point" else told


def rings_in(geometry: dict[str, Any]) -> list[list[list[float]]]:
    """Return the rings of an area: its outlines, and those of what is left out."""
    told = geometry["coordinates"]
    areas = [told] if geometry["type"] == "Polygon" else told
    return [ring for area in areas for ring in area]


def frame_of(geometries: Iterable[dict[str, Any]]) -> tuple[Frame, Scale] | None:
    """Return the frame that holds all of them, and its scale; None for none."""
    places = [place for one in geometries for place in places_in(one)]
    if not places:
        return None
    east, west = max(p[0] for p in places), min(p[0] for p in places)
    north, south = max(p[1] for p in places), min(p[1] for p in places)
    share = cos(radians((north + south) / 2))
    wide = max((east - west) * share * METRES_A_DEGREE, LEAST_METRES)
    high = max((north - south) * METRES_A_DEGREE, LEAST_METRES)
    unit = min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high)
    down = unit * METRES_A_DEGREE
    across = down * share
    frame = Frame(
        west,
        north,
        across,
        down,
        left=(WIDTH - (east - west) * across) / 2,
        top=(HEIGHT - (north - south) * down) / 2,
    )
    return frame, scale_of(unit)


def scale_of(unit: float) -> Scale:
    """Return the longest round length that fits; `unit` is a metre in the drawing."""
    fitting = [one for one in ROUND_METRES if one * unit <= WIDTH * LONGEST_SCALE]
    metres = max(fitting, default=ROUND_METRES[0])
    return Scale(metres, round(metres * unit, 1))
