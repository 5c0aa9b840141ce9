"""Every change of towns, people and accounts."""

from luoshi.core.actions.accounts import (
    change_password,
    enrol_second_factor,
    pass_second_factor,
    reset_password,
    reset_second_factor,
)
from luoshi.core.actions.addresses import set_own_email, set_robot
from luoshi.core.actions.handover import (
    HandedOver,
    Successor,
    hand_posts_over,
    plan_handover,
)
from luoshi.core.actions.keys import set_own_keys
from luoshi.core.actions.named_places import (
    add_named_place,
    bring_named_places,
    remove_named_place,
)
from luoshi.core.actions.people import check_administrator, end_post, give_post
from luoshi.core.actions.places import (
    add_groups,
    add_office,
    add_village,
    change_town,
    set_day,
)
from luoshi.core.actions.population import Brought, bring_population
from luoshi.core.actions.villages import (
    Joining,
    Plan,
    join_villages,
    part_villages,
    plan_villages,
    why_not_undone,
)

__all__ = [
    "Brought",
    "HandedOver",
    "Joining",
    "Plan",
    "Successor",
    "add_groups",
    "add_named_place",
    "add_office",
    "add_village",
    "bring_named_places",
    "bring_population",
    "change_password",
    "change_town",
    "check_administrator",
    "end_post",
    "enrol_second_factor",
    "give_post",
    "hand_posts_over",
    "join_villages",
    "part_villages",
    "pass_second_factor",
    "plan_handover",
    "plan_villages",
    "remove_named_place",
    "reset_password",
    "reset_second_factor",
    "set_day",
    "set_own_email",
    "set_own_keys",
    "set_robot",
    "why_not_undone",
]
