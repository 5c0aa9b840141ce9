"""Pictures of many matters chosen at once, and of a matter in parts."""

from collections.abc import Iterator
from typing import Any


def desk_shots(look: Any) -> Iterator[str]:
    """Choose several matters at the desk, then open a part and its whole."""
    yield from _many(look)
    yield from _apart(look)


def _many(look: Any) -> Iterator[str]:
    """Tick three matters, and look at each page that asks about them."""
    page = look.window("dispatcher")
    for verb in ("dispatch", "merge", "sort"):
        page.goto(f"{look.address}/qinghe/work/inbox/?view=undispatched")
        for box in page.locator("td.tick input").all()[:3]:
            box.check()
        if verb == "dispatch":
            yield look.shoot(page, "inbox-chosen")
        page.click(f"[name=verb][value={verb}]")
        yield look.shoot(page, f"chosen-{verb}")
    page.locator("select").first.select_option(index=1)
    page.click("main form button.main")
    yield look.shoot(page, "chosen-done")


def _apart(look: Any) -> Iterator[str]:
    """Look at a part, the matter that it belongs to, and both of two matters."""
    page = look.window("handler")
    page.goto(f"{look.address}/qinghe/work/search/?q=清走桥头的垃圾")
    page.locator("[data-row] a").first.click()
    yield look.shoot(page, "part")
    page.click("#whole a")
    yield look.shoot(page, "parts")
    page.click("a[href$='/do/add_part/']")
    yield look.shoot(page, "parts-add")
    page = look.window("dispatcher")
    page.goto(f"{look.address}/qinghe/work/search/?q=村口第二盏路灯")
    page.locator("[data-row] a").first.click()
    yield look.shoot(page, "two-matters")
    page.click("a[href$='/split/']")
    yield look.shoot(page, "split")
    page.goto(f"{look.address}/qinghe/work/search/?q=小广场的路灯")
    page.locator("[data-row] a").first.click()
    yield look.shoot(page, "order")
    page.click("a[href$='/there/']")
    yield look.shoot(page, "number-there")
