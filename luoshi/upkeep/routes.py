"""A way through the places of a day: from each to the nearest that is left."""

from collections.abc import Sequence
from math import cos, radians

Place = Sequence[float]


def way_through(places: Sequence[Place | None]) -> list[int]:
    """Return the order of a walk that begins with the first; no place comes last.

    The nearest each time is no shortest way, but one that anybody would take.
    """
    left = [at for at, place in enumerate(places) if place is not None]
    way: list[int] = []
    while left:
        here = places[way[-1]] if way else None
        at = (
            left[0]
            if here is None
            else min(left, key=lambda one: _far(here, places[one]))
        )
        way.append(at)
        left.remove(at)
    return way + [at for at, place in enumerate(places) if place is None]


def _far(one: Place, other: Place | None) -> float:
    """Return the square of the distance, in degrees of latitude."""
    assert other is not None
    across = (one[0] - other[0]) * cos(radians(one[1]))
    return across * across + (one[1] - other[1]) ** 2
