"""Pictures of a shift that is swapped, and of a flood's lists in hand."""

from collections.abc import Iterator
from typing import Any

from luoshi.cli.shot import Shot

NIGHTS = [
    Shot("roster", "/qinghe/work/roster/", "admin"),
    Shot("roster-none", "/qinghe/work/roster/?month=2031-01", "handler"),
    Shot("roster-now", "/qinghe/work/roster/now/", "dispatcher"),
    Shot("roster-bring", "/qinghe/work/roster/bring/", "admin"),
    Shot("today-admin", "/qinghe/work/", "admin"),
    Shot("alerts", "/qinghe/work/alerts/", "leader"),
    Shot("alert-new", "/qinghe/work/alerts/new/", "leader"),
    Shot("alert", "/qinghe/work/alerts/1/", "leader"),
    Shot("alert-call", "/qinghe/work/alerts/1/call/", "dispatcher"),
    Shot("alert-go", "/qinghe/work/alerts/1/go/", "village"),
    Shot("alert-moves", "/qinghe/work/alerts/1/moves/", "village"),
    Shot("alert-plan", "/qinghe/work/alerts/1/moves/plan/", "leader"),
    Shot("shelters", "/qinghe/work/alerts/shelters/", "leader"),
    Shot("households", "/qinghe/work/households/", "dispatcher"),
    Shot("households-bring", "/qinghe/work/households/bring/", "dispatcher"),
    Shot("notices", "/qinghe/work/notices/", "leader"),
    Shot("notice-new", "/qinghe/work/notices/new/", "dispatcher"),
    Shot("notice", "/qinghe/work/notices/1/", "leader"),
    Shot("notice-sheet", "/qinghe/work/notices/1/sheet/", "leader"),
]


def night_shots(look: Any) -> Iterator[str]:
    """Take the swap of a shift, then the call list and the evacuation list."""
    yield from _swap(look)
    yield from _lists(look)


def _swap(look: Any) -> Iterator[str]:
    """Look at the page on which a shift is swapped."""
    page = look.window("admin")
    page.goto(f"{look.address}/qinghe/work/roster/")
    # On a narrow screen a night that is not over yet stands among the days gone by.
    button = page.locator("a.swap:visible")
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
