"""Which groups' results may be shown: none of fewer than ten, none by subtraction."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

# Of fewer answers nothing is shown: somebody would guess whose they are.
LEAST = 10
Group = TypeVar("Group", bound=Hashable)


def shown_groups(sizes: Mapping[Group, int], least: int = LEAST) -> set[Group]:
    """Return the groups to show beside their total.

    A group is hidden that has fewer answers than `least`. The total less the groups
    shown would tell what the hidden ones say together: while they are fewer than
    `least`, the smallest one shown is hidden too.
    """
    told = {group: size for group, size in sizes.items() if size}
    shown = {group for group, size in told.items() if size >= least}
    hidden = sum(size for group, size in told.items() if group not in shown)
    places = {group: place for place, group in enumerate(told)}
    while shown and 0 < hidden < least:
        smallest = min(shown, key=lambda group: (told[group], places[group]))
        shown.remove(smallest)
        hidden += told[smallest]
    return shown


def in_steps(count: int, least: int = LEAST) -> int:
    """Return how many of the first answers are counted while more come in.

    Results that move with each answer tell what the newest one says: they move when
    ten more are there.
    """
    return count // least * least
