"""Every change of what the town keeps up."""

from luoshi.upkeep.actions.kinds import (
    KindTold,
    RuleTold,
    add_kind,
    add_rule,
    change_kind,
    end_rule,
    take_usual_kinds,
)
from luoshi.upkeep.actions.looking import Seen, find_nothing, look_at_asset
from luoshi.upkeep.actions.register import (
    AssetTold,
    Brought,
    add_asset,
    bring_assets,
    change_asset,
    retire_asset,
)
from luoshi.upkeep.actions.repairs import Reported, fresh_token, report_defect

__all__ = [
    "AssetTold",
    "Brought",
    "KindTold",
    "Reported",
    "RuleTold",
    "Seen",
    "add_asset",
    "add_kind",
    "add_rule",
    "bring_assets",
    "change_asset",
    "change_kind",
    "end_rule",
    "find_nothing",
    "fresh_token",
    "look_at_asset",
    "report_defect",
    "retire_asset",
    "take_usual_kinds",
]
