"""Pictures of how matters end lawfully unsolved, and of what is sealed."""

from collections.abc import Iterator
from typing import Any

WORK = "/qinghe/work"


def ending_shots(look: Any) -> Iterator[str]:
    """Take what is withdrawn, refused and moved on, then what is under a seal."""
    page = look.window("")
    page.goto(f"{look.address}/qinghe/matter/take-back/")
    yield look.shoot(page, "take-back")
    page.click("#take-back button.main")
    yield look.shoot(page, "tracking-withdrawn")
    page = look.window("leader")
    for name, words in (
        ("case-refused", "公路边盖两间房"),
        ("case-refusal-waits", "水库边的坡地"),
        ("case-lawful", "砖厂干了三个月"),
    ):
        page.goto(f"{look.address}{WORK}/search/?q={words}")
        page.locator("[data-row] a").first.click()
        yield look.shoot(page, name)
    yield from _steps(look)
    yield from _sealed(look)


def _steps(look: Any) -> Iterator[str]:
    """Open the steps by which a matter ends so."""
    for role, name in (
        ("handler", "refuse"),
        ("handler", "note_withdrawal"),
        ("dispatcher", "move_to_route"),
    ):
        page = look.window(role)
        page.goto(f"{look.address}{WORK}/inbox/?view=open")
        for link in page.locator("td.title a").all()[:8]:
            href = link.get_attribute("href")
            answer = page.request.get(f"{look.address}{href}do/{name}/")
            if answer.ok:
                page.goto(f"{look.address}{href}do/{name}/")
                yield look.shoot(page, f"step-{name}")
                break


def _sealed(look: Any) -> Iterator[str]:
    """Tell an accusation, and look at it as its keeper does."""
    page = look.window("")
    page.goto(f"{look.address}/qinghe/report/")
    page.fill("textarea", "村里一位干部收了钱才给盖章。")
    page.check("input[value=conduct]")
    page.click("main form button.main")
    page.locator("input[type=radio]").first.check()
    page.click("main form button.main")
    page.click("main form button.main")
    page.click("main form button.main")
    yield look.shoot(page, "receipt-sealed")
    page.goto(f"{look.address}/qinghe/matter/")
    yield look.shoot(page, "tracking-sealed")
    page = look.window("discipline")
    page.goto(f"{look.address}{WORK}/sealed/")
    page.locator("main ul.rows a").first.click()
    yield look.shoot(page, "sealed-one")
    page.click("main form button.main")
    yield look.shoot(page, "sealed-read")
