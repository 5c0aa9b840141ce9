"""How a facility comes into the register in tests."""

from luoshi.core.clock import today
from luoshi.upkeep.actions import AssetTold, PlanTold, add_asset, set_up_plan
from luoshi.upkeep.models import Round
from luoshi.upkeep.plans.computing import compute_plans


def add(place, kind, number, *, who="handler", keeper="Roads", **facts):
    """Write one facility down."""
    told = {
        "kind": kind,
        "name": number,
        "village": place.village,
        "keeper": place.office(keeper),
        **facts,
    }
    return add_asset(AssetTold(told, (), number), actor=place.staff(who))


def due_of(asset):
    """Return the open rounds of an asset: rule to day."""
    rows = Round.objects.filter(asset=asset, done_on=None).select_related("rule")
    return {one.rule.name: one.due_on.isoformat() for one in rows}


def register(place, kinds):
    """Write a small register down: name -> asset, each with a grade and its people."""
    lots = (
        ("农村公路", 4, (2, 3, 4, 5), 600),
        ("路灯", 6, (1, 2, 3, 4, 5, 3), None),
        ("小桥", 1, (4,), None),
    )
    told = {}
    for kind, count, grades, amount in lots:
        for at in range(count):
            asset = add(
                place,
                kinds[kind],
                f"{kind}-{at}",
                amount=amount,
                people_served=100 + 50 * at,
            )
            asset.grade, asset.looked_on = grades[at], today()
            asset.save()
            told[asset.number] = asset
    return told


def planned(place, *, money=12_000_000, years=5, who="dispatcher", **rules):
    """Set a plan up and compute it here, as the process beside would."""
    told = PlanTold(today().year, (money,) * years, 60, **rules)
    set_up_plan(told, actor=place.staff(who))
    return compute_plans(place.town)[0]
