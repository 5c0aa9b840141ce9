"""Every change of what the town keeps up."""

from luoshi.upkeep.actions.jobs import note_contract, note_payment
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
from luoshi.upkeep.actions.outlines import bring_outlines
from luoshi.upkeep.actions.planning import (
    CareTold,
    PlanTold,
    approve_plan,
    begin_year,
    change_plan,
    set_up_plan,
    write_care,
)
from luoshi.upkeep.actions.register import (
    AssetTold,
    Brought,
    add_asset,
    bring_assets,
    change_asset,
    enter_built_within,
    lock_asset,
    retire_asset,
    return_within,
    withdraw_within,
)
from luoshi.upkeep.actions.repairs import Reported, fresh_token, report_defect

__all__ = [
    "AssetTold",
    "Brought",
    "CareTold",
    "KindTold",
    "PlanTold",
    "Reported",
    "RuleTold",
    "Seen",
    "add_asset",
    "add_kind",
    "add_rule",
    "approve_plan",
    "begin_year",
    "bring_assets",
    "bring_outlines",
    "change_asset",
    "change_kind",
    "change_plan",
    "end_rule",
    "enter_built_within",
    "find_nothing",
    "fresh_token",
    "lock_asset",
    "look_at_asset",
    "note_contract",
    "note_payment",
    "report_defect",
    "retire_asset",
    "return_within",
    "set_up_plan",
    "take_usual_kinds",
    "withdraw_within",
    "write_care",
]
