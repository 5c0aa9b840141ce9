"""Pictures of a shift that is swapped, and of a flood's lists in hand."""

from collections.abc import Iterator
from typing import Any


def night_shots(look: Any) -> Iterator[str]:
    """Take the swap of a shift, then the call list and the evacuation list."""
    yield from _swap(look)
    yield from _lists(look)


def _swap(look: Any) -> Iterator[str]:
    """Look at the page on which a shift is swapped."""
    page = look.window("admin")
    page.goto(f"{look.address}/qinghe/work/roster/")
    button = page.locator("a.swap")
    if button.count():
        button.first.click()
        yield look.shoot(page, "roster-swap")


def _lists(look: Any) -> Iterator[str]:
    """Take a household in hand, and the evacuation list out."""
    page = look.window("dispatcher")
    page.goto(f"{look.address}/qinghe/work/alerts/1/call/")
    if page.locator("form[action$='/call/next/'] button").count():
        page.click("form[action$='/call/next/'] button")
    yield look.shoot(page, "alert-in-hand")
    page = look.window("leader")
    page.goto(f"{look.address}/qinghe/work/alerts/1/moves/")
    page.click("form[action$='/list/moves/'] button:not([value])")
    yield look.shoot(page, "alert-list")
