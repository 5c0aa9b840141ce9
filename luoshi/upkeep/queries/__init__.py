"""Every read of what the town keeps up."""

from luoshi.upkeep.queries.condition import ConditionPage, condition_page
from luoshi.upkeep.queries.in_village import village_page
from luoshi.upkeep.queries.mapped import Drawing, count_grades, drawing_of
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
    usual_not_here,
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
    "Drawing",
    "Row",
    "assets_for",
    "assets_visible_to",
    "condition_page",
    "count_assets",
    "count_grades",
    "day_page",
    "drawing_of",
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
    "usual_not_here",
    "village_page",
]
