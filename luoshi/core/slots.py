"""Places that domains fill from above: today, the staff navigation."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from luoshi.core.actors import Staff
from luoshi.core.models import Town


@dataclass(frozen=True)
class NavItem:
    """A line of the staff navigation; an empty set of roles means everybody."""

    url_name: str
    label: Promise | str
    roles: frozenset[str] = frozenset()
    count: Callable[[Staff], int] | None = None
    # Below what the domains add: pages that are seldom needed.
    last: bool = False
    # The keys that lead there, one after the other: "g t".
    key: str = ""


@dataclass(frozen=True)
class ShownItem:
    """A line as one person sees it."""

    url: str
    label: str
    count: int
    current: bool
    key: str = ""


Banner = Callable[[Town], str]
_BANNERS: list[Banner] = []
_NAV: list[NavItem] = []
_TABS: list[NavItem] = []


def register_banner(banner: Banner) -> None:
    """Let a domain say something on every page of a town; empty for nothing."""
    _BANNERS.append(banner)


def banners_for(town: Town) -> list[str]:
    """Return what is to be said on every page of a town now."""
    return list(filter(None, (banner(town) for banner in _BANNERS)))


def register_nav(*items: NavItem) -> None:
    """Add lines in the order in which they are shown."""
    _NAV.extend(items)


def register_tabs(*items: NavItem) -> None:
    """Add tabs to the administrator's pages, in the order in which they are shown."""
    _TABS.extend(items)


def tabs_for(staff: Staff, path: str) -> list[ShownItem]:
    """Return the tabs of the administrator's pages."""
    return [
        _shown(item, staff, path)
        for item in sorted(_TABS, key=lambda item: item.last)
        if not item.roles or staff.has(*item.roles)
    ]


def _shown(item: NavItem, staff: Staff, path: str) -> ShownItem:
    url = reverse(item.url_name, kwargs={"town": staff.town.code})
    count = item.count(staff) if item.count else 0
    return ShownItem(url, str(item.label), count, url == path, item.key)


def nav_for(staff: Staff, path: str) -> list[ShownItem]:
    """Return the lines for a person, with counts."""
    return [
        _shown(item, staff, path)
        for item in sorted(_NAV, key=lambda item: item.last)
        if not item.roles or staff.has(*item.roles)
    ]
