"""Charts drawn on the server: columns by month, readable in grey and in print."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT = 640, 200, 24


@dataclass(frozen=True)
class Column:
    """A column in user units: its place, its size, and its label under the axis."""

    x: float
    y: float
    width: float
    height: float
    label: str = ""


@dataclass(frozen=True)
class Columns:
    """Two series side by side; `most` is the top of the axis, which begins at 0."""

    first: list[Column]
    second: list[Column]
    most: int
    width: int = WIDTH
    height: int = HEIGHT + FOOT
    base: int = HEIGHT


def columns(
    labels: Sequence[str], first: Sequence[int], second: Sequence[int]
) -> Columns:
    """Place two series of counts beside each other; all zero gives flat columns.

    `labels`, `first` and `second` have the same length, one entry a month.
    """
    most = max([1, *first, *second])
    step = WIDTH / max(1, len(labels))
    wide = step * 0.36

    def place(values: Sequence[int], shift: float) -> list[Column]:
        return [
            Column(
                round(step * at + shift, 1),
                round(HEIGHT - HEIGHT * value / most, 1),
                round(wide, 1),
                round(HEIGHT * value / most, 1),
                label,
            )
            for at, (label, value) in enumerate(zip(labels, values, strict=True))
        ]

    return Columns(place(first, step * 0.12), place(second, step * 0.5), most)
