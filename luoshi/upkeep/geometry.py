"""A place on the map as GeoJSON: read from what people hand in, checked, in WGS-84."""

from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, isfinite, radians
from typing import Any

from django.utils.translation import gettext as _

from luoshi.upkeep.coordinates import Point, System, in_china, to_wgs84

METRES_A_DEGREE = 111_320.0
MOST_POINTS = 2_000
# Of a village's outline, and how many areas that lie apart it may have.
MOST_CORNERS, MOST_AREAS = 10_000, 200
# A section of a road in one town; what is longer is no coordinate of it.
LONGEST_M = 100_000


class BadPlace(ValueError):
    """A geometry that cannot be one; the text says what is wrong and what to do."""


@dataclass(frozen=True)
class Meant:
    """How coordinates are to be read: somebody said so."""

    system: System
    latitude_first: bool = False


def read_geometry(geometry: Any, meant: Meant) -> dict[str, Any] | None:
    """Return a Point or LineString in WGS-84; None where there is none."""
    if geometry is None:
        return None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    told = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind == "Point":
        return {"type": kind, "coordinates": list(_point(told, meant))}
    if kind == "LineString" and isinstance(told, list):
        return _line(told, meant)
    raise BadPlace(_("Only a point or a line can be a place; this is neither."))


def _line(told: list[Any], meant: Meant) -> dict[str, Any]:
    if not 2 <= len(told) <= MOST_POINTS:
        raise BadPlace(
            _("A line has 2 to %(most)d points; this has %(count)d.")
            % {"most": MOST_POINTS, "count": len(told)}
        )
    points = [_point(one, meant) for one in told]
    length = length_of(points)
    if not 0 < length <= LONGEST_M:
        raise BadPlace(
            _("A line of %(metres)d metres cannot be a section here.")
            % {"metres": round(length)}
        )
    return {"type": "LineString", "coordinates": [list(one) for one in points]}


def read_area(geometry: Any, meant: Meant) -> dict[str, Any]:
    """Return a Polygon or MultiPolygon in WGS-84."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    told = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(told, list):
        raise BadPlace(_("Only an area can be an outline; this is none."))
    parts = [told] if kind == "Polygon" else told
    if not 1 <= len(parts) <= MOST_AREAS:
        raise BadPlace(_("An outline has at least one area."))
    areas = [_area(one, meant) for one in parts]
    return {"type": kind, "coordinates": areas[0] if kind == "Polygon" else areas}


def _area(told: Any, meant: Meant) -> list[list[list[float]]]:
    if not isinstance(told, list) or not told:
        raise BadPlace(_("An outline has at least one area."))
    return [_ring(one, meant) for one in told]


def _ring(told: Any, meant: Meant) -> list[list[float]]:
    if not isinstance(told, list) or not 4 <= len(told) <= MOST_CORNERS:
        raise BadPlace(
            _("An outline has 4 to %(most)d points.") % {"most": MOST_CORNERS}
        )
    points = [_point(one, meant) for one in told]
    if points[0] != points[-1]:
        raise BadPlace(_("An outline ends where it begins; this does not."))
    length = length_of(points)
    if not 0 < length <= LONGEST_M * 2:
        raise BadPlace(
            _("An outline of %(metres)d metres cannot be that of a village.")
            % {"metres": round(length)}
        )
    return [list(one) for one in points]


def _point(told: Any, meant: Meant) -> Point:
    if (
        not isinstance(told, list | tuple)
        or not 2 <= len(told) <= 3
        or not all(
            isinstance(one, int | float) and not isinstance(one, bool) for one in told
        )
        or not all(map(isfinite, told))
    ):
        raise BadPlace(_("A point is two numbers: longitude and latitude."))
    longitude, latitude = float(told[0]), float(told[1])
    if meant.latitude_first:
        longitude, latitude = latitude, longitude
    if not in_china(longitude, latitude):
        if in_china(latitude, longitude):
            raise BadPlace(
                _(
                    "%(one)s, %(two)s would be in China only the other way round. "
                    "Say in which order the coordinates stand."
                )
                % {"one": told[0], "two": told[1]}
            )
        raise BadPlace(
            _(
                "%(one)s, %(two)s lies outside China. Degrees are wanted, not metres "
                "of a map's own grid."
            )
            % {"one": told[0], "two": told[1]}
        )
    return to_wgs84(longitude, latitude, meant.system)


def length_of(points: list[Point]) -> float:
    """Return how long a line is in metres; flat is near enough within a town."""
    return sum(
        hypot((b[0] - a[0]) * cos(radians((a[1] + b[1]) / 2)), b[1] - a[1])
        * METRES_A_DEGREE
        for a, b in pairwise(points)
    )


def shown(geometry: dict[str, Any] | None) -> str:
    """Say where it lies in numbers, longitude first; empty for words alone."""
    if not geometry:
        return ""
    told = geometry["coordinates"]
    first = told if geometry["type"] == "Point" else told[0]
    return f"{first[0]:.6f}, {first[1]:.6f}"
