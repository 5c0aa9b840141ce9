"""Places that domains fill from above: today, the staff navigation."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from luoshi.core.actors import Staff


@dataclass(frozen=True)
class NavItem:
    """A line of the staff navigation; an empty set of roles means everybody."""

    url_name: str
    label: Promise | str
    roles: frozenset[str] = frozenset()
    count: Callable[[Staff], int] | None = None
    # Below what the domains add: pages that are seldom needed.
    last: bool = False


@dataclass(frozen=True)
class ShownItem:
    """A line as one person sees it."""

    url: str
    label: str
    count: int
    current: bool


_NAV: list[NavItem] = []


def register_nav(*items: NavItem) -> None:
    """Add lines in the order in which they are shown."""
    _NAV.extend(items)


def nav_for(staff: Staff, path: str) -> list[ShownItem]:
    """Return the lines for a person, with counts."""
    shown = []
    for item in sorted(_NAV, key=lambda item: item.last):
        if item.roles and not staff.has(*item.roles):
            continue
        url = reverse(item.url_name, kwargs={"town": staff.town.code})
        count = item.count(staff) if item.count else 0
        shown.append(ShownItem(url, str(item.label), count, url == path))
    return shown
