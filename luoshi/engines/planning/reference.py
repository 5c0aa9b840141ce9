"""Reference kinds: an example that each town replaces with its own records.

Lives and costs are ours, of the order of what townships pay; every rate can be edited.
The chance to leave grade g in a year is 4 / life x s_g, with s = .7, .9, 1.2, 1.6: an
asset stays long in good grades and falls fast after grade 3, as road networks do.
Upkeep of about one percent of replacement a year is what the World Bank's ROCKS data
base and main roads of the United Kingdom show; docs/decisions/planning.md names them.
"""

from dataclasses import dataclass

from luoshi.engines.planning.errors import PlanningError
from luoshi.engines.planning.instances import GRADES, Kind, Treatment

PACE = (0.7, 0.9, 1.2, 1.6)
# Shares of the cost of replacement, in thousandths, at grade 1 to 5.
SHARES = {
    "routine": (10, 12, 18, 25, 30),
    "light": (50, 60, 110, 180, 180),
    "heavy": (200, 250, 350, 550, 550),
    "renewal": (1000, 1000, 1000, 1000, 1000),
}
SUITS = {"routine": (1, 2, 3), "light": (2, 3), "heavy": (3, 4), "renewal": (4, 5)}
RESULTS: dict[str, tuple[float, ...] | None] = {
    "routine": None,
    "light": (0.6, 0.4, 0.0, 0.0, 0.0),
    "heavy": (0.9, 0.1, 0.0, 0.0, 0.0),
    "renewal": (1.0, 0.0, 0.0, 0.0, 0.0),
}


@dataclass(frozen=True)
class Reference:
    """One kind: years to grade 5 without works, fen to replace one unit, the unit."""

    name: str
    life: int
    replace: int
    unit: str
    showy: float = 0.0


REFERENCES = (
    Reference("gravel_road", 8, 6_000, "metre"),
    Reference("concrete_road", 22, 45_000, "metre", 0.6),
    Reference("asphalt_road", 14, 50_000, "metre", 0.8),
    Reference("culvert", 35, 4_000_000, "piece"),
    Reference("small_bridge", 50, 60_000_000, "piece", 0.5),
    Reference("earth_ditch", 6, 2_500, "metre"),
    Reference("lined_canal", 20, 15_000, "metre"),
    Reference("sluice", 22, 8_000_000, "piece"),
    Reference("pump_station", 12, 6_000_000, "piece"),
    Reference("pond", 25, 9_000_000, "piece", 0.3),
    Reference("street_light", 9, 300_000, "piece", 1.0),
    Reference("water_main", 30, 12_000, "metre"),
)


def matrix_of_life(life: float) -> tuple[tuple[float, ...], ...]:
    """Return the yearly transitions of what lasts so many years without works."""
    if not 1 <= life <= 500:
        raise PlanningError("life", "bounds", "from 1 to 500 years is needed")
    rows = []
    for grade in range(GRADES):
        row = [0.0] * GRADES
        leave = min(0.95, 4 / life * PACE[grade]) if grade < GRADES - 1 else 0.0
        row[grade] = 1 - leave
        if leave:
            row[grade + 1] = leave
        rows.append(tuple(row))
    return tuple(rows)


def reference_kinds() -> tuple[Kind, ...]:
    """Return the kinds, each with the four treatments."""
    return tuple(
        Kind(
            one.name,
            matrix_of_life(one.life),
            treatments_of(one.replace),
            one.showy,
        )
        for one in REFERENCES
    )


def treatments_of(replace: int) -> tuple[Treatment, ...]:
    """Return the four treatments of what costs so much to replace, a unit."""
    return tuple(
        Treatment(
            name,
            tuple(max(1, replace * share // 1000) for share in shares),
            SUITS[name],
            RESULTS[name],
        )
        for name, shares in SHARES.items()
    )
