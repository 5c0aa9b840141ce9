"""Pictures of what lasts and what only shows, and of what needs years."""

from collections.abc import Iterator
from typing import Any

from luoshi.cli.shot import Shot

LASTING_PUBLIC = [
    Shot("lasting-public", "/qinghe/projects/lasting/"),
    Shot("ventures-public", "/qinghe/projects/years/"),
    Shot("venture-public", "/qinghe/projects/years/1/"),
]
LASTING = [
    Shot("lasting", "/qinghe/work/projects/lasting/", "leader"),
    Shot("lasting-usual", "/qinghe/work/projects/usual/", "leader"),
    Shot("lasting-usual-road", "/qinghe/work/projects/usual/road/", "admin"),
    Shot("ventures", "/qinghe/work/projects/years/", "leader"),
    Shot("venture-begin", "/qinghe/work/projects/years/new/", "leader"),
    Shot("venture", "/qinghe/work/projects/years/1/", "leader"),
    Shot("venture-word", "/qinghe/work/projects/years/1/word/", "leader"),
]
# What only a town has where something was appraised or begun.
LASTING_LIVED_IN = (
    *("lasting-public", "lasting", "venture-public", "venture", "venture-word"),
)


def lasting_shots(look: Any) -> Iterator[str]:
    """Open the first project of the list, for everybody and for staff."""
    for role, base, name in (
        ("", "/qinghe/projects/lasting/", "lasting-project-public"),
        ("leader", "/qinghe/work/projects/lasting/", "lasting-project"),
    ):
        page = look.window(role)
        page.goto(look.address + base)
        links = page.locator("main h3 a, main tbody th a")
        if not links.count():
            continue
        links.first.click()
        for details in page.locator("details:has(table)").all():
            details.locator("summary").click()
        yield look.shoot(page, name)
    page = look.window("leader")
    page.goto(f"{look.address}/qinghe/work/projects/lasting/")
    button = page.locator("a[href$='/labels/']")
    if button.count():
        button.first.click()
        yield look.shoot(page, "lasting-labels")
