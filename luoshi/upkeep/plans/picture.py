"""What-ifs side by side in one picture: condition, backlog and money by year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDTH, PANEL, HEAD, FOOT = 720, 190, 30, 24
LEFT, RIGHT, APART = 64, 150, 15


@dataclass(frozen=True)
class Curve:
    """One line of a panel: its points, and where its name stands."""

    name: str
    points: str
    x: float
    y: float
    said: str


@dataclass(frozen=True)
class Panel:
    """One measure over the years, from 0 (or the best grade) on."""

    title: str
    y: int
    base: int
    top: int
    most: str
    least: str
    curves: list[Curve]
    ticks: list[tuple[float, int]]


@dataclass(frozen=True)
class Picture:
    """All panels below each other; its size is in user units."""

    panels: list[Panel]
    width: int = WIDTH

    @property
    def height(self) -> int:
        """Return how high all panels are together."""
        return len(self.panels) * PANEL

    left: int = LEFT
    right: int = WIDTH - RIGHT


def panel(
    place: int,
    title: str,
    years: Sequence[int],
    lines: Mapping[str, tuple[str, Sequence[float]]],
    *,
    ends: tuple[str, str],
    span: tuple[float, float],
    down: bool = False,
) -> Panel:
    """Draw one measure: code of a line -> (its name, its values, one a year).

    `down` draws small values on top, as grades are better the smaller they are.
    """
    top, base = place * PANEL + HEAD, (place + 1) * PANEL - FOOT
    high = base - top
    step = (WIDTH - LEFT - RIGHT) / max(1, len(years) - 1)
    least, most = span

    def y_of(value: float) -> float:
        share = (value - least) / ((most - least) or 1)
        return round(top + high * (share if down else 1 - share), 1)

    drawn = {
        code: " ".join(
            f"{round(LEFT + step * at, 1)},{y_of(value)}"
            for at, value in enumerate(values)
        )
        for code, (_name, values) in lines.items()
    }
    wanted = {code: y_of(values[-1]) for code, (_name, values) in lines.items()}
    placed = apart(wanted, top, base)
    curves = [
        Curve(code, drawn[code], WIDTH - RIGHT + 8, placed[code], name)
        for code, (name, _values) in lines.items()
    ]
    every = max(1, len(years) // 5)
    ticks = [
        (round(LEFT + step * at, 1), year)
        for at, year in enumerate(years)
        if at % every == 0
    ]
    return Panel(title, place * PANEL, base, top, ends[0], ends[1], curves, ticks)


def apart(wanted: dict[str, float], top: float, base: float) -> dict[str, float]:
    """Move names apart so that none covers another, as little as can be."""
    order = sorted(wanted, key=lambda code: (wanted[code], code))
    placed: dict[str, float] = {}
    last = top - APART
    for code in order:
        last = placed[code] = max(wanted[code], last + APART)
    limit = base
    for code in reversed(order):
        placed[code] = round(min(placed[code], limit), 1)
        limit = placed[code] - APART
    return placed
