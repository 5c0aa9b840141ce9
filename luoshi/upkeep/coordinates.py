"""Coordinates of the maps used in China, turned into WGS-84: asked for, never guessed.

GCJ-02 (the state's shifted system, of most phone maps) and BD-09 (shifted once more)
by the formulas that are known in public; CGCS2000 differs from WGS-84 by less than a
metre and is taken as it is. A hundred lines of arithmetic need no library: those on
the index are without a keeper, or stop at the first guess of the way back.
"""

from collections.abc import Callable
from enum import StrEnum
from math import atan2, cos, hypot, pi, sin, sqrt

AXIS, ECCENTRICITY = 6378245.0, 0.00669342162296594323
BAIDU = pi * 3000.0 / 180.0
# China with its seas; no latitude of it is a longitude of it.
LONGITUDES, LATITUDES = (73.0, 136.0), (3.0, 54.0)
# Some centimetres; plates stand metres apart.
NEAR_DEGREES = 1e-9

Point = tuple[float, float]


class System(StrEnum):
    """How coordinates are meant."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def in_china(longitude: float, latitude: float) -> bool:
    """Tell whether a point can be one in China."""
    return (
        LONGITUDES[0] <= longitude <= LONGITUDES[1]
        and LATITUDES[0] <= latitude <= LATITUDES[1]
    )


def to_wgs84(longitude: float, latitude: float, system: System) -> Point:
    """Return a point in WGS-84, longitude first, to seven places (a centimetre)."""
    point = (longitude, latitude)
    if system is System.BD09:
        point = _from_baidu(point)
    if system is not System.WGS84:
        point = _unshifted(point)
    return round(point[0], 7), round(point[1], 7)


def shifted(point: Point) -> Point:
    """Return where GCJ-02 shows a point of WGS-84."""
    longitude, latitude = point
    x, y = longitude - 105.0, latitude - 35.0
    angle = latitude / 180.0 * pi
    share = 1 - ECCENTRICITY * sin(angle) ** 2
    down = _down(x, y) * 180.0 / (AXIS * (1 - ECCENTRICITY) / (share**1.5) * pi)
    right = _right(x, y) * 180.0 / (AXIS / sqrt(share) * cos(angle) * pi)
    return longitude + right, latitude + down


def to_baidu(point: Point) -> Point:
    """Return where BD-09 shows a point of GCJ-02."""
    x, y = point
    far = hypot(x, y) + 0.00002 * sin(y * BAIDU)
    turn = atan2(y, x) + 0.000003 * cos(x * BAIDU)
    return far * cos(turn) + 0.0065, far * sin(turn) + 0.006


def _from_baidu(point: Point) -> Point:
    x, y = point[0] - 0.0065, point[1] - 0.006
    far = hypot(x, y) - 0.00002 * sin(y * BAIDU)
    turn = atan2(y, x) - 0.000003 * cos(x * BAIDU)
    return _nearer(point, (far * cos(turn), far * sin(turn)), to_baidu)


def _unshifted(point: Point) -> Point:
    return _nearer(point, point, shifted)


def _nearer(wanted: Point, guess: Point, forward: Callable[[Point], Point]) -> Point:
    """Return what `forward` leads to the wanted point, by going back the error."""
    for _turn in range(30):
        there = forward(guess)
        error = wanted[0] - there[0], wanted[1] - there[1]
        guess = guess[0] + error[0], guess[1] + error[1]
        if max(map(abs, error)) < NEAR_DEGREES:
            break
    return guess


def _waves(x: float) -> float:
    return (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0


def _down(x: float, y: float) -> float:
    told = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y
    told += 0.2 * sqrt(abs(x)) + _waves(x)
    told += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    return told + (160.0 * sin(y / 12.0 * pi) + 320 * sin(y * pi / 30.0)) * 2.0 / 3.0


def _right(x: float, y: float) -> float:
    told = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y
    told += 0.1 * sqrt(abs(x)) + _waves(x)
    told += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    return told + (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
