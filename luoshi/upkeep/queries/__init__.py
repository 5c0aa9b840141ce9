"""Every read of what the town keeps up."""

from luoshi.upkeep.queries.condition import ConditionPage, condition_page
from luoshi.upkeep.queries.register import (
    MOST_PLATES,
    AssetPage,
    Chosen,
    Row,
    assets_for,
    assets_visible_to,
    count_assets,
    every_asset,
    grade_said,
    keepers,
    kinds_in_use,
    kinds_with_rules,
    page_of,
    plates_for,
    public_page,
    rules_of,
)
from luoshi.upkeep.queries.rounds import (
    DayPage,
    day_page,
    known_defects,
    overdue_for,
    own_villages,
)

__all__ = [
    "MOST_PLATES",
    "AssetPage",
    "Chosen",
    "ConditionPage",
    "DayPage",
    "Row",
    "assets_for",
    "assets_visible_to",
    "condition_page",
    "count_assets",
    "day_page",
    "every_asset",
    "grade_said",
    "keepers",
    "kinds_in_use",
    "kinds_with_rules",
    "known_defects",
    "overdue_for",
    "own_villages",
    "page_of",
    "plates_for",
    "public_page",
    "rules_of",
]
