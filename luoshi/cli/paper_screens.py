"""Pictures of papers on a case: an answer with its seal, and one being made."""

from collections.abc import Iterator
from typing import Any


def paper_shots(look: Any) -> Iterator[str]:
    """Look at an answer with its seal, the case's page, and making one more."""
    page = look.window("releaser")
    page.goto(f"{look.address}/qinghe/work/register/?kind=answer")
    page.locator("main table a").first.click()
    yield look.shoot(page, "case-on-paper")
    page.locator("#papers ~ p a").first.click()
    yield look.shoot(page, "document-answer")
    page = look.window("dispatcher")
    page.goto(f"{look.address}/qinghe/work/document/1/")
    page.locator("main a[href*='/case/']").first.click()
    page.locator("a[href$='/document/assignment/']").first.click()
    yield look.shoot(page, "document-new")
