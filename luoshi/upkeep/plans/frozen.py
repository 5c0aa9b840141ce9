"""The facilities as they were when a plan was computed, and how their kinds decay.

A change by hand is judged by these, so that a look taken meanwhile does not shift what
somebody is just reading.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from luoshi.engines.planning import Fit, Instance, Kind, Limit, Seen, fit
from luoshi.engines.planning import Treatment as Works
from luoshi.upkeep.models import Asset, Inspection, KindCare, UpkeepPlan
from luoshi.upkeep.plans.care import cares, treatments_by, usual_decay

# A facility that stands in no village.
NO_VILLAGE = 0


def freeze(first_year: int) -> dict[str, Any]:
    """Return what can be planned now, as it is kept with a plan."""
    known = cares()
    fits = fitted(known)
    rows = Asset.objects.filter(retired_on=None).order_by("pk")
    facts = ("pk", "kind", "village", "amount", "grade", "looked_on", "people_served")
    assets, ungraded, no_care, no_people = [], 0, 0, 0
    for pk, kind, village, amount, grade, looked_on, people in rows.values_list(*facts):
        if kind not in known:
            no_care += 1
        elif grade is None:
            ungraded += 1
        else:
            no_people += not people
            age = max(0, first_year - looked_on.year - 1) if looked_on else 0
            found = (village or NO_VILLAGE, amount or 1, grade, age, people or 0)
            assets.append([pk, kind, *found])
    return {
        "kinds": [_kind(pk, care, fits[pk]) for pk, care in sorted(known.items())],
        "assets": assets,
        "ungraded": ungraded,
        "no_care": no_care,
        "no_people": no_people,
    }


def _kind(pk: int, care: KindCare, found: Fit) -> dict[str, Any]:
    return {
        "id": pk,
        "matrix": found.matrix,
        "showy": care.showy,
        "looks": [found.used, found.worked, found.improved],
        "treatments": [
            [one.name, one.costs, one.suits, one.result] for one in treatments_by(care)
        ],
    }


def fitted(known: dict[int, KindCare]) -> dict[int, Fit]:
    """Return how each kind decays, from the town's looks and what is usual."""
    pairs: dict[int, list[Seen]] = {pk: [] for pk in known}
    rows = Inspection.objects.filter(grade__isnull=False, asset__kind__in=known)
    facts = ("asset", "asset__kind", "asset__last_works_on", "on", "grade")
    before: tuple[int, date, int] | None = None
    for asset, kind, works_on, on, grade in (
        rows.order_by("asset", "on", "pk").values_list(*facts).iterator(2000)
    ):
        if before is not None and before[0] == asset:
            years = round((on - before[1]).days / 365.25)
            worked = works_on is not None and before[1] < works_on <= on
            pairs[kind].append(Seen(before[2], grade, years, worked))
        before = (asset, on, grade)
    return {pk: fit(pairs[pk], usual_decay(care)) for pk, care in known.items()}


def instance_of(plan: UpkeepPlan) -> Instance:
    """Return what the engine plans, from what was frozen."""
    frozen = plan.frozen
    kinds = [_thawed(one) for one in frozen["kinds"]]
    hardship = {int(pk): share / 100 for pk, share in plan.hardship.items()}
    assets = [
        {
            "id": str(pk),
            "kind": str(kind),
            "village": str(village),
            "quantity": quantity,
            "grade": grade,
            "age": age,
            "people": people,
            "hardship": hardship.get(village, 1.0),
        }
        for pk, kind, village, quantity, grade, age, people in frozen["assets"]
    ]
    return Instance.of(
        assets,
        kinds,
        budgets=tuple(plan.budgets),
        rate=plan.rate / 1000,
        limits=tuple(_limits(plan, assets)),
    )


def _thawed(one: dict[str, Any]) -> Kind:
    treatments = tuple(
        Works(name, tuple(costs), tuple(suits), tuple(result) if result else None)
        for name, costs, suits, result in one["treatments"]
    )
    matrix = tuple(tuple(row) for row in one["matrix"])
    return Kind(str(one["id"]), matrix, treatments, one["showy"] / 100)


def _limits(plan: UpkeepPlan, assets: list[dict[str, Any]]) -> Iterable[Limit]:
    """Yield the limits of villages and kinds that have something to plan."""
    there = {name: {one[name] for one in assets} for name in ("village", "kind")}
    for told in plan.limits:
        village, kind = (
            str(told[name]) if told.get(name) else None for name in ("village", "kind")
        )
        known = village is None or village in there["village"]
        if known and (kind is None or kind in there["kind"]):
            yield Limit(told["amount"], told["least"], village=village, kind=kind)
