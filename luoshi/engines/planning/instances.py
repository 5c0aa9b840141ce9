"""What is planned: kinds, treatments, assets, budgets. Checked once, at the door.

Money is whole (fen, or whatever the caller counts in), quantities are whole units. A
condition is a belief: five shares, from grade 1 (very good) to grade 5 (failed).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from luoshi.engines.planning.errors import PlanningError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
# Actions are kept in few bytes.
Whole = NDArray[np.integer[Any]]

GRADES = 5
# Sums over all assets and years stay within what 64 bits hold.
MOST_MONEY = 10**15
YEARS = (1, 30)
# What a year in a grade is worth to one resident; an example that a town corrects.
SERVICE = (1.0, 0.9, 0.65, 0.3, 0.0)
CLOSE = 1e-6


@dataclass(frozen=True)
class Treatment:
    """Works of one sort. `costs` is the price of one unit at each grade found.

    `result` is the belief that it leaves, whatever was there; None: it holds what is
    there for a year. It is offered where the likeliest of the condition, half of the
    belief or more, lies in the grades that it `suits`.
    """

    name: str
    costs: tuple[int, ...]
    suits: tuple[int, ...]
    result: tuple[float, ...] | None = None

    @property
    def holds(self) -> bool:
        """Say whether it keeps a condition and does not better it."""
        return self.result is None

    def __post_init__(self) -> None:
        if len(self.costs) != GRADES or any(
            isinstance(one, bool) or not isinstance(one, int) or one <= 0
            for one in self.costs
        ):
            raise PlanningError(
                f"treatments.{self.name}.costs",
                "costs",
                "five whole costs above zero are needed, one for each grade",
            )
        if max(self.costs) > MOST_MONEY:
            raise PlanningError(
                f"treatments.{self.name}.costs", "bounds", f"at most {MOST_MONEY}"
            )
        if not self.suits or any(one not in range(1, 6) for one in self.suits):
            raise PlanningError(
                f"treatments.{self.name}.suits", "grades", "name grades from 1 to 5"
            )
        if self.result is not None:
            check_belief(f"treatments.{self.name}.result", np.array([self.result]))


@dataclass(frozen=True)
class Kind:
    """A kind of asset: how it decays in a year, and what can be done for it.

    `showy` (0 to 1) says how much it is seen by visitors; only the habit of doing what
    is seen first looks at it.
    """

    name: str
    matrix: tuple[tuple[float, ...], ...]
    treatments: tuple[Treatment, ...]
    showy: float = 0.0

    def __post_init__(self) -> None:
        check_matrix(f"kinds.{self.name}.matrix", self.matrix)
        if len({one.name for one in self.treatments}) < len(self.treatments):
            raise PlanningError(
                f"kinds.{self.name}", "twice", "a treatment is named twice"
            )
        if not 0 <= self.showy <= 1:
            raise PlanningError(
                f"kinds.{self.name}.showy", "bounds", "0 to 1 is needed"
            )


@dataclass(frozen=True)
class Limit:
    """The least or the most that a village or a kind is given, in a year or in all."""

    amount: int
    least: bool
    village: str | None = None
    kind: str | None = None
    year: int | None = None


@dataclass(frozen=True, eq=False)
class Instance:
    """A town's assets and money. Build it with `Instance.of`, which checks it.

    `after` is for how many years after the last the condition left behind counts.
    """

    ids: tuple[str, ...]
    kinds: tuple[Kind, ...]
    villages: tuple[str, ...]
    kind: Ints
    village: Ints
    belief: Floats
    quantity: Ints
    people: Ints
    hardship: Floats
    budgets: tuple[int, ...]
    rate: float = 0.06
    service: tuple[float, ...] = SERVICE
    after: int = 10
    limits: tuple[Limit, ...] = ()

    @classmethod
    def of(
        cls, assets: Sequence[Mapping[str, Any]], kinds: Sequence[Kind], **terms: Any
    ) -> "Instance":
        """Return an instance from one mapping for each asset.

        Each has `id`, `kind`, `village`, `quantity`, and `grade` or `belief`; `people`
        (0) and `hardship` (1.0) may be left out, and `age`, the years since the grade
        was seen, by which it has decayed meanwhile.
        """
        names = {one.name: at for at, one in enumerate(kinds)}
        for row in assets:
            if row.get("kind") not in names:
                raise PlanningError(
                    f"assets.{row.get('id')}.kind", "unknown", f"{row.get('kind')!r}"
                )
        villages = sorted({str(row["village"]) for row in assets})
        order = {name: at for at, name in enumerate(villages)}
        seen: dict[tuple[str, Any, int], Floats] = {}
        rows = [_belief(row, kinds[names[row["kind"]]], seen) for row in assets]
        return cls(
            ids=tuple(str(row["id"]) for row in assets),
            kinds=tuple(kinds),
            villages=tuple(villages),
            kind=np.array([names[row["kind"]] for row in assets], np.int64),
            village=np.array([order[str(row["village"])] for row in assets], np.int64),
            belief=np.array(rows, np.float64).reshape(len(assets), GRADES),
            quantity=whole("quantity", assets, None),
            people=whole("people", assets, 0),
            hardship=np.array([row.get("hardship", 1.0) for row in assets], np.float64),
            **terms,
        )

    def __post_init__(self) -> None:
        _check_columns(self)
        check_belief("belief", self.belief)
        _check_terms(self)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def years(self) -> int:
        """Return how many years are planned."""
        return len(self.budgets)

    @property
    def weight(self) -> Floats:
        """Return the residents that each asset serves, hardship weighed in."""
        return self.people * self.hardship


def whole(name: str, rows: Sequence[Mapping[str, Any]], default: int | None) -> Ints:
    """Return a column of whole numbers; refuses anything else."""
    values = [row.get(name, default) for row in rows]
    for row, value in zip(rows, values, strict=True):
        if isinstance(value, bool) or not isinstance(value, int | np.integer):
            raise PlanningError(
                f"assets.{row.get('id')}.{name}", "whole", "a whole number is needed"
            )
    return np.array(values, np.int64)


def _belief(
    row: Mapping[str, Any], kind: Kind, seen: dict[tuple[str, Any, int], Floats]
) -> Floats:
    """Return the belief of a row, decayed since it was seen."""
    age = row.get("age", 0)
    field = f"assets.{row.get('id')}"
    if isinstance(age, bool) or not isinstance(age, int) or not 0 <= age <= 200:
        raise PlanningError(f"{field}.age", "bounds", "whole years from 0 to 200")
    given = row.get("belief")
    key = (kind.name, row.get("grade") if given is None else tuple(given), age)
    if key in seen:
        return seen[key]
    if given is None:
        grade = row.get("grade") or 0
        if grade not in range(1, GRADES + 1):
            raise PlanningError(f"{field}.grade", "grade", "from 1 to 5 is needed")
        now = np.eye(GRADES)[int(grade) - 1]
    else:
        now = np.array(given, np.float64)
        check_belief(f"{field}.belief", now.reshape(1, -1))
    seen[key] = now @ np.linalg.matrix_power(np.array(kind.matrix), age)
    return seen[key]


def check_belief(field: str, rows: Floats) -> None:
    """Refuse shares that are negative, unknown, or do not sum to one."""
    if rows.ndim != 2 or rows.shape[1] != GRADES:
        raise PlanningError(field, "shape", "five shares are needed, one for a grade")
    if not np.isfinite(rows).all() or (rows < -CLOSE).any():
        raise PlanningError(field, "share", "shares from 0 to 1 are needed")
    wrong = np.abs(rows.sum(axis=1) - 1) > CLOSE
    if wrong.any():
        at = int(wrong.argmax())
        raise PlanningError(
            field,
            "sum",
            f"shares sum to {rows[at].sum():.6g} in row {at + 1}, not to 1",
        )


def check_matrix(field: str, matrix: Sequence[Sequence[float]]) -> None:
    """Refuse rows that do not sum to one, and conditions that improve by themselves."""
    rows = np.array(matrix, np.float64)
    if rows.shape != (GRADES, GRADES):
        raise PlanningError(field, "shape", "five rows of five shares are needed")
    check_belief(field, rows)
    for grade in range(1, GRADES):
        if (rows[grade, :grade] > CLOSE).any():
            raise PlanningError(
                field, "improves", f"grade {grade + 1} improves without any works"
            )


def _check_columns(instance: Instance) -> None:
    count = len(instance.ids)
    for name in ("kind", "village", "belief", "quantity", "people", "hardship"):
        if len(getattr(instance, name)) != count:
            raise PlanningError(name, "shape", f"{count} rows are needed")
    if len(set(instance.ids)) < count:
        raise PlanningError("assets.id", "twice", "each asset needs an id of its own")
    for name, most in (
        ("kind", len(instance.kinds)),
        ("village", len(instance.villages)),
    ):
        column = getattr(instance, name)
        if count and (column.min() < 0 or column.max() >= most):
            raise PlanningError(f"assets.{name}", "unknown", "not in the list")
    for name, least in (("quantity", 1), ("people", 0), ("hardship", 0)):
        column = getattr(instance, name)
        wrong = ~np.isfinite(column) | (column < least) | (column > 10**9)
        if wrong.any():
            raise PlanningError(
                f"assets.{instance.ids[int(wrong.argmax())]}.{name}",
                "bounds",
                f"from {least} to {10**9} is needed",
            )


def _check_terms(instance: Instance) -> None:
    if not YEARS[0] <= instance.years <= YEARS[1]:
        raise PlanningError("budgets", "years", f"from {YEARS[0]} to {YEARS[1]} years")
    for year, amount in enumerate(instance.budgets):
        check_money(f"budgets.{year + 1}", amount)
    if not np.isfinite(instance.rate) or not 0 <= instance.rate <= 1:
        raise PlanningError("rate", "bounds", "a yearly rate from 0 to 1 is needed")
    if not 0 <= instance.after <= 100:
        raise PlanningError("after", "bounds", "from 0 to 100 years")
    levels = np.array(instance.service, np.float64)
    if levels.shape != (GRADES,) or not np.isfinite(levels).all():
        raise PlanningError("service", "shape", "five levels are needed")
    if (np.diff(levels) > 0).any() or levels.min() < 0 or levels.max() > 1:
        raise PlanningError("service", "order", "levels must fall within 1 to 0")
    kinds = {one.name for one in instance.kinds}
    for at, one in enumerate(instance.limits):
        _check_limit(f"limits.{at + 1}", one, instance, kinds)
    _check_costs(instance)


def check_money(field: str, amount: object) -> None:
    """Refuse what is no whole amount of money from zero on."""
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise PlanningError(field, "whole", "whole money is needed")
    if not 0 <= amount <= MOST_MONEY:
        raise PlanningError(field, "bounds", f"from 0 to {MOST_MONEY} is needed")


def _check_limit(field: str, one: Limit, instance: Instance, kinds: set[str]) -> None:
    check_money(field, one.amount)
    if one.village is not None and one.village not in instance.villages:
        raise PlanningError(field, "unknown", f"no village {one.village!r} has assets")
    if one.kind is not None and one.kind not in kinds:
        raise PlanningError(field, "unknown", f"no kind {one.kind!r}")
    if one.year is not None and not 0 <= one.year < instance.years:
        raise PlanningError(field, "unknown", "no such year is planned")


def _check_costs(instance: Instance) -> None:
    if not len(instance):
        return
    dearest = np.array(
        [
            max((max(one.costs) for one in kind.treatments), default=0)
            for kind in instance.kinds
        ],
        np.float64,
    )
    whole_cost = dearest[instance.kind] * instance.quantity
    if whole_cost.max() > MOST_MONEY:
        at = int(whole_cost.argmax())
        raise PlanningError(
            f"assets.{instance.ids[at]}.quantity",
            "bounds",
            f"its works would cost more than {MOST_MONEY}",
        )
