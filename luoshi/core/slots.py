"""Places that domains fill from above: the staff navigation, parts of pages."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise

from luoshi.core.actors import Staff
from luoshi.core.models import Town

# So many lines a phone shows at once.
AT_ONCE = 4


@dataclass(frozen=True)
class NavItem:
    """A line of the staff navigation; an empty set of roles means everybody."""

    url_name: str
    label: Promise | str
    roles: frozenset[str] = frozenset()
    # What waits for a person behind this line; the line shows how many.
    waiting: Callable[[Staff], QuerySet[Any]] | None = None
    # Below what the domains add: pages that are seldom needed.
    last: bool = False
    # The keys that lead there, one after the other: "g t".
    key: str = ""
    # Looked for in a hurry, or daily: never behind "more" where there is room.
    kept: bool = False
    # Whoever has one of these roles gets there from another line.
    elsewhere: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ShownItem:
    """A line as one person sees it."""

    url: str
    label: str
    count: int
    current: bool
    key: str = ""
    # On a phone it is behind "more": far down, and nothing waits there.
    seldom: bool = False
    # Also where there is room: a page that is seldom needed, and nothing waits there.
    rare: bool = False


@dataclass(frozen=True)
class Part:
    """What a domain says on another's page: a template, and what it shows."""

    template: str
    shown: Any


# Gets who looks and what the page is of; None where there is nothing to say.
Fill = Callable[[Staff, Any], Part | None]
_PARTS: dict[str, list[Fill]] = {}
OpenFill = Callable[[Any], Part | None]
_OPEN_PARTS: dict[str, list[OpenFill]] = {}
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


def register_part(page: str, fill: Fill) -> None:
    """Let a domain above say something on a page: "case", "topic"."""
    _PARTS.setdefault(page, []).append(fill)


def parts_for(page: str, staff: Staff, thing: Any) -> list[Part]:
    """Return what the domains above say on a page, to one person."""
    told = (fill(staff, thing) for fill in _PARTS.get(page, []))
    return [part for part in told if part is not None]


def register_open_part(page: str, fill: OpenFill) -> None:
    """Let a domain above say something on a page of everybody: "village"."""
    _OPEN_PARTS.setdefault(page, []).append(fill)


def open_parts_for(page: str, thing: Any) -> list[Part]:
    """Return what the domains above say to everybody on a page."""
    told = (fill(thing) for fill in _OPEN_PARTS.get(page, []))
    return [part for part in told if part is not None]


def register_nav(*items: NavItem) -> None:
    """Add lines in the order in which they are shown."""
    _NAV.extend(items)


def register_tabs(*items: NavItem) -> None:
    """Add tabs to the administrator's pages, in the order in which they are shown."""
    _TABS.extend(items)


def tabs_for(staff: Staff, path: str) -> list[ShownItem]:
    """Return the tabs of the administrator's pages."""
    return [_shown(item, staff, path, 0) for item in _theirs(_TABS, staff)]


def nav_for(staff: Staff, path: str) -> list[ShownItem]:
    """Return the lines for a person, with counts."""
    items = _theirs(_NAV, staff)
    counts = _counts(items, staff)
    shown = [_shown(item, staff, path, counts.get(item.url_name, 0)) for item in items]
    return [
        one
        if place < AT_ONCE or one.count or one.current
        else replace(one, seldom=True, rare=item.last and not item.kept)
        for place, (item, one) in enumerate(zip(items, shown, strict=True))
    ]


def _theirs(items: list[NavItem], staff: Staff) -> list[NavItem]:
    """Return the lines that a person's roles give, seldom needed ones last."""
    theirs = [
        one
        for one in items
        if (not one.roles or staff.has(*one.roles)) and not staff.has(*one.elsewhere)
    ]
    return sorted(theirs, key=lambda one: one.last)


def _shown(item: NavItem, staff: Staff, path: str, count: int) -> ShownItem:
    url = reverse(item.url_name, kwargs={"town": staff.town.code})
    return ShownItem(url, str(item.label), count, url == path, item.key)


def _counts(items: list[NavItem], staff: Staff) -> dict[str, int]:
    """Count what waits behind each line, all in one query."""
    counts = {
        f"n{place}": _how_many(item.waiting(staff))
        for place, item in enumerate(items)
        if item.waiting
    }
    if not counts:
        return {}
    row = Town.objects.filter(pk=staff.town.pk).annotate(**counts).values(*counts).get()
    return {items[int(name[1:])].url_name: count for name, count in row.items()}


def _how_many(rows: QuerySet[Any]) -> Coalesce:
    """Return the number of rows as a value inside another query."""
    counted = rows.order_by().annotate(all=Value(1)).values("all")
    number = counted.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0, output_field=IntegerField())
