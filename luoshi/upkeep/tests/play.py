"""How a facility comes into the register in tests."""

from luoshi.upkeep.actions import AssetTold, add_asset
from luoshi.upkeep.models import Round


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
