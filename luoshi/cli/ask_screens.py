"""Pictures of consultations: asked, answered on a phone, closed, decided."""

from collections.abc import Iterator
from typing import Any

from luoshi.cli.shot import Shot

# The first was answered and decided, the second is open.
ASKED = [
    Shot("asked-list", "/qinghe/consultations/"),
    Shot("asked-open", "/qinghe/consultations/2/"),
    Shot("asked-decided", "/qinghe/consultations/1/"),
    Shot("asked-answer", "/qinghe/consultations/2/answer/"),
    Shot("asked-say", "/qinghe/consultations/2/say/"),
    Shot("asked-mine-none", "/qinghe/consultations/2/mine/"),
    Shot("asked-results", "/qinghe/consultations/2/results/"),
    Shot("habits", "/qinghe/consultations/2/habits/"),
    Shot("lived-open", "/qinghe/consultations/2/lived/"),
    Shot("lived", "/qinghe/consultations/1/lived/"),
    Shot("consultations", "/qinghe/work/consultations/", "dispatcher"),
    Shot("consultation-new", "/qinghe/work/consultations/new/", "dispatcher"),
    Shot("consultation", "/qinghe/work/consultations/2/", "leader"),
    Shot("consultation-decided", "/qinghe/work/consultations/1/", "dispatcher"),
    Shot("asked-queue", "/qinghe/work/consultations/2/statements/", "dispatcher"),
    Shot("asked-sheets", "/qinghe/work/consultations/2/sheets/", "dispatcher"),
    Shot("asked-sheet", "/qinghe/work/consultations/2/sheets/1/", "dispatcher"),
    Shot("asked-blank", "/qinghe/work/consultations/2/sheets/blank/", "dispatcher"),
    Shot("asked-closing", "/qinghe/work/consultations/2/closing/", "leader"),
    Shot("asked-closed", "/qinghe/work/consultations/1/closing/", "leader"),
    Shot("means", "/qinghe/work/consultations/1/means/", "dispatcher"),
    Shot("means-open", "/qinghe/work/consultations/2/means/", "dispatcher"),
    Shot("heard", "/qinghe/work/consultations/1/heard/", "dispatcher"),
    Shot("habits-sheet", "/qinghe/work/consultations/2/sheets/1/habits/", "dispatcher"),
    Shot("tracks", "/qinghe/work/manage/tracks/", "admin"),
    Shot("track", "/qinghe/work/manage/tracks/major/", "admin"),
    Shot("asked-poster", "/qinghe/work/consultations/2/poster/", "dispatcher"),
]
# What only a town has where something was asked.
ASKED_LIVED_IN = tuple(
    shot.name
    for shot in ASKED
    if shot.name not in ("asked-list", "consultations", "consultation-new")
    and not shot.name.startswith("track")
)
ASKED_PRINTED = (
    *("asked-decided", "asked-results", "asked-blank", "asked-poster"),
    *("lived", "heard"),
)


def ask_shots(look: Any) -> Iterator[str]:
    """Answer once, and look at one's own answers; begin to prepare another."""
    page = look.window("")
    page.goto(f"{look.address}/qinghe/consultations/2/answer/")
    # What was tapped is sent at once; the page asked for next needs it to be there.
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("form[data-answer] button[name=value]").first.click()
    page.goto(f"{look.address}/qinghe/consultations/2/mine/")
    yield look.shoot(page, "asked-mine")
    page = look.window("dispatcher")
    page.goto(f"{look.address}/qinghe/work/consultations/new/")
    page.fill("[name=title]", "村口的老树砍不砍")
    page.fill("[name=question]", "村口的老樟树挡路，砍掉还是绕开？")
    page.fill("[name=affected]", "青溪村住户")
    page.locator("select[name=office]").select_option(index=1)
    page.click("main form button.main")
    yield look.shoot(page, "consultation-draft")
    page.fill("[name=draft]", "绕开老树，路改直，多占两户菜地，按价补。")
    page.click("main form button.main")
    yield look.shoot(page, "consultation-way")
    page.click("main form button.main")
    yield look.shoot(page, "consultation-to-open")
    page.goto(f"{page.url}questionnaire/")
    yield look.shoot(page, "questionnaire")
