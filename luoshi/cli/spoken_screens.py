"""Pictures of what was spoken, and of what was asked of above."""

from collections.abc import Iterator
from typing import Any


def spoken_shots(look: Any) -> Iterator[str]:
    """Look at a matter that was spoken, written down and not."""
    page = look.window("dispatcher")
    page.goto(f"{look.address}/qinghe/work/search/?q=磨坊后头")
    page.locator("[data-row] a").first.click()
    yield look.shoot(page, "spoken")
    page.goto(f"{look.address}/qinghe/work/dispatch/")
    page.locator("nav.list a", has_text="只有录音").first.click()
    yield look.shoot(page, "spoken-desk")


def above_shots(look: Any) -> Iterator[str]:
    """Look at help asked of above, its form, and an explanation to decide."""
    page = look.window("leader")
    base = f"{look.address}/qinghe/work"
    for name, step in (("explained", "decide_explanation"), ("above", "")):
        page.goto(f"{base}/list/{name}/")
        yield look.shoot(page, f"list-{name}")
        page.locator("[data-row] a").first.click()
        yield look.shoot(page, f"case-{name}")
        if step:
            page.click(f"a[href$='/do/{step}/']")
            yield look.shoot(page, f"case-{name}-step")
    page.goto(f"{base}/search/?q=渠桥裂了缝")
    page.locator("[data-row] a").first.click()
    page.click("a[href$='/do/ask_higher/']")
    yield look.shoot(page, "ask-higher")
