"""An instance in a folder of CSV files; docs/planning.md gives their form."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from luoshi.engines.planning.errors import PlanningError
from luoshi.engines.planning.instances import (
    GRADES,
    SERVICE,
    Instance,
    Kind,
    Limit,
    Treatment,
)

_GRADES = range(1, GRADES + 1)


def read_folder(folder: Path) -> Instance:
    """Return the instance in a folder; refusals name the file, the line and why."""
    works: dict[str, list[Treatment]] = {}
    for field, row in _rows(folder, "treatments.csv"):
        result = tuple(_share(field, row, f"result_{at}") for at in _GRADES)
        holds = all(one is None for one in result)
        works.setdefault(_text(field, row, "kind"), []).append(
            Treatment(
                _text(field, row, "treatment"),
                tuple(_whole(field, row, f"cost_{at}") for at in _GRADES),
                tuple(_list(field, row, "suits")),
                None if holds else tuple(one or 0.0 for one in result),
            )
        )
    matrices: dict[str, dict[int, tuple[float, ...]]] = {}
    showy: dict[str, float] = {}
    for field, row in _rows(folder, "kinds.csv"):
        name = _text(field, row, "kind")
        shares = tuple(_share(field, row, f"to_{at}") or 0.0 for at in _GRADES)
        matrices.setdefault(name, {})[_whole(field, row, "grade")] = shares
        showy[name] = _share(field, row, "showy") or showy.get(name, 0.0)
    for name in works:
        if name not in matrices:
            raise PlanningError("treatments.csv", "unknown", f"no kind {name!r}")
    kinds = []
    for name, given in matrices.items():
        if set(given) != set(_GRADES):
            raise PlanningError("kinds.csv", "grades", f"{name!r} needs grades 1 to 5")
        matrix = tuple(given[at] for at in _GRADES)
        kinds.append(Kind(name, matrix, tuple(works.get(name, [])), showy[name]))
    return Instance.of(
        [_asset(field, row) for field, row in _rows(folder, "assets.csv")],
        kinds,
        budgets=tuple(
            _whole(field, row, "amount") for field, row in _rows(folder, "budgets.csv")
        ),
        limits=_limits(folder),
        **_terms(folder),
    )


def _asset(field: str, row: dict[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        name: _text(field, row, name) for name in ("id", "kind", "village")
    }
    for name in ("quantity", "grade"):
        told[name] = _whole(field, row, name)
    for name, default in (("people", 0), ("age", 0)):
        told[name] = _whole(field, row, name) if row.get(name) else default
    told["hardship"] = _number(field, row, "hardship") if row.get("hardship") else 1.0
    return told


def _limits(folder: Path) -> tuple[Limit, ...]:
    if not (folder / "limits.csv").exists():
        return ()
    told = []
    for field, row in _rows(folder, "limits.csv"):
        sense = _text(field, row, "sense")
        if sense not in ("least", "most"):
            raise PlanningError(field, "unknown", "sense is least or most")
        year = _whole(field, row, "year") - 1 if row.get("year") else None
        told.append(
            Limit(
                _whole(field, row, "amount"),
                sense == "least",
                row.get("village") or None,
                row.get("kind") or None,
                year,
            )
        )
    return tuple(told)


def _terms(folder: Path) -> dict[str, Any]:
    if not (folder / "terms.csv").exists():
        return {}
    told: dict[str, Any] = {}
    service = dict(zip(_GRADES, SERVICE, strict=True))
    for field, row in _rows(folder, "terms.csv"):
        name = _text(field, row, "name")
        if name == "rate":
            told["rate"] = _number(field, row, "value")
        elif name == "after":
            told["after"] = _whole(field, row, "value")
        elif name in (f"service_{at}" for at in _GRADES):
            service[int(name[-1])] = _number(field, row, "value")
        else:
            raise PlanningError(field, "unknown", f"no term {name!r}")
    return told | {"service": tuple(service[at] for at in _GRADES)}


def _rows(folder: Path, name: str) -> list[tuple[str, dict[str, str]]]:
    """Return each row with the name of its file and line."""
    try:
        text = (folder / name).read_text("utf-8-sig")
    except FileNotFoundError:
        raise PlanningError(name, "missing", "the file is missing") from None
    except UnicodeDecodeError:
        raise PlanningError(name, "encoding", "UTF-8 is needed") from None
    reader = csv.DictReader(text.splitlines())
    return [
        (
            f"{name}, line {reader.line_num}",
            {key: (value or "").strip() for key, value in row.items() if key},
        )
        for row in reader
    ]


def _text(field: str, row: dict[str, str], name: str) -> str:
    if not row.get(name):
        raise PlanningError(field, "missing", f"{name} is missing")
    return row[name]


def _parse(
    field: str, row: dict[str, str], name: str, how: Callable[[str], Any], what: str
) -> Any:
    text = _text(field, row, name)
    try:
        return how(text)
    except ValueError:
        raise PlanningError(field, "number", f"{name}: {text!r} is no {what}") from None


def _whole(field: str, row: dict[str, str], name: str) -> int:
    return _parse(field, row, name, int, "whole number")


def _number(field: str, row: dict[str, str], name: str) -> float:
    return _parse(field, row, name, float, "number")


def _share(field: str, row: dict[str, str], name: str) -> float | None:
    return _number(field, row, name) if row.get(name) else None


def _list(field: str, row: dict[str, str], name: str) -> list[int]:
    return [
        _parse(field, {name: one}, name, int, "grade")
        for one in _text(field, row, name).split()
    ]
